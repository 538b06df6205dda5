import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { env } from 'onnxruntime-node';
import { evenly, photosOfSplit, type PhotoRow, type Split } from './data/tables.ts';
import { findPack, packBytes, SHIPPED_MODELS } from './pack/catalog.ts';
import { predict, type Predicted } from './predict.ts';
import { readResults, writeResults, type Results } from './results.ts';
import { score } from './scorer.ts';
import type { Comparison, Differences } from './scores.ts';
import { resultsPage } from './tables.ts';

const ROOT = join(import.meta.dirname, '..');
const CACHE = join(import.meta.dirname, '.cache');
const RESULTS = join(import.meta.dirname, 'results');
const PAGE = join(ROOT, 'docs', 'results.md');

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
}

/**
 * Predicts, scores, and writes the results; the tables in `docs/` too, when the shipped pack was
 * run in full.
 * @returns what was written to the results file
 */
export async function evaluate(options: EvaluateOptions): Promise<Results> {
  const photos = evenly(await photosOfSplit(options.data, options.split), options.limit ?? null);
  const own = await predictions(options, options.models, photos);
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
  const results: Results = {
    version: 1,
    pack: options.pack,
    split: options.split,
    date: new Date().toISOString(),
    photos: photos.length,
    limit: options.limit ?? null,
    files: own.pack.files,
    decoding: own.pack.decoding,
    hashtags: own.pack.hashtags,
    runtime: {
      onnxruntime: env.versions.node ?? env.versions.common,
      node: process.versions.node,
      threads: options.threads,
    },
    scores,
    comparison: comparisonOf(differences, other),
  };
  await publish(results, options);
  return results;
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
  const page = whole ? PAGE : join(CACHE, 'results.md');
  mkdirSync(join(page, '..'), { recursive: true });
  writeFileSync(page, await resultsPage(whole ? readResults(RESULTS) : [results]));
  console.log(`Tables: ${relative(process.cwd(), page)}`);
}
