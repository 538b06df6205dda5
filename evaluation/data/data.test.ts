import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readPhotos } from './photos.ts';
import { evenly, photosOfSplit, readTable } from './tables.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hanmadi-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function writeTar(name: string, members: Readonly<Record<string, string>>): Promise<void> {
  const tar = pack();
  for (const [member, content] of Object.entries(members)) tar.entry({ name: member }, content);
  tar.finalize();
  writeFileSync(join(folder, name), await buffer(tar));
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('tables', () => {
  test('the photos of a split come in the order of the table', async () => {
    const rows = [
      'photo\tsource\tsplit',
      'f8k/b\tf8k\ttest',
      'coco/1\tcoco\tdev',
      'f8k/a\tf8k\ttest',
    ];
    writeFileSync(join(folder, 'photos.tsv'), `${rows.join('\n')}\n`);
    expect(await photosOfSplit(folder, 'test')).toEqual([
      { id: 'f8k/b', source: 'f8k' },
      { id: 'f8k/a', source: 'f8k' },
    ]);
  });

  test('a cell too few is an error that names the line', async () => {
    writeFileSync(join(folder, 'photos.tsv'), 'photo\tsource\tsplit\na\tb\n');
    await expect(all(readTable(join(folder, 'photos.tsv')))).rejects.toThrow('line 2');
  });

  test('a missing table is an error', async () => {
    await expect(photosOfSplit(folder, 'test')).rejects.toThrow('ENOENT');
  });

  test('a part of the photos is spread over all of them', () => {
    expect(evenly([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4)).toEqual([0, 2, 5, 7]);
    expect(evenly([1, 2], 5)).toEqual([1, 2]);
    expect(evenly([1, 2], null)).toEqual([1, 2]);
  });
});

describe('photos', () => {
  test('are found in the tar of their source, others are passed over', async () => {
    await writeTar('photos_f8k.tar', { 'f8k/x.jpg': 'X', 'f8k/b.jpg': 'B', 'f8k/a.jpg': 'A' });
    await writeTar('photos_coco.tar', { 'coco/1.jpg': 'one' });
    const rows = [
      { id: 'f8k/a', source: 'f8k' },
      { id: 'f8k/b', source: 'f8k' },
      { id: 'coco/1', source: 'coco' },
    ];
    const found = await all(readPhotos(folder, rows));
    expect(found.map(({ id, bytes }) => [id, bytes.toString()])).toEqual([
      ['coco/1', 'one'],
      ['f8k/b', 'B'],
      ['f8k/a', 'A'],
    ]);
  });

  test('a missing photo is an error that names it', async () => {
    await writeTar('photos_f8k.tar', { 'f8k/a.jpg': 'A' });
    const rows = [{ id: 'f8k/gone', source: 'f8k' }];
    await expect(all(readPhotos(folder, rows))).rejects.toThrow('f8k/gone');
  });

  test('a missing tar file is an error', async () => {
    await expect(all(readPhotos(folder, [{ id: 'a', source: 'b' }]))).rejects.toThrow('ENOENT');
  });
});
