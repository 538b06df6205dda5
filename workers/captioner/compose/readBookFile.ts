import type { Book } from '../matching/book.ts';
import { BookError, readBook } from '../matching/bookFile.ts';
import { CaptionerError } from '../packs/failure.ts';

/** @throws CaptionerError `book-invalid` */
export async function readBookFile(file: Uint8Array<ArrayBuffer>): Promise<Book> {
  try {
    return await readBook(file);
  } catch (error) {
    if (!(error instanceof BookError)) throw error;
    throw new CaptionerError('book-invalid', error.message, { cause: error });
  }
}
