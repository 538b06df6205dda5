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
  /** The pack that is wanted; the catalog's first one serves where it is not to be had. */
  readonly packId: string | null;
  /** Backends that have failed on this page before. */
  readonly avoid: ReadonlySet<Backend>;
  readonly onWorker: (handle: WorkerHandle) => void;
  readonly onEvent: (event: LoadEvent) => void;
}

/**
 * Starts a worker on the best backend that works, each one tried in a fresh worker. A wanted pack
 * that works on none of them must not be in the way of the default.
 */
export async function startSession(options: StartOptions): Promise<Outcome<Session>> {
  const failed = new Set(options.avoid);
  for (;;) {
    const handle = new WorkerHandle();
    options.onWorker(handle);
    const chosen = await choose(handle, options, failed);
    if (!chosen.ok) return giveUp(handle, chosen);
    const { packIds, backend, isLast } = chosen.value;
    const loaded = await loadFirst(handle, options, packIds, backend);
    if (loaded.ok) return { ok: true, value: { handle, loaded: loaded.value } };
    const worksNowhere = isBackendFailure(loaded.failure.code) && isLast;
    if (worksNowhere && packIds.length > 1) {
      giveUp(handle, loaded);
      return await startSession({ ...options, packId: null });
    }
    if (isLast || !isBackendFailure(loaded.failure.code)) return giveUp(handle, loaded);
    failed.add(backend);
    handle.end(loaded.failure);
  }
}

interface Choice {
  /** The wanted one, if it is there, and the default. */
  readonly packIds: readonly [string, ...string[]];
  readonly backend: Backend;
  /** There is none to fall back to. */
  readonly isLast: boolean;
}

function choose(
  handle: WorkerHandle,
  { models, packId }: StartOptions,
  failed: ReadonlySet<Backend>,
): Promise<Outcome<Choice>> {
  return handle.call<Choice>(async (api, alive) => {
    alive(ANSWER_LIMIT_MS);
    const { backends } = await api.probe();
    alive(Infinity); // the network's own limits are the worker's business
    const packs = await api.packs(models);
    if (!packs.ok) return packs;
    const ids = packs.value.map(({ id }) => id);
    const [first] = ids;
    if (first === undefined) return failure('pack-unknown', 'the catalog is empty');
    const wanted = ids.find((id) => id === packId);
    const packIds: Choice['packIds'] =
      wanted === undefined || wanted === first ? [first] : [wanted, first];
    // When all have failed, the most modest one may try again: a reason may have passed.
    const left = backends.filter((candidate) => !failed.has(candidate));
    const backend = left[0] ?? backends.at(-1);
    if (!backend) return failure('runtime-failed', 'no backend can run here');
    return { ok: true, value: { packIds, backend, isLast: left.length <= 1 } };
  });
}

/** Loads the first pack whose files can be had. */
async function loadFirst(
  handle: WorkerHandle,
  options: StartOptions,
  [packId, ...others]: Choice['packIds'],
  backend: Backend,
): Promise<Outcome<LoadedPack>> {
  const loaded = await load(handle, options, packId, backend);
  const [next, ...rest] = others;
  if (loaded.ok || next === undefined || handle.dead || isBackendFailure(loaded.failure.code))
    return loaded;
  return await loadFirst(handle, options, [next, ...rest], backend);
}

/** Loads a pack into a worker; one that has a pack keeps it until the new one is ready. */
export function load(
  handle: WorkerHandle,
  { models, onEvent }: Pick<StartOptions, 'models' | 'onEvent'>,
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
