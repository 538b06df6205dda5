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
/** From this probability on, a line of the person's own without tags is likely enough to fit. */
const LIKELY = 0.2;
const LIKELY_LOGIT = Math.log(LIKELY / (1 - LIKELY));

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
      first(inOrder(source), (one) => isDue(one) && fits(one) && hasPlace(one));
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

/**
 * Whoever brings lines wants to see them, and among thousands of ours they hardly would; but not under
 * every photo. One of theirs is due where the photo shows all tags that they gave it, or where it
 * probably fits.
 */
function isDue({ source, required, logit }: Candidate): boolean {
  return source !== 'own' || required !== '' || logit >= LIKELY_LOGIT;
}

/** A line of the person's own is no twin of ours, however near: it is in their words. */
function areTwins(one: Candidate, other: Candidate): boolean {
  if ((one.source === 'own') !== (other.source === 'own')) return false;
  return cosine(one.vector, other.vector) > TWIN_COSINE;
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
    return (
      this.#hasRoomForTags(candidate) &&
      this.hasNotSaid(candidate) &&
      !this.#all.some((one) => areTwins(one, candidate))
    );
  }

  /** Of our books alone: a person's own lines rest on whatever tags they like. */
  #hasRoomForTags({ source, required }: Candidate): boolean {
    if (source === 'own' || required === '') return true;
    const isAlike = (one: Candidate) => one.source !== 'own' && one.required === required;
    return this.#all.filter(isAlike).length < MOST_ALIKE;
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
