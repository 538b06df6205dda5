import { describe, expect, it } from 'vitest';
import { NO_OWN_LINES, type OwnLines } from '../storage/ownLines.ts';
import {
  appendLines,
  dropLines,
  pendingLines,
  planBatches,
  restoreLine,
  takeBooks,
} from './collection.ts';

const line = (text: string) => ({ text, tags: [] });
const lines = (count: number, word: string) =>
  Array.from({ length: count }, (_, index) => line(`${word} ${index}`));
const texts = (own: OwnLines) => own.lines.map(({ text }) => text);

/** As if the worker had made a book of each batch. */
function embedAll(own: OwnLines): OwnLines {
  const books = planBatches(own).map(({ language, lines: batch }) => ({
    language,
    ids: batch.map(({ id }) => id),
    bytes: new Uint8Array([batch.length]),
  }));
  return takeBooks(own, books);
}

describe('a collection of own lines', () => {
  const mixed = appendLines(NO_OWN_LINES, [...lines(300, 'sea'), ...lines(10, '바다')]);

  it('keeps their order, and adds none twice', () => {
    const more = appendLines(mixed, [line('SEA 0'), line('new')]);
    expect(texts(more)).toEqual([...texts(mixed), 'new']);
    expect(new Set(more.lines.map(({ id }) => id)).size).toBe(311);
  });

  it('is embedded in books of one language, of a few hundred lines', () => {
    const batches = planBatches(mixed);
    expect(batches.map(({ language, lines: batch }) => [language, batch.length])).toEqual([
      ['ko', 10],
      ['en', 250],
      ['en', 50],
    ]);
    expect(pendingLines(mixed)).toHaveLength(310);
    expect(pendingLines(embedAll(mixed))).toEqual([]);
    expect(planBatches(embedAll(mixed))).toEqual([]);
  });

  it('fills up a small book rather than making another', () => {
    const more = appendLines(embedAll(mixed), lines(5, '모래'));
    expect(planBatches(more).map(({ lines: batch }) => batch.length)).toEqual([15]);
    expect(
      embedAll(more)
        .books.map(({ ids }) => ids.length)
        .sort(),
    ).toEqual([15, 250, 50]);
  });

  it('embeds the rest of a book again when one of its lines goes', () => {
    const [first] = mixed.lines;
    const less = dropLines(embedAll(mixed), new Set([first!.id]));
    expect(texts(less)).not.toContain('sea 0');
    expect(pendingLines(less)).toHaveLength(249);
    expect(pendingLines(embedAll(less))).toEqual([]);
  });

  it('puts a line back where it was', () => {
    const second = mixed.lines[1]!;
    const less = dropLines(mixed, new Set([second.id]));
    expect(texts(restoreLine(less, second))).toEqual(texts(mixed));
    expect(restoreLine(mixed, second)).toBe(mixed);
  });

  it('takes no book of lines that have gone meanwhile', () => {
    const { books } = embedAll(mixed);
    const less = dropLines(mixed, new Set([mixed.lines[0]!.id]));
    expect(takeBooks(less, books).books).toHaveLength(2);
  });
});
