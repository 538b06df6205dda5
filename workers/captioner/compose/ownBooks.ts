import type { Book } from '../matching/book.ts';
import { readBookFile } from './readBookFile.ts';

/** The books that a person brought along; they outlive the pack. */
export class OwnBooks {
  #books: readonly Book[] = [];

  get all(): readonly Book[] {
    return this.#books;
  }

  /**
   * Takes these books instead of those before; those that can be read, whatever is wrong with others.
   *
   * @throws CaptionerError `book-invalid` when something is
   */
  async use(files: readonly Uint8Array[]): Promise<void> {
    const read = await Promise.allSettled(files.map((file) => readBookFile(new Uint8Array(file))));
    this.#books = read.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const failed = read.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }
}
