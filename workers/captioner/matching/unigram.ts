/** What a text tower reads; SentencePiece's unknown piece fills the ends of short texts. */
export const PADDING = 0;
/** A text tower reads no more pieces than this of one text. */
const MOST_PIECES = 64;
/** SentencePiece's `kUnkPenalty`, in nats below the rarest piece. */
const UNKNOWN_PENALTY = 10;
const SPACE = '▁';
/** The white space of Python's `str.split`, which is not quite that of `\s`. */
// eslint-disable-next-line no-control-regex -- Python's has the four separators of ASCII
const WHITE_SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

/** The part of `vocabulary.json` that SentencePiece's model is made of. */
export interface PieceTable {
  /** By id. */
  readonly pieces: readonly string[];
  /** Natural log-probability of each piece. */
  readonly scores: readonly number[];
  readonly unknown: number;
}

/**
 * SentencePiece's unigram encoding (Kudo 2018, arXiv 1804.10959): of all ways to cut a text, the
 * likeliest (Viterbi). Gives the ids that the Python package gives for a model with identity
 * normalization, in the same float32 arithmetic.
 */
export class Unigram {
  /** Ids of pieces by their text; `null` for what only begins one. */
  readonly #pieces = new Map<string, number | null>();
  readonly #scores: Float32Array;
  readonly #unknown: number;
  readonly #unknownScore: number;

  constructor({ pieces, scores, unknown }: PieceTable) {
    this.#scores = Float32Array.from(scores);
    this.#unknown = unknown;
    let least = Infinity;
    for (const [id, piece] of pieces.entries()) {
      if (isControl(piece)) continue;
      least = Math.min(least, this.#scores[id] ?? Infinity);
      for (const prefix of prefixes(piece)) {
        if (!this.#pieces.has(prefix)) this.#pieces.set(prefix, null);
      }
      this.#pieces.set(piece, id);
    }
    this.#unknownScore = Math.fround(least - UNKNOWN_PENALTY);
  }

  /** The ids that a text tower reads: of the text in lower case, its beginning if it is long. */
  read(text: string): number[] {
    return this.encode(tidy(text).toLowerCase()).slice(0, MOST_PIECES);
  }

  /** The ids of a text without spaces at its ends or in a row. */
  encode(text: string): number[] {
    if (text === '') return [];
    const marked = SPACE + text.replaceAll(' ', SPACE);
    const ids: number[] = [];
    for (const id of this.#likeliest(marked)) {
      // Unknown characters in a row are one unknown piece.
      if (id !== this.#unknown || ids.at(-1) !== id) ids.push(id);
    }
    return ids;
  }

  #likeliest(text: string): number[] {
    const scores = new Float32Array(text.length + 1);
    const starts = new Int32Array(text.length + 1).fill(-1);
    const ids = new Int32Array(text.length + 1);
    const offer = (start: number, end: number, id: number, score: number) => {
      const sum = Math.fround((scores[start] ?? 0) + score);
      // The first of equals stays, as in SentencePiece.
      if (starts[end] !== -1 && sum <= (scores[end] ?? 0)) return;
      scores[end] = sum;
      starts[end] = start;
      ids[end] = id;
    };
    for (let start = 0; start < text.length;) {
      const next = start + characterLength(text, start);
      if (!this.#offerPieces(text, start, next, offer)) {
        offer(start, next, this.#unknown, this.#unknownScore);
      }
      start = next;
    }
    return trace(starts, ids);
  }

  /** Offers every piece that begins there; returns whether one of them is that character alone. */
  #offerPieces(
    text: string,
    start: number,
    next: number,
    offer: (start: number, end: number, id: number, score: number) => void,
  ): boolean {
    let hasSingle = false;
    for (let end = next; end <= text.length; end += characterLength(text, end)) {
      const id = this.#pieces.get(text.slice(start, end));
      if (id === undefined) break;
      if (id === null) continue;
      offer(start, end, id, this.#scores[id] ?? 0);
      hasSingle ||= end === next;
    }
    return hasSingle;
  }
}

/** NFC, white space to single spaces, none at the ends. */
export function tidy(text: string): string {
  return text
    .normalize('NFC')
    .split(WHITE_SPACE)
    .filter((word) => word !== '')
    .join(' ');
}

function trace(starts: Int32Array, ids: Int32Array): number[] {
  const path: number[] = [];
  for (let end = starts.length - 1; end > 0; end = starts[end] ?? 0) path.push(ids[end] ?? 0);
  return path.reverse();
}

/** Code units of the character (code point) that begins there; 1 at the end. */
function characterLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function* prefixes(piece: string): Generator<string> {
  for (let end = characterLength(piece, 0); end < piece.length;) {
    yield piece.slice(0, end);
    end += characterLength(piece, end);
  }
}

/** Control pieces stand for no text: a text that spells one is cut like any other. */
function isControl(piece: string): boolean {
  return /^<(?:s|\/s|unk|pad)>$/u.test(piece);
}
