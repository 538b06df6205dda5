const TICK_MS = 1000;

/**
 * Barks when nobody has called `alive` for so long. It counts ticks rather than reading the clock:
 * a phone that slept for an hour, page and worker alike, has not hung.
 */
export class Watchdog {
  readonly #onSilence: () => void;
  #ticksLeft = Infinity;
  readonly #interval: ReturnType<typeof setInterval>;

  constructor(onSilence: () => void) {
    this.#onSilence = onSilence;
    this.#interval = setInterval(() => this.#tick(), TICK_MS);
  }

  /** There was a sign of life; the next one is due within `limitMs`. `Infinity`: whenever it likes. */
  alive(limitMs: number): void {
    this.#ticksLeft = Math.ceil(limitMs / TICK_MS);
  }

  stop(): void {
    clearInterval(this.#interval);
  }

  #tick(): void {
    this.#ticksLeft -= 1;
    if (this.#ticksLeft > 0) return;
    this.stop();
    this.#onSilence();
  }
}
