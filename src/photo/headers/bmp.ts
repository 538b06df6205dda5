import { type ByteReader, type PhotoHeader } from './header.ts';

const CORE_HEADER_BYTES = 12;
const UNCOMPRESSED = 0;

/** Reads a Windows bitmap's info header and checks that all rows are there. */
export function readBmp(reader: ByteReader): PhotoHeader {
  if (reader.u32le(14) === CORE_HEADER_BYTES) {
    const size = { width: reader.u16le(18), height: reader.u16le(20) };
    return { ...size, complete: hasRows(reader, size, reader.u16le(24)), ...OPAQUE_STILL };
  }
  // A negative height means that rows run from top to bottom.
  const size = { width: Math.abs(reader.i32le(18)), height: Math.abs(reader.i32le(22)) };
  const bitsPerPixel = reader.u16le(28);
  const complete =
    reader.u32le(30) === UNCOMPRESSED
      ? hasRows(reader, size, bitsPerPixel)
      : reader.length >= reader.u32le(2);
  return { ...size, complete, alpha: bitsPerPixel === 32, animated: false };
}

const OPAQUE_STILL = { alpha: false, animated: false } as const;

function hasRows(
  reader: ByteReader,
  size: { width: number; height: number },
  bitsPerPixel: number,
): boolean {
  const rowBytes = Math.ceil((size.width * bitsPerPixel) / 32) * 4;
  return reader.length >= reader.u32le(10) + rowBytes * size.height;
}
