import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { differencesSchema, scoresSchema, type Differences, type Scores } from './scores.ts';

const SCORE = join(import.meta.dirname, 'score.py');
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
  if (!hasScorer()) throw new Error('No .venv: `npm run setup` makes it');
  const { data, split, predictions, against, out } = request;
  const options = { data, split, predictions, out, ...(against === null ? {} : { against }) };
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  await promisify(execFile)(PYTHON, [SCORE, ...flags]).catch((error: unknown) => {
    throw new Error('The scorer failed', { cause: error });
  });
  const document: unknown = JSON.parse(readFileSync(out, 'utf8'));
  return {
    scores: v.parse(scoresSchema, document),
    differences: against === null ? null : v.parse(differencesSchema, document),
  };
}
