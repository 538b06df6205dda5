// @vitest-environment node
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readFile } from './readFile.ts';

const file = (name: string, ...parts: BlobPart[]) => new File(parts, name);

function book(header: object, { magic = 'HMBK', version = 1 } = {}): Uint8Array<ArrayBuffer> {
  const json = Buffer.from(JSON.stringify(header));
  const padded = Buffer.concat([json, Buffer.alloc((4 - (json.length % 4)) % 4, ' ')]);
  const prefix = Buffer.alloc(12);
  prefix.write(magic);
  prefix.writeUInt32LE(version, 4);
  prefix.writeUInt32LE(padded.length, 8);
  const vectors = Buffer.alloc(2 * 64, 7);
  return Uint8Array.from(gzipSync(Buffer.concat([prefix, padded, vectors])));
}

const HEADER = {
  language: null,
  space: 'a',
  dimensions: 64,
  concepts: ['beach', 'hot dog'],
  rarity: [1, 2],
  lines: [
    ['바다는 늘 옳다', 2, 0, [0, 1], [0]],
    ['두 줄\n짜리', 2, 0, [], []],
  ],
};

describe('readFile', () => {
  it('reads text line by line, a table by its columns', async () => {
    const plain = await readFile(file('a.txt', 'Sea, sand\nBread\n'));
    expect(plain).toMatchObject({ ok: true, lines: [{ text: 'Sea, sand' }, { text: 'Bread' }] });
    const table = await readFile(file('a.CSV', 'line,tags\nSea,sand\n'));
    expect(table).toMatchObject({ ok: true, lines: [{ text: 'Sea', tags: ['sand'] }] });
  });

  it('reads a caption book, whatever it is called', async () => {
    const outcome = await readFile(file('a.txt', book(HEADER)));
    expect(outcome).toEqual({
      ok: true,
      lines: [
        { at: 1, text: '바다는 늘 옳다', tags: ['beach', 'hot', 'dog'] },
        { at: 2, text: '두 줄\n짜리', tags: [] },
      ],
    });
  });

  it.each([
    ['of a later version', book(HEADER, { version: 2 })],
    ['of something else', book(HEADER, { magic: 'ABCD' })],
    ['without lines', book({ ...HEADER, lines: 1 })],
    ['cut off', book(HEADER).slice(0, 40)],
  ])('refuses a packed file %s', async (_, bytes) => {
    expect(await readFile(file('a.book', bytes))).toEqual({ ok: false, problem: 'broken-book' });
  });

  it.each([
    ['spreadsheet', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)],
    ['no-text', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0x10)],
  ])('says that it is a %s', async (problem, bytes) => {
    expect(await readFile(file('a.csv', bytes))).toEqual({ ok: false, problem });
  });

  it('says so when the file cannot be read, or is too heavy', async () => {
    const gone = { name: 'a.txt', size: 1, arrayBuffer: () => Promise.reject(new Error('gone')) };
    expect(await readFile(gone as unknown as File)).toEqual({ ok: false, problem: 'unreadable' });
    const heavy = file('a.txt', new Uint8Array(33 * 1024 * 1024));
    expect(await readFile(heavy)).toEqual({ ok: false, problem: 'too-heavy' });
  });
});
