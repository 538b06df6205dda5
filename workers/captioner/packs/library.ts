import type { Language, PackOffer } from '../contract.ts';
import { CaptionerError } from './failure.ts';
import { fetchJson, type RemoteFile } from './fetchFile.ts';
import {
  filesOf,
  parseCatalog,
  summarize,
  type Catalog,
  type Pack,
  type PackFile,
} from './schema.ts';
import type { ModelStore } from './store.ts';

/** The packs of one catalog, and where their files are. */
export class Library {
  readonly packs: readonly Pack[];
  readonly #books: Catalog['books'];
  readonly #models: string;

  private constructor(models: string, { packs, books }: Catalog) {
    this.#models = models;
    this.packs = packs;
    this.#books = books;
  }

  /**
   * Asks for `catalog.json`; without a network the one of the last visit serves.
   *
   * @param models address of the folder `models/`
   * @throws CaptionerError as `fetchJson` and `parseCatalog`
   */
  static async open(models: string, store: ModelStore): Promise<Library> {
    const url = catalogUrl(models);
    let json: unknown;
    try {
      json = await fetchJson(url);
    } catch (error) {
      const kept = await store.get(url);
      if (!kept) throw error;
      return new Library(models, parseCatalog(JSON.parse(new TextDecoder().decode(kept))));
    }
    const library = new Library(models, parseCatalog(json));
    await store.put(url, new TextEncoder().encode(JSON.stringify(json)));
    return library;
  }

  /** @throws CaptionerError `pack-unknown` */
  pack(id: string): Pack {
    const pack = this.packs.find((candidate) => candidate.id === id);
    if (pack) return pack;
    throw new CaptionerError('pack-unknown', `no pack ${id} in the catalog`);
  }

  /** The packs to choose from, and what each would still download. */
  async offers(store: Pick<ModelStore, 'has'>): Promise<PackOffer[]> {
    return await Promise.all(
      this.packs.map(async (pack) => {
        const files = filesOf(pack).map((file) => this.locate(file));
        const kept = await Promise.all(files.map(({ url }) => store.has(url)));
        const missing = files.filter((_, at) => kept[at] !== true);
        const missingBytes = missing.reduce((sum, { bytes }) => sum + bytes, 0);
        return { ...summarize(pack), missingBytes };
      }),
    );
  }

  /** The caption book of a language whose vectors lie in a space; `null` when there is none. */
  book(language: Language, space: string): RemoteFile | null {
    const found = this.#books.find((one) => one.language === language && one.space === space);
    return found ? this.locate(found.file) : null;
  }

  locate({ path, bytes, sha256 }: PackFile): RemoteFile {
    return { url: new URL(path, this.#models).href, bytes, sha256 };
  }

  /** Every address that belongs to this catalog, its own included. */
  urls(): readonly string[] {
    const files = [...this.packs.flatMap(filesOf), ...this.#books.map(({ file }) => file)];
    return [catalogUrl(this.#models), ...files.map((file) => this.locate(file).url)];
  }
}

function catalogUrl(models: string): string {
  return new URL('catalog.json', models).href;
}
