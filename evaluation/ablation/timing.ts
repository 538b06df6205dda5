import type { TaskId } from '../../workers/captioner/contract.ts';
import { readPhotos } from '../data/photos.ts';
import { squash } from '../data/pixels.ts';
import { evenly, type PhotoRow } from '../data/tables.ts';
import type { StoredPack } from '../pack/catalog.ts';
import { Describer, type Stage } from '../pack/describe.ts';
import { Progress } from '../progress.ts';

/** What the page writes for a photo in one language. */
const POST: readonly TaskId[] = ['plain-en', 'instagram-en', 'hashtags'];
const PHOTOS = 40;
/** Photos that only warm the sessions up. */
const WARM_UP = 2;

/** Milliseconds of one post, by stage. */
export type PostTime = Readonly<Record<Stage, number>>;

/**
 * Times one post of each pack on each of some photos. The packs take turns at every photo, so that
 * whatever else the machine does hits all of them.
 * @returns by pack id; the same photos in the same order
 */
export async function timePacks(
  data: string,
  packs: readonly StoredPack[],
  photos: readonly PhotoRow[],
): Promise<ReadonlyMap<string, readonly PostTime[]>> {
  const timed = await Promise.all(
    packs.map(async (stored) => ({
      size: stored.pack.inputSize,
      describer: await Describer.open(stored, 1),
      times: [] as PostTime[],
    })),
  );
  const chosen = evenly(photos, PHOTOS + WARM_UP);
  const progress = new Progress('timing', chosen.length);
  for await (const { id, bytes } of readPhotos(data, chosen)) {
    for (const { size, describer, times } of timed)
      times.push(await timePost(describer, id, await squash(bytes, size)));
    progress.step();
  }
  return new Map(timed.map(({ times }, at) => [packs[at]?.pack.id ?? '', times.slice(WARM_UP)]));
}

async function timePost(describer: Describer, id: string, pixels: Float32Array): Promise<PostTime> {
  const taken = { encoder: 0, start: 0, steps: 0 };
  let last = performance.now();
  await describer.describe(id, pixels, POST, (stage) => {
    const now = performance.now();
    taken[stage] = now - last;
    last = now;
  });
  return taken;
}

/** The whole of it: what a person waits for, but for reading the photo. */
export function total({ encoder, start, steps }: PostTime): number {
  return encoder + start + steps;
}
