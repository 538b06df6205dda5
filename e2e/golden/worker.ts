/**
 * The worker of the golden test: the app's own modules, from the photo's pixels to the tokens, but
 * greedy and one task at a time. Built for the tests, never shipped.
 */
import type { TaskId } from '../../workers/captioner/contract.ts';
import { decode } from '../../workers/captioner/decoding/decode.ts';
import { searchFor, vocabularySize } from '../../workers/captioner/decoding/tasks.ts';
import { openPack, type OpenPack } from '../../workers/captioner/openPack.ts';
import { Library } from '../../workers/captioner/packs/library.ts';
import { ModelStore } from '../../workers/captioner/packs/store.ts';
import { toPixels } from '../../workers/captioner/pixels.ts';
import type { Started } from '../../workers/captioner/runtime/graphs.ts';
import { findTiers } from '../../workers/captioner/runtime/tiers.ts';
import type { Answer, Decoded, DecodedTasks, Question } from './protocol.ts';

let opened: Promise<OpenPack> | null = null;

addEventListener('message', ({ data }: MessageEvent<Question>) => {
  opened ??= open(data);
  opened
    .then((pack) => decodeTasks(pack, data.photo))
    .then(
      (tasks): Answer => ({ ok: true, tasks }),
      (error: unknown): Answer => ({ ok: false, detail: String(error) }),
    )
    .then((answer) => {
      postMessage(answer);
    });
});

async function open({ models, packId }: Question): Promise<OpenPack> {
  const [tier] = findTiers({ crossOriginIsolated, ...navigator });
  if (!tier) throw new Error('no tier');
  const store = await ModelStore.open('golden');
  return await openPack(await Library.open(models, store), store, packId, tier, () => undefined);
}

async function decodeTasks(open: OpenPack, photo: ImageBitmap): Promise<DecodedTasks> {
  const { pack, graphs } = open;
  const pixels = toPixels(photo, pack.inputSize);
  const started = await graphs.start(await graphs.encode(pixels, pack.inputSize));
  const tasks: DecodedTasks = {};
  for (const task of pack.tasks) tasks[task] = await decodeTask(open, task, started);
  return tasks;
}

async function decodeTask(
  { pack, table, graphs }: OpenPack,
  task: TaskId,
  { memory, state }: Started,
): Promise<Decoded> {
  const settings = pack.decoding[task];
  if (!settings) throw new Error(`no settings for ${task}`);
  const search = searchFor(table, task, settings, { beamWidth: 1 });
  const steps = decode([search], state, graphs.stepper(memory), () => undefined, {
    vocabularySize: vocabularySize(table),
  });
  for await (const _ of steps);
  const [best] = search.finished();
  if (!best) throw new Error(`${task} did not end`);
  return { tokens: best.tokens, logProbabilities: best.logProbabilities };
}
