import { proxy } from 'comlink';
import type {
  Backend,
  FailureCode,
  LoadedPack,
  LoadEvent,
  Outcome,
} from '../../workers/captioner/contract.ts';
import { WorkerHandle } from './workerHandle.ts';

/** A slow phone reads the worker's script in a second or two. */
const ANSWER_LIMIT_MS = 20_000;
/** Starting threads can hang for good; a slow phone compiles and tests in a few seconds. */
const WARM_UP_LIMIT_MS = 30_000;

/** These say that a backend does not work here, not that its files could not be had. */
const BACKEND_FAILURES: ReadonlySet<FailureCode> = new Set([
  'runtime-failed',
  'self-test-failed',
  'out-of-memory',
  'worker-crashed',
  'worker-timeout',
]);

export function isBackendFailure(code: FailureCode): boolean {
  return BACKEND_FAILURES.has(code);
}

/** A worker with a pack in it. */
export interface Session {
  readonly handle: WorkerHandle;
  readonly loaded: LoadedPack;
}

export interface StartOptions {
  /** Address of the folder `models/`. */
  readonly models: string;
  /** Backends that have failed on this page before. */
  readonly avoid: ReadonlySet<Backend>;
  readonly onWorker: (handle: WorkerHandle) => void;
  readonly onEvent: (event: LoadEvent) => void;
}

/** Starts a worker on the best backend that works, each one tried in a fresh worker. */
export async function startSession(options: StartOptions): Promise<Outcome<Session>> {
  const failed = new Set(options.avoid);
  for (;;) {
    const handle = new WorkerHandle();
    options.onWorker(handle);
    const chosen = await choose(handle, options.models, failed);
    if (!chosen.ok) return giveUp(handle, chosen);
    const { packId, backend, isLast } = chosen.value;
    const loaded = await load(handle, options, packId, backend);
    if (loaded.ok) return { ok: true, value: { handle, loaded: loaded.value } };
    if (isLast || !isBackendFailure(loaded.failure.code)) return giveUp(handle, loaded);
    failed.add(backend);
    handle.end(loaded.failure);
  }
}

interface Choice {
  readonly packId: string;
  readonly backend: Backend;
  /** There is none to fall back to. */
  readonly isLast: boolean;
}

function choose(
  handle: WorkerHandle,
  models: string,
  failed: ReadonlySet<Backend>,
): Promise<Outcome<Choice>> {
  return handle.call<Choice>(async (api, alive) => {
    alive(ANSWER_LIMIT_MS);
    const { backends } = await api.probe();
    alive(Infinity); // the network's own limits are the worker's business
    const packs = await api.packs(models);
    if (!packs.ok) return packs;
    const [pack] = packs.value;
    if (!pack) return failure('pack-unknown', 'the catalog is empty');
    // When all have failed, the most modest one may try again: a reason may have passed.
    const left = backends.filter((candidate) => !failed.has(candidate));
    const backend = left[0] ?? backends.at(-1);
    if (!backend) return failure('runtime-failed', 'no backend can run here');
    return { ok: true, value: { packId: pack.id, backend, isLast: left.length <= 1 } };
  });
}

function load(
  handle: WorkerHandle,
  { models, onEvent }: StartOptions,
  packId: string,
  backend: Backend,
): Promise<Outcome<LoadedPack>> {
  return handle.call((api, alive) => {
    const listener = (event: LoadEvent) => {
      if (event.type === 'warm-up') alive(WARM_UP_LIMIT_MS);
      if (!handle.dead) onEvent(event);
    };
    return api.load(models, packId, backend, proxy(listener));
  });
}

function giveUp<T>(handle: WorkerHandle, outcome: Outcome<T> & { ok: false }): Outcome<never> {
  handle.end(outcome.failure);
  return outcome;
}

function failure(code: FailureCode, detail: string): Outcome<never> {
  return { ok: false, failure: { code, detail } };
}
