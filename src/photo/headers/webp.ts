import { type ByteReader, type PhotoHeader } from './header.ts';

/** Reads the first chunk of a WebP (lossy, lossless or extended) and checks the RIFF length. */
export function readWebp(reader: ByteReader): PhotoHeader {
  // The RIFF length is even; encoders differ on counting the last padding byte.
  const complete = reader.length + 1 >= 8 + reader.u32le(4);
  return { ...readFirstChunk(reader), complete };
}

function readFirstChunk(reader: ByteReader): Omit<PhotoHeader, 'complete'> {
  const chunk = reader.name(12);
  if (chunk === 'VP8 ') {
    const width = reader.u16le(26) & 0x3fff;
    const height = reader.u16le(28) & 0x3fff;
    return { width, height, alpha: false, animated: false };
  }
  if (chunk === 'VP8L') {
    const bits = reader.u32le(21);
    const width = (bits & 0x3fff) + 1;
    const height = ((bits >>> 14) & 0x3fff) + 1;
    return { width, height, alpha: ((bits >>> 28) & 1) === 1, animated: false };
  }
  if (chunk !== 'VP8X') throw new RangeError(`WebP chunk ${chunk}`);
  const flags = reader.u8(20);
  return {
    width: reader.u24le(24) + 1,
    height: reader.u24le(27) + 1,
    alpha: (flags & 0x10) !== 0,
    animated: (flags & 0x02) !== 0,
  };
}
