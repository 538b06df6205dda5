import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { comparisonSchema, scoresSchema } from './scores.ts';

const fileSchema = v.object({ path: v.string(), bytes: v.number(), sha256: v.string() });

/** The results file of one pack on one split: `evaluation/results/<pack>-<split>.json`. */
export const resultsSchema = v.object({
  version: v.literal(1),
  pack: v.string(),
  split: v.picklist(['train', 'dev', 'test']),
  /** ISO 8601, UTC. */
  date: v.string(),
  photos: v.number(),
  /** The `--limit`, or null when every photo of the split was used. */
  limit: v.nullable(v.number()),
  /** Of the graphs and the vocabulary, as they were when scored. */
  files: v.record(v.string(), fileSchema),
  /** The settings from the catalog that the worker's decoding code was given. */
  decoding: v.record(v.string(), v.unknown()),
  hashtags: v.unknown(),
  runtime: v.object({ onnxruntime: v.string(), node: v.string(), threads: v.number() }),
  scores: scoresSchema,
  comparison: v.nullable(comparisonSchema),
});
export type Results = v.InferOutput<typeof resultsSchema>;

/** @returns the path written to */
export function writeResults(folder: string, results: Results): string {
  const path = join(folder, `${results.pack}-${results.split}.json`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
  return path;
}

/**
 * Every results file of a folder, by name.
 * @throws {Error} when one is not what the schema says
 */
export function readResults(folder: string): Results[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const content: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
      const parsed = v.safeParse(resultsSchema, content);
      if (parsed.success) return parsed.output;
      throw new Error(`${join(folder, name)}: ${v.summarize(parsed.issues)}`);
    });
}
