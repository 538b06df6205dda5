import { type PhotoFormat } from '../format.ts';
import { readBmp } from './bmp.ts';
import { readGif } from './gif.ts';
import { ByteReader, type PhotoHeader } from './header.ts';
import { readHeif } from './heif.ts';
import { readJpeg } from './jpeg.ts';
import { readPng } from './png.ts';
import { readWebp } from './webp.ts';

const READERS: Readonly<Record<PhotoFormat, (reader: ByteReader) => PhotoHeader>> = {
  jpeg: readJpeg,
  png: readPng,
  webp: readWebp,
  gif: readGif,
  bmp: readBmp,
  avif: readHeif,
  heic: readHeif,
};

/**
 * Reads size and wholeness from a photo's bytes, without decoding a pixel.
 * @returns `null` when the file is cut before it even says its size.
 */
export function readHeader(format: PhotoFormat, bytes: Uint8Array): PhotoHeader | null {
  try {
    return READERS[format](new ByteReader(bytes));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
