import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import type { PhotoRow } from './tables.ts';

export interface PhotoFile {
  readonly id: string;
  /** The file's bytes, still encoded. */
  readonly bytes: Buffer;
}

const MEMBER_SUFFIX = '.jpg';

/**
 * Reads the given photos out of the data folder's tar files, source by source, in the order in
 * which they lie there; one pass a file, and one photo in memory at a time.
 * @throws {Error} when a tar file or a photo is missing
 */
export async function* readPhotos(
  data: string,
  photos: readonly PhotoRow[],
): AsyncGenerator<PhotoFile> {
  const sources = [...new Set(photos.map((photo) => photo.source))].sort();
  for (const source of sources) {
    const wanted = new Set(photos.filter((row) => row.source === source).map((row) => row.id));
    yield* readTar(join(data, `photos_${source}.tar`), wanted);
  }
}

async function* readTar(path: string, wanted: Set<string>): AsyncGenerator<PhotoFile> {
  const members = extract();
  // Its failure also breaks the loop below; kept as a value so that it is never unhandled.
  const reading = pipeline(createReadStream(path), members).catch((error: unknown) => error);
  for await (const member of members) {
    const id = idOf(member.header.name);
    if (wanted.delete(id)) yield { id, bytes: await buffer(member) };
    else member.resume();
    if (wanted.size === 0) return; // destroys the streams: the rest need not be read
  }
  const failure = await reading;
  if (failure instanceof Error) throw failure;
  throw new Error(`${path}: ${wanted.size} photos are missing, among them ${[...wanted][0]}`);
}

function idOf(name: string): string {
  return name.endsWith(MEMBER_SUFFIX) ? name.slice(0, -MEMBER_SUFFIX.length) : name;
}
