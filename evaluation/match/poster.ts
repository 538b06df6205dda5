import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import { Composer } from '../../workers/captioner/compose/composer.ts';
import { Matcher, type BookShelf } from '../../workers/captioner/compose/matcher.ts';
import { OwnBooks } from '../../workers/captioner/compose/ownBooks.ts';
import type { CaptionOption, Language } from '../../workers/captioner/contract.ts';
import { type Book } from '../../workers/captioner/matching/book.ts';
import { readBook } from '../../workers/captioner/matching/bookFile.ts';
import { PADDING, Unigram } from '../../workers/captioner/matching/unigram.ts';
import type { Match, PackFile, Vocabulary } from '../../workers/captioner/packs/schema.ts';
import { EXPAND_WEIGHTS_ONCE, Graphs } from '../../workers/captioner/runtime/graphs.ts';
import { Towers } from '../../workers/captioner/runtime/towers.ts';
import { findBook, readGraphs, readVocabulary, type StoredPack } from '../pack/catalog.ts';

/** No wishes: the captions that anybody gets. */
const NO_WISHES = { tone: null, length: null, emoji: null, banned: [] } as const;
const BATCH = 128;

interface Parts {
  readonly stored: StoredPack;
  readonly graphs: Graphs;
  readonly towers: Towers;
  readonly unigram: Unigram;
  readonly composer: Composer;
  readonly books: Readonly<Record<Language, Book>>;
}

/** A pack with its match model and books in onnxruntime-node: the worker's own code. */
export class Poster {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws {Error} when the pack has no match model, or a file is missing or not as it should be */
  static async open(stored: StoredPack, threads: number): Promise<Poster> {
    const { pack, models } = stored;
    const { match } = pack;
    const table = readVocabulary(stored);
    if (match === undefined || !hasScores(table)) throw new Error(`${pack.id} has no match model`);
    const options = { intraOpNumThreads: threads, interOpNumThreads: 1, ...EXPAND_WEIGHTS_ONCE };
    const graphs = await Graphs.open(ort, readGraphs(stored), options);
    const towers = await Towers.open(ort, towerFiles(models, match), options);
    const books = {
      ko: await openBook(models, 'ko', match.space),
      en: await openBook(models, 'en', match.space),
    };
    const shelf: BookShelf = {
      fetchTowers: () => Promise.resolve(towerFiles(models, match)),
      fetchBook: (language) => Promise.resolve(books[language]),
    };
    const openTowers = () => Promise.resolve(towers);
    const own = new OwnBooks();
    const matcher = new Matcher({ match, table, shelf, own, towers, openTowers });
    const composer = new Composer({ pack, table, graphs, matcher });
    return new Poster({ stored, graphs, towers, unigram: new Unigram(table), composer, books });
  }

  get pack(): StoredPack['pack'] {
    return this.#parts.stored.pack;
  }

  /** The book that captions in a language are offered from. */
  book(language: Language): Book {
    return this.#parts.books[language];
  }

  /** @param pixels [3, S, S], RGB, 0–255, S being the pack's input size */
  async seePhoto(pixels: Float32Array): Promise<Float32Array> {
    const { graphs, towers } = this.#parts;
    return await towers.seePhoto(await graphs.encode(pixels, this.pack.inputSize));
  }

  async readTexts(texts: readonly string[]): Promise<Float32Array[]> {
    const { towers, unigram } = this.#parts;
    const vectors: Float32Array[] = [];
    for (let start = 0; start < texts.length; start += BATCH) {
      const pieces = texts.slice(start, start + BATCH).map((text) => unigram.read(text));
      vectors.push(...(await towers.readTexts(pieces, PADDING)));
    }
    return vectors;
  }

  /** What the page would offer for a photo, best first. */
  async offer(
    photoId: string,
    pixels: Float32Array,
    language: Language,
    alternatives: number,
  ): Promise<readonly CaptionOption[]> {
    const request = { photoId, language, alternatives, wishes: NO_WISHES, avoid: [] };
    const { captions } = await this.#parts.composer.compose(
      () => pixels,
      { ...request, parts: ['caption', 'alt-text'] },
      () => undefined,
      new AbortController().signal,
    );
    return captions;
  }
}

function hasScores(table: Vocabulary): table is Vocabulary & { scores: number[] } {
  return table.scores !== undefined;
}

function towerFiles(models: string, { photoTower, textTower }: Match) {
  const bytes = ({ path }: PackFile) => new Uint8Array(readFileSync(join(models, path)));
  return { photoTower: bytes(photoTower), textTower: bytes(textTower) };
}

async function openBook(models: string, language: Language, space: string): Promise<Book> {
  const { path } = findBook(models, language, space);
  return await readBook(new Uint8Array(readFileSync(join(models, path))));
}
