import { type Language, type OwnLine } from '../../workers/captioner/contract.ts';
import { type KeptBook, type KeptLine, type OwnLines } from '../storage/ownLines.ts';
import { lineKey, lineLanguage } from './ownLine.ts';

/** Lines of one book: few enough to show progress, and to make a book again when one line goes. */
const BOOK_LINES = 250;

/** A book to be made, or made again. */
export interface Batch {
  readonly language: Language;
  readonly lines: readonly KeptLine[];
}

/** Adds lines at the end; what another tab has added meanwhile is not added twice. */
export function appendLines(own: OwnLines, added: readonly OwnLine[]): OwnLines {
  const there = new Set(own.lines.map(({ text }) => lineKey(text)));
  const first = 1 + own.lines.reduce((most, { id }) => Math.max(most, id), 0);
  const lines = added
    .filter(({ text }) => !there.has(lineKey(text)))
    .map(({ text, tags }, index) => ({ id: first + index, text, tags }));
  return { ...own, lines: [...own.lines, ...lines] };
}

/** Takes lines out, and the books that hold them: their other lines are to be embedded again. */
export function dropLines(own: OwnLines, ids: ReadonlySet<number>): OwnLines {
  return {
    ...own,
    lines: own.lines.filter(({ id }) => !ids.has(id)),
    books: own.books.filter((book) => !book.ids.some((id) => ids.has(id))),
  };
}

/** Puts a line that was taken out back where it was, as far as that can be told. */
export function restoreLine(own: OwnLines, line: KeptLine): OwnLines {
  const key = lineKey(line.text);
  if (own.lines.some(({ id, text }) => id === line.id || lineKey(text) === key)) return own;
  const later = own.lines.findIndex(({ id }) => id > line.id);
  return { ...own, lines: own.lines.toSpliced(later === -1 ? own.lines.length : later, 0, line) };
}

/** Takes in books: one that replaces others, line for line, and none whose lines have gone meanwhile. */
export function takeBooks(own: OwnLines, books: readonly KeptBook[]): OwnLines {
  const there = new Set(own.lines.map(({ id }) => id));
  const whole = books.filter(({ ids }) => ids.every((id) => there.has(id)));
  const renewed = new Set(whole.flatMap(({ ids }) => ids));
  const others = own.books.filter(({ ids }) => !ids.some((id) => renewed.has(id)));
  return { ...own, books: [...others, ...whole] };
}

/** Lines that are in no book yet, or in none any more. */
export function pendingLines({ lines, books }: OwnLines): readonly KeptLine[] {
  const embedded = new Set(books.flatMap(({ ids }) => ids));
  return lines.filter(({ id }) => !embedded.has(id));
}

/** What is to be embedded, in books of one language each. A book that is half empty is filled up. */
export function planBatches(own: OwnLines): Batch[] {
  const pending = pendingLines(own);
  const byId = new Map(own.lines.map((line) => [line.id, line]));
  return (['ko', 'en'] as const).flatMap((language) => {
    const waiting = pending.filter(({ text }) => lineLanguage(text) === language);
    if (waiting.length === 0) return [];
    const started = own.books
      .filter((book) => book.language === language && book.ids.length * 2 <= BOOK_LINES)
      .flatMap(({ ids }) => ids.map((id) => byId.get(id)))
      .filter((line) => line !== undefined);
    const lines = [...started, ...waiting];
    const starts = Array.from(
      { length: Math.ceil(lines.length / BOOK_LINES) },
      (_, index) => index * BOOK_LINES,
    );
    return starts.map((start) => ({ language, lines: lines.slice(start, start + BOOK_LINES) }));
  });
}
