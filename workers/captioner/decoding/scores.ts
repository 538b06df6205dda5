/** Natural log-probabilities and the few best of many scores: the arithmetic of every search. */

/** A logit this far below the largest adds less than the rounding of float32 does; its exponential is not computed. */
const NEGLIGIBLE = 25;

/**
 * The logarithm of the sum of exponentials of one row of logits, [V]: log p(i) is `logits[i] - logSumExp`.
 * Computed over the whole vocabulary, before any constraint.
 */
export function logSumExp(logits: Float32Array): number {
  let largest = -Infinity;
  let sum = 0;
  // Counted loops: this is a third of the decoding time, and iterators double it.
  /* eslint-disable @typescript-eslint/prefer-for-of */
  for (let i = 0; i < logits.length; i += 1) largest = Math.max(largest, logits[i] ?? -Infinity);
  const least = largest - NEGLIGIBLE;
  for (let i = 0; i < logits.length; i += 1) {
    const logit = logits[i] ?? -Infinity;
    if (logit > least) sum += Math.exp(logit - largest);
  }
  /* eslint-enable @typescript-eslint/prefer-for-of */
  return largest + Math.log(sum);
}

/** One way to go on from one row of a beam. */
export interface Continuation {
  readonly row: number;
  readonly token: number;
  /** Log-probability of the token alone. */
  readonly logProbability: number;
  /** What continuations are ordered by. */
  readonly score: number;
}

/** Higher score first; ties go to the lower row, then the lower token id, so that every machine agrees. */
export function compareContinuations(a: Continuation, b: Continuation): number {
  return b.score - a.score || a.row - b.row || a.token - b.token;
}

/** Keeps the `capacity` best continuations that it is offered, in order. */
export class Best<Candidate extends Continuation> {
  readonly #capacity: number;
  readonly #kept: Candidate[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** A score at or below this one, from a later row or token, cannot get in. */
  get threshold(): number {
    return this.#kept[this.#capacity - 1]?.score ?? -Infinity;
  }

  offer(candidate: Candidate): void {
    if (candidate.score === -Infinity) return;
    const better = this.#kept.findIndex((kept) => compareContinuations(candidate, kept) < 0);
    this.#kept.splice(better === -1 ? this.#kept.length : better, 0, candidate);
    if (this.#kept.length > this.#capacity) this.#kept.pop();
  }

  inOrder(): readonly Candidate[] {
    return this.#kept;
  }
}
