/** How far a run is, on one line of the terminal, or on a new line every tenth where there is none. */
export class Progress {
  readonly #label: string;
  readonly #total: number;
  readonly #began = performance.now();
  #done = 0;
  #shown = -1;

  constructor(label: string, total: number) {
    this.#label = label;
    this.#total = total;
  }

  /** One more is done. */
  step(): void {
    this.#done += 1;
    const line = progressLine(this.#label, this.#done, this.#total, this.seconds());
    if (process.stderr.isTTY) {
      process.stderr.write(`\r${line}\x1b[K${this.#done === this.#total ? '\n' : ''}`);
      return;
    }
    const tenth = Math.floor((10 * this.#done) / this.#total);
    if (tenth === this.#shown) return;
    this.#shown = tenth;
    process.stderr.write(`${line}\n`);
  }

  seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }
}

/** `hanmadi test 120/1909 · 6.1 photos/s · 4:53 left` */
export function progressLine(label: string, done: number, total: number, seconds: number): string {
  const rate = done / Math.max(seconds, 1e-3);
  return `${label} ${done}/${total} · ${rate.toFixed(1)} photos/s · ${clock((total - done) / rate)} left`;
}

/** `4:05`, of seconds. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
