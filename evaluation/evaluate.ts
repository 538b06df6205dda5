import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { env } from 'onnxruntime-node';
import type { Pack } from '../workers/captioner/packs/schema.ts';
import { evenly, photosOfSplit, type PhotoRow, type Split } from './data/tables.ts';
import { findPack, packBytes, SHIPPED_MODELS } from './pack/catalog.ts';
import { predict, type Predicted } from './predict.ts';
import { readResults, writeResults, type Results } from './results.ts';
import { score } from './scorer.ts';
import type { Comparison, Differences, Scores } from './scores.ts';
import { resultsPage } from './tables.ts';

const ROOT = join(import.meta.dirname, '..');
export const CACHE = join(import.meta.dirname, '.cache');
export const RESULTS = join(import.meta.dirname, 'results');
/** The pack that the page loads unless told otherwise: `docs/results.md` is about it alone. */
export const DEFAULT_PACK = 'hanmadi';
/** Where the tables go. */
export const PAGES = join(ROOT, 'docs');

/** The command line's options, see `cli.ts`. */
export interface EvaluateOptions {
  readonly data: string;
  readonly pack: string;
  readonly split: Split;
  readonly limit?: number;
  readonly tasks?: readonly string[];
  readonly models: string;
  readonly compare?: string;
  readonly threads: number;
  readonly reuse?: boolean;
  readonly onlyPredict?: boolean;
}

/**
 * Predicts, scores, and writes the results; `docs/results.md` too, when the shipped default pack
 * was run in full (`docs/ablation.md` has the others, side by side).
 * @returns what was written to the results file; null with `onlyPredict`
 */
export async function evaluate(options: EvaluateOptions): Promise<Results | null> {
  const photos = evenly(await photosOfSplit(options.data, options.split), options.limit ?? null);
  const own = await predictions(options, options.models, photos);
  if (options.onlyPredict === true) return null;
  const other =
    options.compare === undefined ? null : await predictions(options, options.compare, photos);
  console.log('Scoring …');
  const { scores, differences } = await score({
    data: options.data,
    split: options.split,
    predictions: own.path,
    against: other?.path ?? null,
    out: join(CACHE, `${options.pack}-${options.split}-scores.json`),
  });
  const results = {
    ...resultsOf(options, own.pack, photos.length, scores),
    comparison: comparisonOf(differences, other),
  };
  await publish(results, options);
  return results;
}

/** What the results file of a pack holds, without a comparison. */
export function resultsOf(
  { split, limit, threads }: EvaluateOptions,
  pack: Pack,
  photos: number,
  scores: Scores,
): Results {
  return {
    version: 1,
    pack: pack.id,
    split,
    date: new Date().toISOString(),
    photos,
    limit: limit ?? null,
    files: pack.files,
    decoding: pack.decoding,
    hashtags: pack.hashtags,
    runtime: {
      onnxruntime: env.versions.node ?? env.versions.common,
      node: process.versions.node,
      threads,
    },
    scores,
    comparison: null,
  };
}

async function predictions(
  { data, pack, split, tasks, threads, reuse }: EvaluateOptions,
  models: string,
  photos: readonly PhotoRow[],
): Promise<Predicted> {
  return await predict({
    data,
    stored: findPack(models, pack),
    photos,
    label: `${pack} in ${relative(process.cwd(), models) || '.'}, ${split}`,
    tasks: tasks ?? null,
    threads,
    reuse: reuse ?? false,
    cache: CACHE,
  });
}

function comparisonOf(differences: Differences | null, other: Predicted | null): Comparison | null {
  if (differences === null || other === null) return null;
  return { ...differences, bytes: packBytes(other.pack) };
}

async function publish(results: Results, options: EvaluateOptions): Promise<void> {
  const shipped = resolve(options.models) === SHIPPED_MODELS;
  const whole = shipped && options.limit === undefined && options.tasks === undefined;
  const path = writeResults(whole ? RESULTS : join(CACHE, 'results'), results);
  console.log(`Results: ${relative(process.cwd(), path)}`);
  const documented = whole && results.pack === DEFAULT_PACK;
  const shown = documented
    ? readResults(RESULTS).filter(({ pack }) => pack === DEFAULT_PACK)
    : [results];
  writePage(documented ? PAGES : CACHE, 'results.md', await resultsPage(shown));
}

/** Writes a page of tables, and says where. */
export function writePage(folder: string, name: string, text: string): void {
  const page = join(folder, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(page, text);
  console.log(`Tables: ${relative(process.cwd(), page)}`);
}
