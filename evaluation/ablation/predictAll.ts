import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { PhotoRow, Split } from '../data/tables.ts';
import { CACHE } from '../evaluate.ts';
import type { StoredPack } from '../pack/catalog.ts';
import { predict } from '../predict.ts';
import type { AblationOptions } from './ablation.ts';
import { inTurns } from './inTurns.ts';

const CLI = join(import.meta.dirname, '..', 'cli.ts');

/**
 * What every pack says about the photos, each pack in a process with one thread.
 * @returns the predictions files by pack id
 */
export async function predictAll(
  options: AblationOptions,
  split: Split,
  packs: readonly StoredPack[],
  photos: readonly PhotoRow[],
): Promise<ReadonlyMap<string, string>> {
  await inTurns('predicting', packs, ({ pack }) => predictInProcess(options, split, pack.id));
  const { data } = options;
  const paths = new Map<string, string>();
  for (const stored of packs) {
    const label = stored.pack.id;
    // The other process has just put them there.
    const request = { data, stored, photos, label, tasks: null, threads: 1, reuse: true };
    paths.set(label, (await predict({ ...request, cache: CACHE })).path);
  }
  return paths;
}

async function predictInProcess(
  { data, models, limit, reuse }: AblationOptions,
  split: Split,
  pack: string,
): Promise<void> {
  const flags = ['--data', data, '--pack', pack, '--split', split, '--models', models];
  if (limit !== undefined) flags.push('--limit', String(limit));
  if (reuse === true) flags.push('--reuse');
  const command = ['--import', 'tsx', CLI, ...flags, '--only-predict'];
  // Its progress comes through a pipe, in lines: two processes would write over each other's.
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'inherit', 'pipe'] });
  child.stderr.pipe(process.stderr, { end: false });
  const code = await new Promise<number | null>((done, failed) => {
    child.once('error', failed);
    child.once('close', done);
  });
  if (code !== 0) throw new Error(`${pack}: predicting ended with code ${code}`);
}
