import type { Language, OwnLine } from '../contract.ts';
import { OWN_LINE, type Book, type BookLine } from '../matching/book.ts';
import { writeBook } from '../matching/bookFile.ts';
import { chooseCaptions, type Order } from '../matching/choose.ts';
import { TagFinder } from '../matching/tags.ts';
import { PADDING, Unigram, type PieceTable } from '../matching/unigram.ts';
import { quantize } from '../matching/vectors.ts';
import { nextTask } from '../nextTask.ts';
import { CaptionerError } from '../packs/failure.ts';
import type { Match, Vocabulary } from '../packs/schema.ts';
import type { Floats } from '../runtime/tensors.ts';
import type { TowerFiles, Towers } from '../runtime/towers.ts';
import type { Captions, WrittenCaption } from './captions.ts';
import type { OwnBooks } from './ownBooks.ts';

/** Texts that are read in one run of the text tower. */
const BATCH = 64;
/** Of a download that nobody stops. */
const NEVER = new AbortController().signal;

/** A photo that captions are chosen for. */
export interface Seen {
  readonly grid: Floats;
  /** Probability of each concept, in the vocabulary's order. */
  readonly tags: Float32Array;
  /** In the match model's space, once it was computed. */
  vector: Float32Array | null;
}

/** What could be had for choosing captions. */
export interface Fetched {
  /** `null` when the towers are open. */
  readonly towers: TowerFiles | null;
  readonly book: Book | null;
  readonly failure: CaptionerError | null;
}

/** How a download is followed, and stopped. */
export interface FetchOptions {
  readonly onDownload: (loadedBytes: number, totalBytes: number) => void;
  readonly signal: AbortSignal;
}

/** Where towers and books come from: in the worker, a `Shelf`. */
export interface BookShelf {
  /** @throws CaptionerError when they cannot be had */
  fetchTowers(match: Match, options: FetchOptions): Promise<TowerFiles>;
  /** @throws CaptionerError when it cannot be had; `null` when there is none */
  fetchBook(language: Language, space: string, options: FetchOptions): Promise<Book | null>;
}

export interface MatcherParts {
  readonly match: Match;
  readonly table: Vocabulary & PieceTable;
  readonly shelf: BookShelf;
  readonly own: OwnBooks;
  /** `null` when they could not be had with the pack. */
  readonly towers: Towers | null;
  readonly openTowers: (files: TowerFiles) => Promise<Towers>;
}

/**
 * The match model of a pack with the books that it can choose from. Whatever could not be had is
 * tried again with the next post. Calls must not overlap, but for `fetch`.
 */
export class Matcher {
  readonly #parts: MatcherParts;
  readonly #unigram: Unigram;
  #towers: Towers | null;
  /** Own books of another space, brought into this one. */
  readonly #moved = new WeakMap<Book, Book>();

  constructor(parts: MatcherParts) {
    this.#parts = parts;
    this.#unigram = new Unigram(parts.table);
    this.#towers = parts.towers;
  }

  /** Gets what choosing needs and is not here; never fails, but says what did. */
  async fetch(language: Language, options: FetchOptions): Promise<Fetched> {
    const { match, shelf } = this.#parts;
    let towers: TowerFiles | null = null;
    try {
      if (!this.#towers) towers = await shelf.fetchTowers(match, options);
      const book = await shelf.fetchBook(language, match.space, options);
      return { towers, book, failure: null };
    } catch (error) {
      if (!(error instanceof CaptionerError)) throw error;
      return { towers, book: null, failure: error };
    }
  }

  /**
   * The captions for a photo, from the decoder's and all books.
   *
   * @throws CaptionerError when there are no towers, or they fail
   */
  async choose(
    { towers, book, failure }: Fetched,
    photo: Seen,
    written: readonly WrittenCaption[],
    order: Order,
  ): Promise<Captions> {
    const { match, table, own, openTowers } = this.#parts;
    if (!this.#towers && !towers)
      throw failure ?? new CaptionerError('runtime-failed', 'no towers');
    if (towers) this.#towers = await openTowers(towers);
    photo.vector ??= await this.#ready().seePhoto(photo.grid);
    const vectors = await this.#read(written.map(({ text }) => text));
    const lines = written.map((line, at) => ({
      ...line,
      vector: vectors[at] ?? new Float32Array(),
    }));
    const scene = {
      vector: photo.vector,
      concepts: new Map(table.hashtags.map(({ concept }, at) => [concept, photo.tags[at] ?? 0])),
    };
    const ownBooks: Book[] = [];
    for (const one of own.all) ownBooks.push(await this.#inThisSpace(one));
    const supply = { written: lines, book, own: ownBooks };
    return {
      captions: chooseCaptions(supply, scene, match.ranking, order),
      book: failure?.code ?? (book ? 'used' : 'none'),
    };
  }

  /**
   * The file of a book of a person's own lines.
   *
   * @throws CaptionerError when the towers cannot be had, or fail
   */
  async makeBook(lines: readonly OwnLine[]): Promise<Uint8Array<ArrayBuffer>> {
    const { match, table, shelf, openTowers } = this.#parts;
    const options = { onDownload: () => undefined, signal: NEVER };
    this.#towers ??= await openTowers(await shelf.fetchTowers(match, options));
    const texts = lines.map(({ text }) => text);
    const vectors = await this.#read(texts);
    const finder = new TagFinder(table.hashtags);
    const rows = lines.map(({ text, tags }): BookLine => {
      const found = finder.find(tags);
      return [text, OWN_LINE, 0, found, found];
    });
    const header = {
      language: null,
      space: match.space,
      dimensions: vectors[0]?.length ?? 1,
      concepts: table.hashtags.map(({ concept }) => concept),
      rarity: table.hashtags.map(() => 0),
      lines: rows,
    };
    return await writeBook(header, join(vectors), new Int8Array());
  }

  /** Frees the towers; no call may follow, and none may be under way. */
  async release(): Promise<void> {
    await this.#towers?.release();
  }

  /** A person's book that an earlier model embedded is embedded anew: their lines must not be lost. */
  async #inThisSpace(book: Book): Promise<Book> {
    const { space } = this.#parts.match;
    if (book.space === space) return book;
    const known = this.#moved.get(book);
    if (known) return known;
    const vectors = await this.#read(book.texts);
    const moved = {
      ...book,
      space,
      dimensions: vectors[0]?.length ?? book.dimensions,
      kinds: new Uint8Array(book.kinds.length).fill(OWN_LINE),
      vectors: join(vectors),
      photoVectors: new Int8Array(),
    };
    this.#moved.set(book, moved);
    return moved;
  }

  /** Vectors of texts; messages are let in between the batches. */
  async #read(texts: readonly string[]): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (let start = 0; start < texts.length; start += BATCH) {
      const pieces = texts.slice(start, start + BATCH).map((text) => this.#unigram.read(text));
      vectors.push(...(await this.#ready().readTexts(pieces, PADDING)));
      if (texts.length > BATCH) await nextTask();
    }
    return vectors;
  }

  #ready(): Towers {
    if (this.#towers) return this.#towers;
    throw new CaptionerError('runtime-failed', 'the towers are not open');
  }
}

function join(vectors: readonly Float32Array[]): Int8Array<ArrayBuffer> {
  const width = vectors[0]?.length ?? 0;
  const all = new Int8Array(vectors.length * width);
  for (const [row, vector] of vectors.entries()) all.set(quantize(vector), row * width);
  return all;
}
