import {
  type ComposeEvent,
  type ComposeRequest,
  type ComposeResult,
  type Outcome,
} from '../../workers/captioner/contract.ts';
import { compose } from '../engine/captioner.ts';
import { type Photo } from '../photo/photo.ts';
import { ASKED, type ComposeAction, type Order } from './state.ts';

const ALTERNATIVES = 5;

/** What is to be written, and how. */
export interface Task extends Pick<ComposeRequest, 'language' | 'wishes' | 'avoid'> {
  readonly order: Order;
}

/**
 * Runs one writing job at a time. A new one cancels the one before it, and whatever a cancelled job
 * still reports is dropped: late words never reach the screen.
 */
export class Writer {
  readonly #dispatch: (action: ComposeAction) => void;
  #controller: AbortController | null = null;
  #job = 0;

  constructor(dispatch: (action: ComposeAction) => void) {
    this.#dispatch = dispatch;
  }

  write(photo: Photo, task: Task): void {
    this.stop();
    this.#job += 1;
    this.#controller = new AbortController();
    this.#dispatch({ type: 'writing-started', job: this.#job, order: task.order });
    void this.#run(this.#job, photo, task, this.#controller.signal);
  }

  /** Cancels the job in hand; the screen is told at once, not when the worker gets to it. */
  stop(): void {
    if (!this.#controller) return;
    this.#controller.abort();
    this.#controller = null;
    this.#dispatch({ type: 'writing-failed', job: this.#job, code: 'cancelled' });
  }

  async #run(job: number, photo: Photo, task: Task, signal: AbortSignal): Promise<void> {
    const tell = (action: ComposeAction) => {
      if (!signal.aborted) this.#dispatch(action);
    };
    const outcome = await this.#compose(photo, task, signal, (event) => {
      tell({ type: 'writing-event', job, event });
    });
    if (outcome.ok) tell({ type: 'writing-done', job, result: outcome.value });
    else {
      const { code, detail } = outcome.failure;
      // The sentence on the screen says what to do; this says what happened, for bug reports.
      // eslint-disable-next-line no-console -- that is what `detail` is for
      if (code !== 'cancelled') console.warn(`writing failed: ${code}: ${detail}`);
      tell({ type: 'writing-failed', job, code });
    }
    if (job === this.#job) this.#controller = null;
  }

  async #compose(
    photo: Photo,
    { order, language, wishes, avoid }: Task,
    signal: AbortSignal,
    onEvent: (event: ComposeEvent) => void,
  ): Promise<Outcome<ComposeResult>> {
    let bitmap: ImageBitmap;
    try {
      // The worker takes ownership of what it gets, so it gets a copy.
      bitmap = await createImageBitmap(photo.bitmap);
    } catch (error) {
      return { ok: false, failure: { code: 'photo-unreadable', detail: String(error) } };
    }
    const request: ComposeRequest = {
      photoId: photo.id,
      language,
      parts: ASKED[order].parts,
      alternatives: ALTERNATIVES,
      wishes,
      avoid,
    };
    try {
      return await compose(bitmap, request, { signal, onEvent });
    } catch (error) {
      // The engine promises an outcome. If it breaks that promise, nobody is left waiting.
      return { ok: false, failure: { code: 'worker-crashed', detail: String(error) } };
    }
  }
}
