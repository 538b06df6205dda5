import { type ByteReader, type PhotoHeader } from './header.ts';

/** Walks the chunks of a PNG up to `IEND`. */
export function readPng(reader: ByteReader): PhotoHeader {
  const width = reader.u32(16);
  const height = reader.u32(20);
  const colourType = reader.u8(25);
  let alpha = colourType === 4 || colourType === 6;
  let animated = false;
  let offset = 8;
  while (offset + 12 <= reader.length) {
    const name = reader.name(offset + 4);
    if (name === 'tRNS') alpha = true;
    if (name === 'acTL') animated = reader.u32(offset + 8) > 1;
    if (name === 'IEND') return { width, height, alpha, animated, complete: true };
    offset += 12 + reader.u32(offset);
  }
  return { width, height, alpha, animated, complete: false };
}
