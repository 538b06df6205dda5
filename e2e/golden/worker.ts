/**
 * The worker of the golden test: the captioner's own modules on its own runtime, asked for tokens
 * instead of words. Built for the tests, never shipped.
 */
import type { TaskId } from '../../workers/captioner/contract.ts';
import { decode } from '../../workers/captioner/decoding/decode.ts';
import { searchFor, vocabularySize } from '../../workers/captioner/decoding/tasks.ts';
import { OwnBooks } from '../../workers/captioner/compose/ownBooks.ts';
import { Shelf } from '../../workers/captioner/compose/shelf.ts';
import { openPack, type OpenPack } from '../../workers/captioner/openPack.ts';
import { Library } from '../../workers/captioner/packs/library.ts';
import { ModelStore } from '../../workers/captioner/packs/store.ts';
import { toPixels } from '../../workers/captioner/photo/toPixels.ts';
import { findTiers } from '../../workers/captioner/runtime/tiers.ts';
import type { Answer, Decoded, DecodedTasks, Question } from './protocol.ts';

let opening: Promise<OpenPack> | null = null;

self.addEventListener('message', ({ data }: MessageEvent<Question>) => {
  decodeAll(data).then(
    (tasks) => answer({ ok: true, tasks }),
    (error: unknown) => answer({ ok: false, detail: String(error) }),
  );
});

function answer(message: Answer): void {
  self.postMessage(message);
}

async function decodeAll({ photo, models, packId }: Question): Promise<DecodedTasks> {
  opening ??= open(models, packId);
  const opened = await opening;
  const { pack, graphs } = opened;
  const grid = await graphs.encode(toPixels(photo, pack.inputSize), pack.inputSize);
  const started = await graphs.start(grid);
  const tasks: { -readonly [T in TaskId]?: Decoded } = {};
  for (const task of pack.tasks) tasks[task] = await decodeGreedily(opened, started, task);
  return tasks;
}

async function open(models: string, packId: string): Promise<OpenPack> {
  const store = await ModelStore.open(`golden ${models}`);
  const [tier] = findTiers({
    crossOriginIsolated,
    hardwareConcurrency: navigator.hardwareConcurrency,
    userAgent: navigator.userAgent,
  });
  if (!tier) throw new Error('no tier');
  return openPack(new Shelf(await Library.open(models, store), store), packId, {
    tier,
    isFirst: true,
    own: new OwnBooks(),
    onEvent: () => undefined,
    signal: new AbortController().signal,
  });
}

type Started = Awaited<ReturnType<OpenPack['graphs']['start']>>;

async function decodeGreedily(
  { pack, table, graphs }: OpenPack,
  { memory, state }: Started,
  task: TaskId,
): Promise<Decoded> {
  const settings = pack.decoding[task];
  if (!settings) throw new Error(`the pack has no settings for ${task}`);
  const search = searchFor(table, task, settings, { beamWidth: 1 });
  const steps = decode([search], state, graphs.stepper(memory), () => undefined, {
    vocabularySize: vocabularySize(table),
  });
  while ((await steps.next()).done !== true);
  const { tokens, logProbabilities } = search.best();
  return { tokens, logProbabilities };
}
