import { releaseProxy, wrap, type Remote } from 'comlink';
import type { CaptionerApi, Failure, Outcome } from '../../workers/captioner/contract.ts';
import { Watchdog } from './watchdog.ts';

/** Says that there was a sign of life, and within how many milliseconds the next one is due. */
export type Alive = (limitMs: number) => void;

/** One captioner worker, from its start to its end. A call always settles, whatever becomes of it. */
export class WorkerHandle {
  readonly #worker: Worker;
  /** Held here: calls of a proxy that nobody holds never settle. */
  readonly #api: Remote<CaptionerApi>;
  readonly #mourners = new Set<(failure: Failure) => void>();
  #dead: Failure | null = null;

  constructor() {
    this.#worker = new Worker(new URL('../../workers/captioner/worker.ts', import.meta.url), {
      type: 'module',
    });
    this.#api = wrap<CaptionerApi>(this.#worker);
    this.#worker.addEventListener('error', (event) => {
      this.#die({ code: 'worker-crashed', detail: event.message });
    });
    this.#worker.addEventListener('messageerror', () => {
      this.#die({ code: 'worker-crashed', detail: 'a message could not be read' });
    });
  }

  get dead(): boolean {
    return this.#dead !== null;
  }

  /**
   * Makes one call. It fails when the worker dies; and when `alive` was given a limit that has
   * passed, the worker is ended.
   */
  call<T>(
    make: (api: Remote<CaptionerApi>, alive: Alive) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    return new Promise((resolve) => {
      const settle = (outcome: Outcome<T>) => {
        watchdog.stop();
        this.#mourners.delete(fail);
        resolve(outcome);
      };
      const fail = (failure: Failure) => settle({ ok: false, failure });
      const watchdog = new Watchdog(() => this.#die(TIMEOUT));
      if (this.#dead) {
        fail(this.#dead);
        return;
      }
      this.#mourners.add(fail);
      make(this.#api, (limitMs) => watchdog.alive(limitMs)).then(settle, (error: unknown) => {
        fail({ code: 'worker-crashed', detail: String(error) });
      });
    });
  }

  /** Called once, when the worker has ended, for whatever reason. */
  onDeath(listener: (reason: Failure) => void): void {
    this.#mourners.add(listener);
  }

  cancel(job: number): void {
    if (!this.#dead) void this.#api.cancel(job);
  }

  /** Ends the downloads of a `load`; the worker goes on. */
  stopLoading(): void {
    if (!this.#dead) void this.#api.stopLoading();
  }

  /** Ends the worker, its threads and its downloads; calls in flight fail with the reason. */
  end(reason: Failure): void {
    this.#die(reason);
  }

  #die(reason: Failure): void {
    if (this.#dead) return;
    this.#dead = reason;
    this.#api[releaseProxy]();
    this.#worker.terminate();
    for (const fail of [...this.#mourners]) fail(reason);
  }
}

const TIMEOUT: Failure = { code: 'worker-timeout', detail: 'no sign of life' };
