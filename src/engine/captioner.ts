import { proxy, transfer } from 'comlink';
import type {
  Backend,
  ComposeEvent,
  ComposeRequest,
  ComposeResult,
  LoadedPack,
  LoadEvent,
  Outcome,
  OwnLine,
  PackOffer,
} from '../../workers/captioner/contract.ts';
import { CANCELLED, untilAborted } from './abort.ts';
import { isBackendFailure, load, startSession, type Session } from './start.ts';
import { $engine, $packs, IDLE, type EngineStatus } from './status.ts';
import type { WorkerHandle } from './workerHandle.ts';

/** Between two signs of life of a job lies at most a run of the encoder. */
const JOB_LIMIT_MS = 30_000;
/** So long may a cancelled job go on: the worker looks up between steps. */
const CANCEL_LIMIT_MS = 5_000;
/** A start or a download that nobody waits for goes on so long: the next job often follows at once. */
const UNWANTED_LIMIT_MS = 1_000;

export interface ComposeOptions {
  readonly signal: AbortSignal;
  /** Not called any more once the signal is aborted. */
  readonly onEvent: (event: ComposeEvent) => void;
}

/**
 * Writes the words of a post. The worker is started when first needed, and again after it died.
 * Takes ownership of the bitmap. Settles at once when the signal is aborted, with `cancelled`.
 */
export function compose(
  bitmap: ImageBitmap,
  request: ComposeRequest,
  options: ComposeOptions,
): Promise<Outcome<ComposeResult>> {
  return engine.compose(bitmap, request, options);
}

/**
 * Has posts written by this pack from the next one on; `null`: by the default. Where it cannot be
 * had, that post fails with the reason, and the pack before it goes on.
 */
export function wantPack(packId: string | null): void {
  engine.want(packId);
}

/**
 * Makes a caption book of some of a person's own lines. The worker is started if there is none.
 * Settles at once when the signal is aborted, with `cancelled`.
 */
export function embedLines(
  lines: readonly OwnLine[],
  signal: AbortSignal,
): Promise<Outcome<Uint8Array>> {
  return engine.embed(lines, signal);
}

/** Has captions chosen from these books of the person's own as well, from the next job on. */
export function setOwnBooks(books: readonly Uint8Array[]): void {
  engine.setOwnBooks(books);
}

/** The one worker of this tab, and its jobs, one after the other. */
class Engine {
  #wantedPack: string | null = null;
  #ownBooks: readonly Uint8Array[] = [];
  #session: Promise<Outcome<Session>> | null = null;
  /** The worker that is being started. */
  #starting: WorkerHandle | null = null;
  /** The worker that is being given another pack, and which. */
  #changing: { readonly handle: WorkerHandle; readonly packId: string } | null = null;
  /** How many jobs somebody waits for. */
  #waiting = 0;
  #lastJob: Promise<unknown> = Promise.resolve();
  #jobs = 0;
  /** Backends that failed on this page. */
  readonly #avoid = new Set<Backend>();

  want(packId: string | null): void {
    this.#wantedPack = packId;
    if (this.#changing && this.#changing.packId !== packId) this.#changing.handle.stopLoading();
  }

  setOwnBooks(books: readonly Uint8Array[]): void {
    this.#ownBooks = books;
    // A worker that is being started gets them when it is ready.
    void this.#session?.then((session) => {
      if (session.ok) void this.#giveBooks(session.value.handle);
    });
  }

  compose(
    bitmap: ImageBitmap,
    request: ComposeRequest,
    options: ComposeOptions,
  ): Promise<Outcome<ComposeResult>> {
    const run = () => this.#run(bitmap, request, options).finally(() => bitmap.close());
    return this.#inTurn(run, options.signal);
  }

  embed(lines: readonly OwnLine[], signal: AbortSignal): Promise<Outcome<Uint8Array>> {
    return this.#inTurn(async () => {
      const ready = await this.#ready(signal);
      if (!ready.ok) return ready;
      if (signal.aborted) return { ok: false, failure: CANCELLED };
      return await ready.value.handle.call<Uint8Array>((api, alive) => {
        alive(JOB_LIMIT_MS);
        return api.embedLines(lines);
      });
    }, signal);
  }

  /** A cancelled job before this one settles within `CANCEL_LIMIT_MS`. */
  async #inTurn<T>(run: () => Promise<Outcome<T>>, signal: AbortSignal): Promise<Outcome<T>> {
    const job = this.#lastJob.then(run).catch(crashed); // or every later job would fail with it
    this.#lastJob = job;
    this.#waiting += 1;
    const outcome = await untilAborted(job, signal);
    this.#waiting -= 1;
    if (signal.aborted) setTimeout(() => this.#dropUnwanted(), UNWANTED_LIMIT_MS);
    return outcome;
  }

  async #run(
    bitmap: ImageBitmap,
    request: ComposeRequest,
    options: ComposeOptions,
  ): Promise<Outcome<ComposeResult>> {
    const ready = await this.#ready(options.signal);
    if (!ready.ok) return ready;
    const session = await this.#withWantedPack(ready.value);
    if (!session.ok) return session;
    if (options.signal.aborted) return { ok: false, failure: CANCELLED };
    return await this.#write(session.value, bitmap, request, options);
  }

  /** The session, started if there is none. */
  async #ready(signal: AbortSignal): Promise<Outcome<Session>> {
    if (signal.aborted) return { ok: false, failure: CANCELLED };
    this.#session ??= this.#start();
    return await untilAborted(this.#session, signal);
  }

  async #start(): Promise<Outcome<Session>> {
    setStatus({ ...IDLE, state: 'loading' });
    const wanted = this.#wantedPack;
    const outcome = await startSession({
      models: models(),
      packId: wanted,
      avoid: this.#avoid,
      onWorker: (handle) => {
        this.#starting = handle;
      },
      onEvent: showProgress,
    }).catch(crashed); // a browser may refuse to make a worker at all
    this.#starting = null;
    if (outcome.ok) {
      const { handle, loaded } = outcome.value;
      await this.#giveBooks(handle);
      this.#showLoaded(wanted, loaded);
      void showOffers(handle);
      handle.onDeath(() => this.#forget('failed'));
    } else if (outcome.failure.code !== 'cancelled') this.#forget('failed');
    return outcome;
  }

  /** The session, after its pack was changed for the wanted one. */
  async #withWantedPack({ handle, loaded }: Session): Promise<Outcome<Session>> {
    const wanted = this.#wantedPack;
    if (wanted === null || wanted === loaded.pack.id)
      return { ok: true, value: { handle, loaded } };
    setStatus({ state: 'loading', changingTo: wanted });
    this.#changing = { handle, packId: wanted };
    const options = { models: models(), onEvent: showProgress };
    const outcome = await load(handle, options, wanted, loaded.backend);
    this.#changing = null;
    if (!outcome.ok && isBackendFailure(outcome.failure.code)) {
      // The next worker starts with the pack that worked.
      if (this.#wantedPack === wanted) this.#wantedPack = loaded.pack.id;
      handle.end(outcome.failure);
    }
    if (handle.dead) return outcome.ok ? { ok: false, failure: CANCELLED } : outcome;
    this.#showLoaded(wanted, outcome.ok ? outcome.value : loaded);
    void showOffers(handle);
    if (!outcome.ok) return outcome;
    const session = { handle, loaded: outcome.value };
    this.#session = Promise.resolve({ ok: true, value: session });
    return { ok: true, value: session };
  }

  /** A pack that could not be had is wanted no more. */
  #showLoaded(wanted: string | null, { pack, backend, stored }: LoadedPack): void {
    if (this.#wantedPack === wanted) this.#wantedPack = pack.id;
    setStatus({ ...IDLE, state: 'ready', packId: pack.id, backend, stored });
  }

  /** Ends a download that was stopped, so that it costs nobody's data. */
  #dropUnwanted(): void {
    if (this.#waiting > 0) return;
    this.#changing?.handle.stopLoading();
    if (!this.#starting) return;
    const handle = this.#starting;
    this.#forget('idle');
    handle.end(CANCELLED);
  }

  async #write(
    { handle, loaded }: Session,
    bitmap: ImageBitmap,
    request: ComposeRequest,
    { signal, onEvent }: ComposeOptions,
  ): Promise<Outcome<ComposeResult>> {
    const job = (this.#jobs += 1);
    setStatus({ state: 'busy' });
    const outcome = await handle.call<ComposeResult>((api, alive) => {
      alive(JOB_LIMIT_MS);
      signal.addEventListener('abort', () => {
        handle.cancel(job);
        alive(CANCEL_LIMIT_MS);
      });
      const listener = (event: ComposeEvent) => {
        if (signal.aborted) return;
        alive(JOB_LIMIT_MS);
        onEvent(event);
      };
      return api.compose(job, transfer(bitmap, [bitmap]), request, proxy(listener));
    });
    if (outcome.ok || !isBackendFailure(outcome.failure.code)) {
      setStatus({ state: 'ready' });
      return outcome;
    }
    // Onnxruntime does not recover from a failed run: the next job gets a fresh worker.
    handle.end(outcome.failure);
    if (signal.aborted) setStatus({ state: 'idle' });
    else this.#avoid.add(loaded.backend);
    return outcome;
  }

  /** Without them a post is still a post, so a failure is only told to the console. */
  async #giveBooks(handle: WorkerHandle): Promise<void> {
    const books = this.#ownBooks;
    const given = await handle.call((api, alive) => {
      alive(JOB_LIMIT_MS);
      return api.useOwnBooks(books);
    });
    // eslint-disable-next-line no-console -- for bug reports
    if (!given.ok) console.warn(`own lines not used: ${given.failure.detail}`);
  }

  #forget(state: 'idle' | 'failed'): void {
    this.#session = null;
    setStatus({ ...IDLE, state });
  }
}

const engine = new Engine();

function crashed(error: unknown): Outcome<never> {
  return { ok: false, failure: { code: 'worker-crashed', detail: String(error) } };
}

function models(): string {
  return new URL('models/', document.baseURI).href;
}

async function showOffers(handle: WorkerHandle): Promise<void> {
  const offers = await handle.call<readonly PackOffer[]>((api) => api.packs(models()));
  if (offers.ok) $packs.set(offers.value);
}

function setStatus(change: Partial<EngineStatus>): void {
  $engine.set({ ...$engine.get(), ...change });
}

function showProgress(event: LoadEvent): void {
  switch (event.type) {
    case 'download': {
      const { loadedBytes, totalBytes } = event;
      setStatus({ state: 'loading', download: { loadedBytes, totalBytes }, warmingUp: false });
      return;
    }
    case 'warm-up':
      setStatus({ state: 'loading', download: null, warmingUp: true });
  }
}
