import { CONCEPT_LINE, listOf, type Book } from '../../workers/captioner/matching/book.ts';
import type { Witness } from './offers.ts';

/** What the tags of photos say about the lines of one book. */
export class Tagged {
  readonly #book: Book;
  readonly #lines: ReadonlyMap<string, number>;

  constructor(book: Book) {
    this.#book = book;
    this.#lines = new Map(book.texts.map((text, line) => [text, line]));
  }

  /** @throws {Error} for a text that is not in the book */
  witness(text: string, tags: readonly string[]): Witness {
    const { kinds, tags: ofLines, required, concepts } = this.#book;
    const line = this.#lines.get(text);
    if (line === undefined) throw new Error(`not in the book: ${text}`);
    const names = (list: Uint16Array) => Array.from(list, (at) => concepts[at] ?? '');
    const own = new Set(names(listOf(ofLines, line)));
    const isConcept = kinds[line] === CONCEPT_LINE;
    return {
      kind: isConcept ? 'concept' : 'photo',
      sharesHalf: isConcept ? null : 2 * tags.filter((tag) => own.has(tag)).length >= tags.length,
      holds: names(listOf(required, line)).every((tag) => tags.includes(tag)),
    };
  }
}
