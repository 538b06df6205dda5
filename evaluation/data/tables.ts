import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Split = 'train' | 'dev' | 'test';

/** One row of `photos.tsv`, as far as it is needed here. */
export interface PhotoRow {
  /** The name in every table, such as `f8k/1000268201_693b08cb0e`; the tar member adds `.jpg`. */
  readonly id: string;
  /** Says which tar file: `photos_<source>.tar`. */
  readonly source: string;
}

/**
 * Rows of a table of the data folder: UTF-8, tab-separated, with a header, unquoted.
 * @throws {Error} when the file is missing, or a row has not as many cells as the header
 */
export async function* readTable(
  path: string,
): AsyncGenerator<Readonly<Record<string, string | undefined>>> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
  let header: readonly string[] | null = null;
  let number = 0;
  for await (const line of lines) {
    number += 1;
    const cells = line.split('\t');
    if (header === null) {
      header = cells;
      continue;
    }
    if (cells.length !== header.length)
      throw new Error(`${path}, line ${number}: ${cells.length} cells under ${header.length}`);
    yield Object.fromEntries(header.map((name, column) => [name, cells[column]]));
  }
}

/** The photos of one split, in the table's order. */
export async function photosOfSplit(data: string, split: Split): Promise<PhotoRow[]> {
  const path = join(data, 'photos.tsv');
  const photos: PhotoRow[] = [];
  for await (const { photo, source, split: own } of readTable(path)) {
    if (photo === undefined || source === undefined || own === undefined)
      throw new Error(`${path}: the columns photo, source and split are needed`);
    if (own === split) photos.push({ id: photo, source });
  }
  return photos;
}

/** At most `limit` photos, evenly spaced, so that a small run sees every large source. */
export function evenly<T>(items: readonly T[], limit: number | null): readonly T[] {
  if (limit === null || limit >= items.length) return items;
  return Array.from(
    { length: limit },
    (_, index) => items[Math.floor((index * items.length) / limit)] as T,
  );
}
