import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { differencesSchema, type Differences } from '../scores.ts';

/** What the published work asks of its systems, as pairs of packs: what does the first gain over the second? */
export const QUESTIONS = [
  {
    first: 'show-attend-tell',
    second: 'show-and-tell',
    asks: 'soft attention (ImageNet encoder)',
  },
  {
    first: 'hashtag',
    second: 'show-attend-tell',
    asks: 'hashtag-supervised encoder (soft attention)',
  },
  { first: 'look-back', second: 'show-attend-tell', asks: 'look-back (ImageNet encoder)' },
  { first: 'hashtag-look-back', second: 'hashtag', asks: 'look-back (hashtag encoder)' },
  {
    first: 'hashtag-look-back',
    second: 'look-back',
    asks: 'hashtag-supervised encoder (look-back)',
  },
  { first: 'hanmadi', second: 'hashtag', asks: 'ours over the published best' },
] as const;

/** Median and quartiles. */
const spread = v.object({ median: v.number(), low: v.number(), high: v.number() });

/** What `npm run ablation` measures beyond the results of each pack: `results/ablation/<split>.json`. */
export const comparisonFileSchema = v.object({
  version: v.literal(1),
  split: v.string(),
  date: v.string(),
  photos: v.number(),
  limit: v.nullable(v.number()),
  packs: v.array(
    v.object({
      id: v.string(),
      title: v.string(),
      system: v.string(),
      attention: v.string(),
      supervision: v.string(),
      bytes: v.number(),
      /** Files that other packs name as well. */
      sharedBytes: v.number(),
      parameters: v.number(),
      /** Of one post in English: description, caption and hashtags. */
      milliseconds: v.object({ encoder: spread, start: spread, steps: spread, post: spread }),
      /** The post's time over the default pack's for the same photo. */
      ratio: v.nullable(spread),
    }),
  ),
  timedPhotos: v.number(),
  questions: v.array(
    v.object({ first: v.string(), second: v.string(), differences: differencesSchema }),
  ),
});
export type ComparisonFile = v.InferOutput<typeof comparisonFileSchema>;
export type Spread = v.InferOutput<typeof spread>;
export type Difference = Differences['differences'][string]['figures'][string];
/** A difference and its 95 % interval. */
export type Estimate = Pick<Difference, 'difference' | 'low' | 'high'>;

/** Where it lies in a folder of results. */
export function comparisonPath(folder: string, split: string): string {
  return join(folder, 'ablation', `${split}.json`);
}

/** @throws {Error} when the file is missing or not what the schema says */
export function readComparison(path: string): ComparisonFile {
  const parsed = v.safeParse(comparisonFileSchema, JSON.parse(readFileSync(path, 'utf8')));
  if (parsed.success) return parsed.output;
  throw new Error(`${path}: ${v.summarize(parsed.issues)}`);
}

export function writeComparison(path: string, file: ComparisonFile): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(file, null, 2)}\n`);
}

/** The difference in one figure, or null where one of the packs has no such figure. */
export function differenceIn(
  file: ComparisonFile,
  [first, second]: readonly [string, string],
  group: string,
  figure: string,
): Difference | null {
  const found = file.questions.find((one) => one.first === first && one.second === second);
  return found?.differences.differences[group]?.figures[figure] ?? null;
}

/** A difference is a finding when its interval leaves zero out. */
export function isFinding({ low, high }: Estimate): boolean {
  return low > 0 || high < 0;
}

/**
 * How much larger one difference is than another, with an interval from theirs: Zou & Donner 2008,
 * "Construction of confidence limits about effect measures", for independent estimates. Ours share
 * their photos; where that makes them move together, the interval is wider than it need be.
 */
export function gapBetween(first: Estimate, second: Estimate): Estimate {
  const difference = first.difference - second.difference;
  const below = Math.hypot(first.difference - first.low, second.high - second.difference);
  const above = Math.hypot(first.high - first.difference, second.difference - second.low);
  return { difference, low: difference - below, high: difference + above };
}

/** Median and quartiles. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)] ?? Number.NaN;
    const above = sorted[Math.ceil(place)] ?? Number.NaN;
    return below + (above - below) * (place - Math.floor(place));
  };
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}
