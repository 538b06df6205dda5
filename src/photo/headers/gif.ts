import { type ByteReader, type PhotoHeader } from './header.ts';

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;

/** Walks the blocks of a GIF up to its trailer, counting frames. */
export function readGif(reader: ByteReader): PhotoHeader {
  const size = { width: reader.u16le(6), height: reader.u16le(8) };
  let frames = 0;
  let complete = false;
  let offset = 13 + colourTableBytes(reader.u8(10));
  while (offset < reader.length) {
    const block = reader.u8(offset);
    if (block === TRAILER) {
      complete = true;
      break;
    }
    if (block === EXTENSION) {
      offset = skipSubBlocks(reader, offset + 2);
    } else if (block === IMAGE && offset + 10 < reader.length) {
      frames += 1;
      offset = skipSubBlocks(reader, offset + 11 + colourTableBytes(reader.u8(offset + 9)));
    } else {
      break;
    }
  }
  return { ...size, complete: complete && frames > 0, alpha: true, animated: frames > 1 };
}

function colourTableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
}

function skipSubBlocks(reader: ByteReader, from: number): number {
  let offset = from;
  while (offset < reader.length && reader.u8(offset) !== 0) offset += 1 + reader.u8(offset);
  return offset + 1;
}
