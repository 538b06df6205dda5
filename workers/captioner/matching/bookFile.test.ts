import { expect, test } from 'vitest';
import { listOf, type BookHeader } from './book.ts';
import { BookError, readBook, writeBook } from './bookFile.ts';

const HEADER: BookHeader = {
  language: 'ko',
  space: 'test',
  dimensions: 2,
  concepts: ['beach', 'dog'],
  rarity: [1.5, 0.5],
  lines: [
    ['바다 🌊', 0, 0, [0, 1], []],
    ['개랑 산책', 1, 2, [1], [1]],
    ['둘 다', 0, 4, [], [0, 1], 0.25],
  ],
};
const VECTORS = Int8Array.of(127, 0, 0, -127, 90, 90);
const PHOTO_VECTORS = Int8Array.of(1, 2, 3, 4);

test('a book comes back as it was written', async () => {
  const book = await readBook(await writeBook(HEADER, VECTORS, PHOTO_VECTORS));
  const { lines, ...rest } = HEADER;
  expect(book).toMatchObject({ ...rest, texts: lines.map(([text]) => text) });
  expect([...book.kinds]).toEqual([0, 1, 0]);
  expect([...book.tones]).toEqual([0, 2, 4]);
  expect([...book.handicaps]).toEqual([0, 0, 0.25]);
  expect(lines.map((_, line) => [...listOf(book.tags, line)])).toEqual([[0, 1], [1], []]);
  expect(lines.map((_, line) => [...listOf(book.required, line)])).toEqual([[], [1], [0, 1]]);
  expect([...book.vectors]).toEqual([...VECTORS]);
  expect([...book.photoVectors]).toEqual([...PHOTO_VECTORS]);
});

test('an empty book is a book', async () => {
  const none = new Int8Array();
  const book = await readBook(await writeBook({ ...HEADER, lines: [] }, none, none));
  expect(book.texts).toEqual([]);
});

test('the file is laid out as agreed', async () => {
  const file = await writeBook(HEADER, VECTORS, PHOTO_VECTORS);
  const bytes = await gunzip(file);
  const view = new DataView(bytes);
  expect(new TextDecoder().decode(bytes.slice(0, 4))).toBe('HMBK');
  expect(view.getUint32(4, true)).toBe(1);
  const headerBytes = view.getUint32(8, true);
  expect(headerBytes % 4).toBe(0);
  expect(JSON.parse(new TextDecoder().decode(bytes.slice(12, 12 + headerBytes)))).toEqual(HEADER);
  expect(new Int8Array(bytes, 12 + headerBytes)).toEqual(
    Int8Array.of(...VECTORS, ...PHOTO_VECTORS),
  );
});

const file = await writeBook(HEADER, VECTORS, PHOTO_VECTORS);
const plain = new Uint8Array(await gunzip(file));
const changed = (change: object) => writeBook({ ...HEADER, ...change }, VECTORS, PHOTO_VECTORS);
const line = (...values: unknown[]) => ({ lines: [values, HEADER.lines[1], HEADER.lines[2]] });

test.each([
  { what: 'nothing', make: () => new Uint8Array(), text: 'not gzip' },
  { what: 'text', make: () => new TextEncoder().encode('<html></html>'), text: 'not gzip' },
  { what: 'a file that was cut', make: () => file.slice(0, -20), text: 'not gzip' },
  {
    what: 'another gzip',
    make: () => gzip(new TextEncoder().encode('hello, world')),
    text: 'not a',
  },
  { what: 'a later format', make: () => gzip(plain.with(4, 2)), text: 'format 2' },
  { what: 'a byte too many', make: () => gzip(Uint8Array.of(...plain, 0)), text: 'bytes' },
  { what: 'a header that is too long', make: () => gzip(plain.with(10, 9)), text: 'not JSON' },
  { what: 'a number for a text', make: () => changed(line(1, 0, 0, [], [])), text: 'lines.0.0' },
  { what: 'an unknown kind', make: () => changed(line('x', 3, 0, [], [])), text: 'lines.0.1' },
  { what: 'an unknown tone', make: () => changed(line('x', 0, 6, [], [])), text: 'lines.0.2' },
  { what: 'an unknown tag', make: () => changed(line('x', 0, 0, [2], [])), text: 'indices' },
  { what: 'rarities that do not fit', make: () => changed({ rarity: [] }), text: 'one rarity' },
])('refused: $what', async ({ make, text }) => {
  const error: unknown = await readBook(await make()).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(BookError);
  expect((error as BookError).message).toContain(text);
});

async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return await new Response(stream as ReadableStream).arrayBuffer();
}

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream as ReadableStream).arrayBuffer());
}
