import type { Source, Tone } from '../contract.ts';
import { cosine } from './vectors.ts';
import { sameness } from './wishes.ts';

/** A line that may be offered. */
export interface Candidate {
  readonly text: string;
  readonly tone: Tone | null;
  readonly source: Source;
  /** Logit of the probability that it fits the photo. */
  readonly logit: number;
  /** Of the text, in int8. */
  readonly vector: Int8Array;
  /** What it requires of a photo, as one string; empty when nothing. */
  readonly required: string;
  /** `null` unless the decoder wrote it. */
  readonly meanLogProbability: number | null;
}

/** Candidates, best first: all of them, or those of one source. */
export type InOrder = (source: Source | null) => Iterable<Candidate>;

/** Two texts nearer than this are twins. */
const TWIN_COSINE = 0.85;
/** So many lines may rest on the same required tags. */
const MOST_ALIKE = 2;
/** Sources that are always offered, if there is a line of theirs that fits. */
const ALWAYS: readonly Source[] = ['own', 'written', 'book'];
/**
 * Among ten thousand lines of the book, a person's own would hardly ever be seen; but what has nothing
 * to do with the photo would be in the way. So one must be for a tag that the photo shows, or fit with
 * one in ten.
 */
const LEAST_OWN = Math.log(0.1 / 0.9);

/**
 * The best few candidates that differ, best first. A source that is always to be offered and is not
 * among them takes the place of the last that can be spared.
 */
export function pick(
  inOrder: InOrder,
  count: number,
  fits: (candidate: Candidate) => boolean,
): Candidate[] {
  const picks = new Picks();
  for (const candidate of inOrder(null)) {
    if (picks.all.length === count) break;
    if (fits(candidate) && picks.hasRoomFor(candidate)) picks.add(candidate);
  }
  for (const source of ALWAYS) {
    if (picks.has(source)) continue;
    const isFull = picks.all.length >= count;
    const spare = isFull ? picks.leastNeeded() : null;
    if (isFull && !spare) continue;
    const others = picks.without(spare);
    const best = (hasPlace: (candidate: Candidate) => boolean) =>
      first(inOrder(source), (one) => isWorthRoom(one) && fits(one) && hasPlace(one));
    // Rather a twin in other words than nothing of that source.
    const chosen = best((one) => others.hasRoomFor(one)) ?? best((one) => others.hasNotSaid(one));
    if (chosen) picks.exchange(spare, chosen);
  }
  return picks.all.toSorted((a, b) => b.logit - a.logit);
}

function first(
  candidates: Iterable<Candidate>,
  isWanted: (candidate: Candidate) => boolean,
): Candidate | null {
  for (const candidate of candidates) if (isWanted(candidate)) return candidate;
  return null;
}

function isWorthRoom({ source, required, logit }: Candidate): boolean {
  return source !== 'own' || required !== '' || logit >= LEAST_OWN;
}

/** Candidates that differ from each other. */
class Picks {
  readonly #all: Candidate[];

  constructor(all: readonly Candidate[] = []) {
    this.#all = [...all];
  }

  get all(): readonly Candidate[] {
    return this.#all;
  }

  has(source: Source): boolean {
    return this.#all.some((one) => one.source === source);
  }

  hasRoomFor(candidate: Candidate): boolean {
    const alike = this.#all.filter(({ required }) => required === candidate.required);
    return (
      (candidate.required === '' || alike.length < MOST_ALIKE) &&
      this.hasNotSaid(candidate) &&
      this.#all.every(({ vector }) => cosine(vector, candidate.vector) <= TWIN_COSINE)
    );
  }

  /** Whether nothing here has the same words. */
  hasNotSaid(candidate: Candidate): boolean {
    const said = sameness(candidate.text);
    return this.#all.every(({ text }) => sameness(text) !== said);
  }

  add(candidate: Candidate): void {
    this.#all.push(candidate);
  }

  exchange(spare: Candidate | null, chosen: Candidate): void {
    if (spare) this.#all.splice(this.#all.indexOf(spare), 1);
    this.#all.push(chosen);
  }

  without(candidate: Candidate | null): Picks {
    return new Picks(this.#all.filter((one) => one !== candidate));
  }

  /** The last one that is neither the best nor the only one of a source that is always offered. */
  leastNeeded(): Candidate | null {
    const isSpare = ({ source }: Candidate) =>
      !ALWAYS.includes(source) || this.#all.filter((one) => one.source === source).length > 1;
    return this.#all.slice(1).findLast(isSpare) ?? null;
  }
}
