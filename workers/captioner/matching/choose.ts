import type { CaptionOption, Confidence, Language, Tone, Wishes } from '../contract.ts';
import { listOf, TONES, type Book } from './book.ts';
import { inOrder } from './order.ts';
import { pick, type Candidate } from './pick.ts';
import { probabilityOf, scoreBook, scoreWritten, type Ranking, type Scene } from './score.ts';
import { cosineOfRow, quantize } from './vectors.ts';
import { sameness, wishFilter } from './wishes.ts';

/** A caption of the decoder's, with the vector of its text. */
export interface WrittenLine {
  readonly text: string;
  readonly tone: Tone;
  readonly meanLogProbability: number;
  /** Of length 1. */
  readonly vector: Float32Array;
}

/** All that captions for one photo can be chosen from. */
export interface Supply {
  readonly written: readonly WrittenLine[];
  /** Ours. */
  readonly book: Book | null;
  /** The person's own. */
  readonly own: readonly Book[];
}

/** What is to be chosen. */
export interface Order {
  readonly language: Language;
  readonly count: number;
  readonly wishes: Wishes;
  /** Texts not to be offered unless nothing else fits. */
  readonly avoid: readonly string[];
}

/** Lines of one source with their scores. */
interface Pool {
  readonly source: Candidate['source'];
  readonly logits: Float32Array;
  readonly candidate: (line: number) => Candidate | undefined;
}

const HANGUL = /\p{Script=Hangul}/u;

/**
 * The captions to offer for a photo: of all lines those that most probably fit, as wished, and
 * differing from each other; best first.
 */
export function chooseCaptions(
  { written, book, own }: Supply,
  scene: Scene,
  ranking: Ranking,
  { language, count, wishes, avoid }: Order,
): CaptionOption[] {
  const inLanguage = own.filter((one) => one.language === null || one.language === language);
  const pools = [
    ...inLanguage.map((one) => poolOf(one, 'own', scene, ranking)),
    ...(book ? [poolOf(book, 'book', scene, ranking)] : []),
    writtenPool(written, scene, ranking),
  ];
  const inOrderOf = (source: Candidate['source'] | null) =>
    merge(pools.filter((pool) => source === null || pool.source === source));
  const isAsWished = wishFilter(wishes, language);
  const fits = ({ text, tone, source }: Candidate) =>
    isAsWished(text, tone) && (source !== 'own' || isReadableIn(language, text));
  const avoided = new Set(avoid.map(sameness));
  const isNew = (candidate: Candidate) => fits(candidate) && !avoided.has(sameness(candidate.text));
  const picks = pick(inOrderOf, count, isNew);
  const chosen = picks.length > 0 || avoided.size === 0 ? picks : pick(inOrderOf, count, fits);
  return chosen.map((candidate) => optionOf(candidate, scene, ranking));
}

function poolOf(book: Book, source: 'book' | 'own', scene: Scene, ranking: Ranking): Pool {
  const logits = scoreBook(book, scene, ranking);
  const { dimensions, vectors } = book;
  return {
    source,
    logits,
    candidate: (line) => ({
      source,
      text: book.texts[line] ?? '',
      tone: TONES[book.tones[line] ?? 0] ?? null,
      logit: logits[line] ?? -Infinity,
      vector: vectors.subarray(line * dimensions, (line + 1) * dimensions),
      required: requiredOf(book, line),
      meanLogProbability: null,
    }),
  };
}

/** By name: the same in every book. */
function requiredOf(book: Book, line: number): string {
  const names = Array.from(listOf(book.required, line), (concept) => book.concepts[concept]);
  return names.sort().join();
}

function writtenPool(lines: readonly WrittenLine[], scene: Scene, ranking: Ranking): Pool {
  const candidates = lines.map(({ text, tone, meanLogProbability, vector: exact }): Candidate => {
    const vector = quantize(exact);
    const match = cosineOfRow(vector, 0, scene.vector);
    const logit = scoreWritten(ranking, match, meanLogProbability);
    return { text, tone, source: 'written', logit, vector, required: '', meanLogProbability };
  });
  const logits = Float32Array.from(candidates, ({ logit }) => logit);
  return { source: 'written', logits, candidate: (line) => candidates[line] };
}

/** The candidates of several pools, best first. */
function* merge(pools: readonly Pool[]): Generator<Candidate, void, undefined> {
  const all = new Float32Array(pools.reduce((sum, { logits }) => sum + logits.length, 0));
  const places: { pool: Pool; start: number }[] = [];
  let start = 0;
  for (const pool of pools) {
    all.set(pool.logits, start);
    places.push({ pool, start });
    start += pool.logits.length;
  }
  for (const at of inOrder(all)) {
    const place = places.findLast((one) => one.start <= at);
    const candidate = place?.pool.candidate(at - place.start);
    if (candidate) yield candidate;
  }
}

/** Lines with Hangul in them are for Korean posts, all others for English ones. */
function isReadableIn(language: Language, text: string): boolean {
  return HANGUL.test(text) === (language === 'ko');
}

function optionOf(candidate: Candidate, scene: Scene, ranking: Ranking): CaptionOption {
  const { text, tone, source, logit, vector, meanLogProbability } = candidate;
  const probability = probabilityOf(logit);
  return {
    text,
    tone,
    source,
    meanLogProbability,
    match: cosineOfRow(vector, 0, scene.vector),
    probability,
    confidence: wordFor(probability, ranking),
  };
}

function wordFor(probability: number, { sure, maybe }: Ranking): Confidence {
  if (probability >= sure) return 'sure';
  return probability >= maybe ? 'maybe' : 'unsure';
}
