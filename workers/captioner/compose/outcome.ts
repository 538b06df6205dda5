import type { AltText, Confidence, HashtagSuggestion } from '../contract.ts';
import { rankHashtags, type HashtagSettings } from '../decoding/hashtags.ts';
import type { TokenTable } from '../decoding/tasks.ts';
import { conceptsOf, forPeople, textOf } from '../decoding/text.ts';
import type { WrittenCaption } from './captions.ts';
import type { CaptionWriting, Plan, Writing } from './plan.ts';
import { sameness } from '../matching/wishes.ts';

/** The words of one post. */
export interface Words {
  readonly captions: readonly WrittenCaption[];
  readonly altText: AltText | null;
  readonly hashtags: readonly HashtagSuggestion[];
}

/** Takes the words out of finished searches. */
export function readPost(
  plan: Plan,
  table: TokenTable,
  tags: Float32Array,
  settings: HashtagSettings,
): Words {
  const altText = plan.altText && readAltText(plan.altText, table);
  return {
    captions: readCaptions(plan.captions, table, altText),
    altText,
    hashtags: plan.hashtags ? readHashtags(plan.hashtags, table, tags, settings) : [],
  };
}

function readAltText(writing: Writing, table: TokenTable): AltText | null {
  const [best] = readAll(writing, table);
  return best ?? null;
}

/**
 * The usual tone's captions first, best first, then the other tones', one each. A caption that says
 * the same as one before it, or as the alt text, is no alternative: it is left out. When nothing
 * else was found, the words of the alt text are better than none.
 */
function readCaptions(
  writings: readonly CaptionWriting[],
  table: TokenTable,
  altText: AltText | null,
): WrittenCaption[] {
  const fresh = readFresh(writings, table, new Set(altText ? [sameness(altText.text)] : []));
  return fresh.length > 0 ? fresh : readFresh(writings, table, new Set()).slice(0, 1);
}

/** @param said what must not be said again; what is said here is added */
function readFresh(
  writings: readonly CaptionWriting[],
  table: TokenTable,
  said: Set<string>,
): WrittenCaption[] {
  return writings.flatMap((writing) => {
    const places = writing.search.settings.groups ?? 1;
    const options: WrittenCaption[] = [];
    for (const option of readAll(writing, table)) {
      if (options.length === places || said.has(sameness(option.text))) continue;
      said.add(sameness(option.text));
      options.push({ ...option, tone: writing.tone });
    }
    return options;
  });
}

function readHashtags(
  { search }: Writing,
  table: TokenTable,
  tags: Float32Array,
  settings: HashtagSettings,
): HashtagSuggestion[] {
  const concepts = new Set(conceptsOf(table, search.best().tokens));
  return rankHashtags(table, tags, concepts, settings);
}

/** The finished sentences of a search as people read them, best first; empty ones are no sentences. */
function readAll({ task, search }: Writing, table: TokenTable): AltText[] {
  return search
    .finished()
    .map(({ tokens, total, logProbabilities }) => ({
      text: forPeople(task, textOf(table, tokens)),
      meanLogProbability: total / logProbabilities.length,
    }))
    .filter(({ text }) => text !== '');
}

/** The sentence of a search so far, as people read it: without a full stop until the model says so. */
export function readGrowing({ task, search }: Writing, table: TokenTable): string {
  const raw = textOf(table, search.best().tokens);
  const text = forPeople(task, raw);
  return raw.endsWith('.') ? text : text.replace(/\.$/u, '');
}

/** How far the post can be trusted, by how sure the decoder was of the alt text. */
export function readConfidence(
  altText: AltText | null,
  thresholds: { readonly sure: number; readonly maybe: number } | null,
): Confidence | null {
  if (!altText || !thresholds) return null;
  if (altText.meanLogProbability >= thresholds.sure) return 'sure';
  return altText.meanLogProbability >= thresholds.maybe ? 'maybe' : 'unsure';
}
