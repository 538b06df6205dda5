import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { resolve } from 'node:path';
import type { Language } from '../../workers/captioner/contract.ts';
import { readPhotos } from '../data/photos.ts';
import { squash } from '../data/pixels.ts';
import { evenly, photosOfSplit } from '../data/tables.ts';
import {
  CACHE,
  DEFAULT_PACK,
  PAGES,
  RESULTS,
  writePage,
  type EvaluateOptions,
} from '../evaluate.ts';
import { findPack, SHIPPED_MODELS } from '../pack/catalog.ts';
import { Progress } from '../progress.ts';
import {
  LANGUAGES,
  readAnnotations,
  TEXT_KINDS,
  type Annotation,
  type TextKind,
} from './annotations.ts';
import { statisticsOf, type Offer, type OfferStatistics } from './offers.ts';
import { matchPage } from './page.ts';
import { Poster } from './poster.ts';
import { recallOf, type Recall } from './recall.ts';
import { Tagged } from './witness.ts';

/** As the page asks for. */
export const ALTERNATIVES = 5;

/** What the prototype found, to be no lower than in any (issue 5). */
const PROTOTYPE: Readonly<Record<TextKind, Recall>> = {
  'plain-en': { 1: 0.16, 5: 0.41, 10: 0.55 },
  'plain-ko': { 1: 0.17, 5: 0.42, 10: 0.55 },
  'instagram-en': { 1: 0.04, 5: 0.14, 10: 0.22 },
  'instagram-ko': { 1: 0.07, 5: 0.21, 10: 0.32 },
};

export interface MatchResults {
  readonly version: 1;
  readonly pack: string;
  readonly split: string;
  readonly date: string;
  readonly photos: number;
  readonly recall: Readonly<Record<TextKind, Recall>>;
  readonly prototype: Readonly<Record<TextKind, Recall>>;
  /** Null with `--only-recall`. */
  readonly offers: Readonly<Record<Language, OfferStatistics>> | null;
}

export interface MatchOptions extends EvaluateOptions {
  readonly onlyRecall?: boolean;
}

/**
 * R@k of each kind of text, and what would be offered for each photo; prints both, and writes them
 * to the results, and to `docs/match.md` after a full run of the shipped default pack.
 */
export async function evaluateMatch(options: MatchOptions): Promise<MatchResults> {
  const { data, split, limit, models, threads } = options;
  const photos = evenly(await photosOfSplit(data, split), limit ?? null);
  const annotations = await readAnnotations(data, photos);
  const poster = await Poster.open(findPack(models, options.pack), threads);
  const byId = new Map(annotations.map((annotation) => [annotation.photo, annotation]));
  const tagged = { ko: new Tagged(poster.book('ko')), en: new Tagged(poster.book('en')) };
  const vectors: Float32Array[] = [];
  const seen: Annotation[] = [];
  const offers: Record<Language, Offer[][]> = { ko: [], en: [] };
  const progress = new Progress(`match of ${options.pack}, ${split}`, photos.length);
  for await (const { id, bytes } of readPhotos(data, photos)) {
    const annotation = byId.get(id);
    if (annotation === undefined) throw new Error(`no annotations of ${id}`);
    const pixels = await squash(bytes, poster.pack.inputSize);
    seen.push(annotation);
    vectors.push(await poster.seePhoto(pixels));
    for (const language of options.onlyRecall === true ? [] : LANGUAGES)
      offers[language].push(
        await offersFor(poster, tagged[language], annotation, pixels, language),
      );
    progress.step();
  }
  const recall = await recallByKind(poster, vectors, seen);
  const results: MatchResults = {
    version: 1,
    pack: options.pack,
    split,
    date: new Date().toISOString(),
    photos: photos.length,
    recall,
    prototype: PROTOTYPE,
    offers:
      options.onlyRecall === true
        ? null
        : { ko: statisticsOf(offers.ko), en: statisticsOf(offers.en) },
  };
  await publish(results, options);
  return results;
}

async function offersFor(
  poster: Poster,
  tagged: Tagged,
  { photo, tags }: Annotation,
  pixels: Float32Array,
  language: Language,
): Promise<Offer[]> {
  const captions = await poster.offer(photo, pixels, language, ALTERNATIVES);
  return captions.map(({ text, source, probability, confidence, match }) => {
    if (probability === null || confidence === null || match === null)
      throw new Error(`${photo}: a caption without a score`);
    const witness = source === 'book' ? tagged.witness(text, tags) : null;
    return { text, source, probability, confidence, match, witness };
  });
}

async function recallByKind(
  poster: Poster,
  vectors: readonly Float32Array[],
  annotations: readonly Annotation[],
): Promise<MatchResults['recall']> {
  const entries: [TextKind, Recall][] = [];
  for (const kind of TEXT_KINDS) {
    const texts = await poster.readTexts(annotations.map(({ texts }) => texts[kind]));
    entries.push([kind, recallOf(vectors, texts)]);
  }
  return Object.fromEntries(entries) as MatchResults['recall'];
}

async function publish(results: MatchResults, options: MatchOptions): Promise<void> {
  const shipped = resolve(options.models) === SHIPPED_MODELS && options.pack === DEFAULT_PACK;
  const whole = shipped && options.limit === undefined && results.offers !== null;
  const folder = whole ? join(RESULTS, 'match') : join(CACHE, 'results');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `match-${results.pack}-${results.split}.json`);
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`Results: ${relative(process.cwd(), path)}`);
  const page = await matchPage(results);
  console.log(page);
  writePage(whole ? PAGES : CACHE, 'match.md', page);
}
