import type { Language, Tone } from '../contract.ts';

/** Kinds of lines, as in the file. */
export const PHOTO_LINE = 0;
export const CONCEPT_LINE = 1;
export const OWN_LINE = 2;
/** Tones by their number in the file. */
export const TONES: readonly (Tone | null)[] = [
  null,
  'everyday',
  'funny',
  'romantic',
  'calm',
  'short',
];

/**
 * One line of a book. Tags and what it requires are indices in the book's concepts; the last number,
 * 0 if it is not there, is how many nats the line is set back because it would be offered too often.
 */
export type BookLine = readonly [
  text: string,
  kind: number,
  tone: number,
  tags: readonly number[],
  required: readonly number[],
  ...handicap: readonly number[],
];

/** What a book file says before its vectors. */
export interface BookHeader {
  /** `null`: lines of any language. */
  readonly language: Language | null;
  /** The vector space that its vectors lie in. */
  readonly space: string;
  readonly dimensions: number;
  /** What tags count in, by the names that the vocabulary has for them. */
  readonly concepts: readonly string[];
  /** How rare each concept is: what it is worth that a line speaks of it. */
  readonly rarity: readonly number[];
  readonly lines: readonly BookLine[];
}

/** Lists of small numbers, one a line, laid end to end: line i has `items[starts[i]]` to `items[starts[i + 1] - 1]`. */
export interface Lists {
  readonly starts: Uint32Array;
  readonly items: Uint16Array;
}

/** A caption book, laid out flat: a look-up goes through all its lines. */
export interface Book extends Omit<BookHeader, 'lines'> {
  readonly texts: readonly string[];
  readonly kinds: Uint8Array;
  /** Indices in `TONES`. */
  readonly tones: Uint8Array;
  readonly tags: Lists;
  readonly required: Lists;
  /** Nats. */
  readonly handicaps: Float32Array;
  /** Of the lines' texts, [lines, dimensions]. */
  readonly vectors: Int8Array;
  /** Of the photos that the photo lines were written for, [photo lines, dimensions], in the lines' order. */
  readonly photoVectors: Int8Array;
}

/** Lays lines out; the vectors are taken as they are. */
export function layOut(
  { lines, ...header }: BookHeader,
  vectors: Int8Array,
  photoVectors: Int8Array,
): Book {
  return {
    ...header,
    texts: lines.map(([text]) => text),
    kinds: Uint8Array.from(lines, ([, kind]) => kind),
    tones: Uint8Array.from(lines, ([, , tone]) => tone),
    tags: listsOf(lines.map(([, , , tags]) => tags)),
    required: listsOf(lines.map(([, , , , required]) => required)),
    handicaps: Float32Array.from(lines, ([, , , , , handicap = 0]) => handicap),
    vectors,
    photoVectors,
  };
}

function listsOf(lists: readonly (readonly number[])[]): Lists {
  const starts = new Uint32Array(lists.length + 1);
  for (const [at, list] of lists.entries()) starts[at + 1] = (starts[at] ?? 0) + list.length;
  return { starts, items: Uint16Array.from(lists.flat()) };
}

/** The list of one line. */
export function listOf({ starts, items }: Lists, line: number): Uint16Array {
  return items.subarray(starts[line], starts[line + 1]);
}
