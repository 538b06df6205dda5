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
const ALWAYS: readonly Source[] = ['written', 'book', 'own'];
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
  // Where there was room left, whatever fits is among them.
  if (picks.all.length === count) {
    const isDue = (candidate: Candidate) => fits(candidate) && isMeant(candidate);
    for (const source of ALWAYS) if (!picks.has(source)) makeRoom(picks, inOrder(source), isDue);
  }
  return picks.all.toSorted((a, b) => b.logit - a.logit);
}

/**
 * Whoever brings lines wants to see them, but not under every photo: one of theirs is due where the
 * photo shows all tags that they gave it, or where it probably fits.
 */
function isMeant({ source, required, logit }: Candidate): boolean {
  return source !== 'own' || required !== '' || logit >= LIKELY_LOGIT;
}

function makeRoom(
  picks: Picks,
  candidates: Iterable<Candidate>,
  fits: (candidate: Candidate) => boolean,
): void {
  const spare = picks.leastNeeded();
  if (!spare) return;
  const others = picks.without(spare);
  for (const candidate of candidates) {
    if (!fits(candidate) || !others.hasRoomFor(candidate)) continue;
    picks.remove(spare);
    picks.add(candidate);
    return;
  }
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
    const said = sameness(candidate.text);
    return (
      this.#hasRoomForTags(candidate) &&
      this.#all.every((one) => sameness(one.text) !== said && !areTwins(one, candidate))
    );
  }

  /** Of our books alone: a person's own lines rest on whatever tags they like. */
  #hasRoomForTags({ source, required }: Candidate): boolean {
    if (source === 'own' || required === '') return true;
    const isAlike = (one: Candidate) => one.source !== 'own' && one.required === required;
    return this.#all.filter(isAlike).length < MOST_ALIKE;
  }

  add(candidate: Candidate): void {
    this.#all.push(candidate);
  }

  remove(candidate: Candidate): void {
    this.#all.splice(this.#all.indexOf(candidate), 1);
  }

  without(candidate: Candidate): Picks {
    return new Picks(this.#all.filter((one) => one !== candidate));
  }

  /** The last one that is neither the best nor the only one of a source that is always offered. */
  leastNeeded(): Candidate | null {
    const isSpare = ({ source }: Candidate) =>
      !ALWAYS.includes(source) || this.#all.filter((one) => one.source === source).length > 1;
    return this.#all.slice(1).findLast(isSpare) ?? null;
  }
}

/** A line of the person's own is no twin of ours, however near: it is in their words. */
function areTwins(one: Candidate, other: Candidate): boolean {
  if ((one.source === 'own') !== (other.source === 'own')) return false;
  return cosine(one.vector, other.vector) > TWIN_COSINE;
}
