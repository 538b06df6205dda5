import { CONCEPT_LINE, OWN_LINE, PHOTO_LINE, type Book } from './book.ts';
import { cosineOfRow } from './vectors.ts';

/** A pack's calibrated scores, by kind of line: the catalog's `match.ranking`. */
export interface Ranking {
  readonly photo: LineWeights & {
    readonly photo: number;
    readonly agreement: number;
    readonly rarity: number;
  };
  readonly concept: LineWeights & { readonly agreement: number; readonly rarity: number };
  readonly own: LineWeights;
  readonly written: {
    readonly bias: number;
    readonly match: number;
    readonly logProbability: number;
  };
  /** A line is not offered when a concept that it requires is less probable than this. */
  readonly floor: number;
  /** Least probabilities for being called so. */
  readonly sure: number;
  readonly maybe: number;
}

interface LineWeights {
  readonly bias: number;
  readonly match: number;
  readonly required: number;
}

/** A photo as the match model and the tag head see it. */
export interface Scene {
  /** Of length 1. */
  readonly vector: Float32Array;
  /** Probability of each concept, by its name; concepts that the pack does not know are not there. */
  readonly concepts: ReadonlyMap<string, number>;
}

/** Probabilities below this one are no more telling than it is. */
const LEAST_PROBABILITY = 0.01;

/** The logit of the probability that a caption of the decoder's fits. */
export function scoreWritten(
  { written }: Ranking,
  match: number,
  meanLogProbability: number,
): number {
  return written.bias + written.match * match + written.logProbability * meanLogProbability;
}

export function probabilityOf(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/**
 * The logits of the probabilities that the lines of a book fit a photo; −∞ for lines that require
 * what the photo does not show.
 */
export function scoreBook(book: Book, scene: Scene, ranking: Ranking): Float32Array {
  const { kinds, vectors, photoVectors, dimensions } = book;
  const ofTags = new TagScores(book, scene, ranking);
  const scores = new Float32Array(kinds.length);
  let photoLine = 0;
  for (let line = 0; line < kinds.length; line += 1) {
    const kind = kinds[line] ?? OWN_LINE;
    const photoAt = photoLine * dimensions;
    if (kind === PHOTO_LINE) photoLine += 1;
    let score = ofTags.score(line, kind);
    if (score > -Infinity) {
      const { match } = weightsOf(ranking, kind);
      score += match * cosineOfRow(vectors, line * dimensions, scene.vector);
      if (kind === PHOTO_LINE) {
        score += ranking.photo.photo * cosineOfRow(photoVectors, photoAt, scene.vector);
      }
    }
    scores[line] = score;
  }
  return scores;
}

/** What a line's tags are worth. */
class TagScores {
  readonly #book: Book;
  readonly #ranking: Ranking;
  /** By concept of the book. */
  readonly #probabilities: Float32Array;
  readonly #logarithms: Float32Array;

  constructor(book: Book, { concepts }: Scene, ranking: Ranking) {
    this.#book = book;
    this.#ranking = ranking;
    this.#probabilities = Float32Array.from(book.concepts, (name) => concepts.get(name) ?? 0);
    this.#logarithms = this.#probabilities.map((q) => Math.log(Math.max(q, LEAST_PROBABILITY)));
  }

  /** The part of the line's logit that is not of vectors; a line that comes too often is set back. */
  score(line: number, kind: number): number {
    const { bias, required: weight } = weightsOf(this.#ranking, kind);
    const { starts, items } = this.#book.required;
    let logarithms = 0;
    let rarity = 0;
    const end = starts[line + 1] ?? 0;
    for (let at = starts[line] ?? 0; at < end; at += 1) {
      const concept = items[at] ?? 0;
      if ((this.#probabilities[concept] ?? 0) < this.#ranking.floor) return -Infinity;
      logarithms += this.#logarithms[concept] ?? 0;
      rarity += this.#book.rarity[concept] ?? 0;
    }
    const score = bias + weight * logarithms - (this.#book.handicaps[line] ?? 0);
    if (kind === OWN_LINE) return score;
    const more = kind === CONCEPT_LINE ? this.#ranking.concept : this.#ranking.photo;
    return score + more.agreement * this.#agreement(line) + more.rarity * rarity;
  }

  /** Mean probability of the line's tags; 0 without tags. */
  #agreement(line: number): number {
    const { starts, items } = this.#book.tags;
    const start = starts[line] ?? 0;
    const end = starts[line + 1] ?? 0;
    let sum = 0;
    for (let at = start; at < end; at += 1) sum += this.#probabilities[items[at] ?? 0] ?? 0;
    return end > start ? sum / (end - start) : 0;
  }
}

function weightsOf(ranking: Ranking, kind: number): LineWeights {
  if (kind === PHOTO_LINE) return ranking.photo;
  return kind === CONCEPT_LINE ? ranking.concept : ranking.own;
}
