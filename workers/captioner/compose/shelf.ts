import type { Language } from '../contract.ts';
import type { Book } from '../matching/book.ts';
import type { RemoteFile } from '../packs/fetchFile.ts';
import type { Library } from '../packs/library.ts';
import { obtain, type ObtainOptions } from '../packs/obtain.ts';
import type { Match } from '../packs/schema.ts';
import type { ModelStore } from '../packs/store.ts';
import type { TowerFiles } from '../runtime/towers.ts';
import { readBookFile } from './readBookFile.ts';

/** A post waits for these files, so their host may not be silent for as long as others may. */
const STALL_MS = 10_000;

/** A catalog with the store of its files. Books are read once, and outlive the pack. */
export class Shelf {
  readonly library: Library;
  readonly store: ModelStore;
  readonly #books = new Map<string, Book>();

  constructor(library: Library, store: ModelStore) {
    this.library = library;
    this.store = store;
  }

  locateTowers({ photoTower, textTower }: Match): {
    readonly [N in keyof TowerFiles]: RemoteFile;
  } {
    const { library } = this;
    return { photoTower: library.locate(photoTower), textTower: library.locate(textTower) };
  }

  /** @throws CaptionerError as `obtain` */
  async fetchTowers(match: Match, options: ObtainOptions): Promise<TowerFiles> {
    const towers = this.locateTowers(match);
    return (await obtain(towers, this.store, { stallMs: STALL_MS, ...options })).files;
  }

  /**
   * The book of a language whose vectors lie in a space; `null` when there is none.
   *
   * @throws CaptionerError as `obtain`, or `book-invalid`
   */
  async fetchBook(language: Language, space: string, options: ObtainOptions): Promise<Book | null> {
    const file = this.library.book(language, space);
    if (!file) return null;
    const known = this.#books.get(file.url);
    if (known) return known;
    const { files } = await obtain({ file }, this.store, { stallMs: STALL_MS, ...options });
    const book = await readBookFile(files.file);
    this.#books.set(file.url, book);
    return book;
  }
}
