import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { differencesSchema, scoresSchema, type Differences, type Scores } from './scores.ts';

const PYTHON = join(import.meta.dirname, '..', '.venv', 'bin', 'python');

export interface ScoreRequest {
  readonly data: string;
  readonly split: string;
  /** A predictions file, see `scoring/predictions.py`. */
  readonly predictions: string;
  /** A second one to compare with, over the photos that both have. */
  readonly against: string | null;
  readonly out: string;
}

/** Whether the scorer's Python environment is there (`npm run setup` makes it). */
export function hasScorer(): boolean {
  return existsSync(PYTHON);
}

/**
 * Runs `score.py`.
 * @throws {Error} with what Python said, when it fails
 */
export async function score(
  request: ScoreRequest,
): Promise<{ scores: Scores; differences: Differences | null }> {
  const { data, split, predictions, against, out } = request;
  const options = { data, split, predictions, out, ...(against === null ? {} : { against }) };
  await runPython('score.py', options);
  const document: unknown = JSON.parse(readFileSync(out, 'utf8'));
  return {
    scores: v.parse(scoresSchema, document),
    differences: against === null ? null : v.parse(differencesSchema, document),
  };
}

/**
 * Runs `failures.py`.
 * @returns the list, for a person to read
 * @throws {Error} with what Python said, when it fails
 */
export async function listFailures(request: {
  readonly data: string;
  readonly split: string;
  readonly predictions: string;
  readonly count: number;
}): Promise<string> {
  return await runPython('failures.py', { ...request });
}

/** @returns what it printed */
async function runPython(
  script: string,
  options: Readonly<Record<string, string | number>>,
): Promise<string> {
  if (!hasScorer()) throw new Error('No .venv: `npm run setup` makes it');
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const command = [join(import.meta.dirname, script), ...flags];
  const run = promisify(execFile)(PYTHON, command, { maxBuffer: 64 * 2 ** 20 });
  const { stdout } = await run.catch((error: unknown) => {
    throw new Error(`${script} failed`, { cause: error });
  });
  return stdout;
}
