import { join, resolve } from 'node:path';
import { evenly, photosOfSplit } from '../data/tables.ts';
import { CACHE, DEFAULT_PACK, PAGES, RESULTS, resultsOf, writePage } from '../evaluate.ts';
import { findPack, packBytes, packIds, SHIPPED_MODELS, type StoredPack } from '../pack/catalog.ts';
import { readResults, writeResults, type Results } from '../results.ts';
import { score } from '../scorer.ts';
import type { Differences, Scores } from '../scores.ts';
import { resultsPage } from '../tables.ts';
import {
  comparisonPath,
  QUESTIONS,
  readComparison,
  spreadOf,
  writeComparison,
  type ComparisonFile,
} from './comparison.ts';
import { inTurns } from './inTurns.ts';
import { ablationPage } from './page.ts';
import { predictAll } from './predictAll.ts';
import { timePacks, total, type PostTime } from './timing.ts';

const SPLIT = 'test';

/** The command line's options, see `cli.ts`. */
export interface AblationOptions {
  readonly data: string;
  readonly models: string;
  readonly limit?: number;
  readonly reuse?: boolean;
  readonly onlyTables?: boolean;
}

interface Scored {
  readonly scores: Scores;
  /** To the second pack of the question, where there is one. */
  readonly differences: Differences | null;
}

/**
 * Evaluates every pack of a models folder on the test split, compares them, and writes the results
 * and the tables: in the repository for a full run of the shipped packs, else in the cache.
 */
export async function ablation(options: AblationOptions): Promise<void> {
  const began = performance.now();
  const shipped = resolve(options.models) === SHIPPED_MODELS && options.limit === undefined;
  const folder = shipped ? RESULTS : join(CACHE, 'ablation');
  if (options.onlyTables !== true) await measure(options, folder);
  await writePages(folder, shipped ? PAGES : folder);
  console.log(`${((performance.now() - began) / 60_000).toFixed(1)} min`);
}

async function writePages(folder: string, pages: string): Promise<void> {
  const results = readResults(folder);
  const comparison = readComparison(comparisonPath(folder, SPLIT));
  const ofDefault = results.filter(({ pack }) => pack === DEFAULT_PACK);
  writePage(pages, 'ablation.md', await ablationPage(comparison, results));
  writePage(pages, 'results.md', await resultsPage(ofDefault));
}

/** Predictions, then scores, then times, and all of it into files of the results folder. */
async function measure(options: AblationOptions, folder: string): Promise<void> {
  const { data, models, limit } = options;
  // The catalog begins with the default; the tables end with it.
  const ids = packIds(models).toSorted((a, b) => rank(a) - rank(b));
  const packs = ids.map((id) => findPack(models, id));
  const photos = evenly(await photosOfSplit(data, SPLIT), limit ?? null);
  const predictions = await predictAll(options, SPLIT, packs, photos);
  const jobs = jobsFor(ids);
  const scored = await inTurns('scoring', jobs, (job) =>
    scoreJob(job, data, predictions, photos.length),
  );
  const times = await timePacks(data, packs, photos);

  for (const [at, { pack }] of packs.entries()) {
    const own = scored[jobs.findIndex(({ first }) => first === ids[at])];
    if (own === undefined) throw new Error(`${pack.id} was not scored`);
    const run = { ...options, pack: pack.id, split: SPLIT, threads: 1 } as const;
    writeResults(folder, keepFloat(folder, resultsOf(run, pack, photos.length, own.scores)));
  }
  writeComparison(comparisonPath(folder, SPLIT), {
    version: 1,
    split: SPLIT,
    date: new Date().toISOString(),
    photos: photos.length,
    limit: limit ?? null,
    packs: packs.map((stored) => describePack(stored, packs, times)),
    timedPhotos: times.get(ids[0] ?? '')?.length ?? 0,
    questions: jobs.flatMap(({ first, second }, at) => {
      const differences = scored[at]?.differences ?? null;
      return second === null || differences === null ? [] : [{ first, second, differences }];
    }),
  });
}

/** In the order of the questions, so that a pack comes after the one it builds on; ours last. */
function rank(id: string): number {
  const order = ['show-and-tell', ...QUESTIONS.map(({ first }) => first as string)];
  const at = order.indexOf(id);
  return id === DEFAULT_PACK ? order.length + 1 : at === -1 ? order.length : at;
}

interface Job {
  readonly first: string;
  readonly second: string | null;
}

/** Each question once, and each pack that is the first of none by itself. */
function jobsFor(ids: readonly string[]): readonly Job[] {
  const asked = QUESTIONS.filter(
    ({ first, second }) => ids.includes(first) && ids.includes(second),
  );
  const alone = ids.filter((id) => !asked.some(({ first }) => first === id));
  return [...asked, ...alone.map((first) => ({ first, second: null }))];
}

async function scoreJob(
  { first, second }: Job,
  data: string,
  predictions: ReadonlyMap<string, string>,
  photos: number,
): Promise<Scored> {
  const pathOf = (id: string): string => {
    const path = predictions.get(id);
    if (path === undefined) throw new Error(`no predictions of ${id}`);
    return path;
  };
  return await score({
    data,
    split: SPLIT,
    predictions: pathOf(first),
    against: second === null ? null : pathOf(second),
    out: join(CACHE, `${first}-over-${second ?? 'none'}-${photos}-scores.json`),
  });
}

/** Keeps the comparison with float weights that an evaluation of the very same files has made. */
function keepFloat(folder: string, results: Results): Results {
  const before = readResults(folder).find(
    ({ pack, split }) => pack === results.pack && split === results.split,
  );
  const same =
    before?.limit === results.limit &&
    JSON.stringify([before.files, before.decoding, before.hashtags]) ===
      JSON.stringify([results.files, results.decoding, results.hashtags]);
  return same ? { ...results, comparison: before.comparison } : results;
}

function describePack(
  { pack }: StoredPack,
  all: readonly StoredPack[],
  times: ReadonlyMap<string, readonly PostTime[]>,
): ComparisonFile['packs'][number] {
  const others = all.filter((other) => other.pack.id !== pack.id);
  const used = new Set(
    others.flatMap((other) => Object.values(other.pack.files).map(({ path }) => path)),
  );
  const shared = Object.values(pack.files).filter(({ path }) => used.has(path));
  const own = times.get(pack.id) ?? [];
  const reference = times.get(DEFAULT_PACK)?.map(total) ?? [];
  return {
    id: pack.id,
    title: pack.title.en,
    system: pack.system,
    attention: pack.attention,
    supervision: pack.encoder.supervision,
    bytes: packBytes(pack),
    sharedBytes: shared.reduce((sum, { bytes }) => sum + bytes, 0),
    parameters: pack.parameters,
    milliseconds: {
      encoder: spreadOf(own.map(({ encoder }) => encoder)),
      start: spreadOf(own.map(({ start }) => start)),
      steps: spreadOf(own.map(({ steps }) => steps)),
      post: spreadOf(own.map(total)),
    },
    ratio:
      reference.length === 0
        ? null
        : spreadOf(own.map((time, at) => total(time) / (reference[at] ?? Number.NaN))),
  };
}
