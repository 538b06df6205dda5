import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TaskId } from '../workers/captioner/contract.ts';
import type { Pack } from '../workers/captioner/packs/schema.ts';
import { readPhotos } from './data/photos.ts';
import { squash } from './data/pixels.ts';
import type { PhotoRow } from './data/tables.ts';
import type { StoredPack } from './pack/catalog.ts';
import { Describer, type Prediction } from './pack/describe.ts';
import { Progress } from './progress.ts';

export interface PredictRequest {
  readonly data: string;
  readonly stored: StoredPack;
  readonly photos: readonly PhotoRow[];
  readonly label: string;
  /** Null: all that the pack knows. */
  readonly tasks: readonly string[] | null;
  readonly threads: number;
  /** Take the predictions from the cache if they are there. */
  readonly reuse: boolean;
  readonly cache: string;
}

export interface Predicted {
  readonly pack: Pack;
  /** The predictions file, for the scorer. */
  readonly path: string;
}

/** What decides a prediction besides the pack: the cache is void when any of it changes. */
const CODE = [
  join(import.meta.dirname, 'data'),
  join(import.meta.dirname, 'pack'),
  join(import.meta.dirname, '..', 'workers', 'captioner', 'decoding'),
  join(import.meta.dirname, '..', 'workers', 'captioner', 'photo'),
  join(import.meta.dirname, '..', 'workers', 'captioner', 'runtime'),
];

/** Runs a pack over photos, one by one, and writes what it says to a file in the cache. */
export async function predict(request: PredictRequest): Promise<Predicted> {
  const { data, stored, photos, label, threads, cache } = request;
  const { pack } = stored;
  const tasks = chosenTasks(pack, request.tasks);
  const path = join(cache, `${pack.id}-${cacheKey(pack, photos, tasks)}.json`);
  if (request.reuse && existsSync(path)) {
    console.log(`${label}: predictions from the cache`);
    return { pack, path };
  }
  const describer = await Describer.open(stored, threads);
  const progress = new Progress(label, photos.length);
  const predictions: Prediction[] = [];
  for await (const { id, bytes } of readPhotos(data, photos)) {
    const pixels = await squash(bytes, pack.inputSize);
    predictions.push(...(await describer.describe(id, pixels, tasks)));
    progress.step();
  }
  mkdirSync(cache, { recursive: true });
  writeFileSync(path, JSON.stringify(predictions));
  return { pack, path };
}

function chosenTasks(pack: Pack, wanted: readonly string[] | null): readonly TaskId[] {
  if (wanted === null) return pack.tasks;
  const unknown = wanted.filter((task) => !pack.tasks.some((known) => known === task));
  if (unknown.length > 0)
    throw new Error(`${pack.id} has no ${unknown.join(', ')}; it has ${pack.tasks.join(', ')}`);
  return pack.tasks.filter((task) => wanted.includes(task));
}

function cacheKey(pack: Pack, photos: readonly PhotoRow[], tasks: readonly TaskId[]): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([pack.files, pack.decoding, pack.hashtags, photos, tasks]));
  for (const folder of CODE)
    for (const name of readdirSync(folder).sort())
      if (name.endsWith('.ts') && !name.endsWith('.test.ts'))
        hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 12);
}
