import { type ByteReader, type PhotoHeader } from './header.ts';

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;

/**
 * Walks the segments of a JPEG up to its end-of-image marker. Browsers decode a cut JPEG to a
 * picture with a grey half, so the marker is the only sign that the file is whole. Searching for
 * the last `FF D9` would not do: the EXIF thumbnail is a JPEG of its own, and phones append videos.
 */
export function readJpeg(reader: ByteReader): PhotoHeader {
  let size: { width: number; height: number } | null = null;
  let offset = 2;
  for (;;) {
    const marker = nextMarker(reader, offset);
    if (marker === null) break;
    const { code, end } = marker;
    if (code === END_OF_IMAGE) return { ...sizeOf(size), ...OPAQUE_STILL, complete: true };
    if (isStandalone(code)) {
      offset = end;
      continue;
    }
    if (end + 2 > reader.length) break;
    if (isStartOfFrame(code)) {
      size = { width: reader.u16(end + 5), height: reader.u16(end + 3) };
    }
    offset = end + reader.u16(end);
    if (code === START_OF_SCAN) offset = skipEntropyCoded(reader.bytes, offset);
  }
  return { ...sizeOf(size), ...OPAQUE_STILL, complete: false };
}

const OPAQUE_STILL = { alpha: false, animated: false } as const;

function sizeOf(size: { width: number; height: number } | null) {
  if (size === null) throw new RangeError('cut before the frame header');
  return size;
}

function nextMarker(reader: ByteReader, from: number): { code: number; end: number } | null {
  let offset = from;
  // Any number of 0xFF may fill the space before a marker.
  while (offset < reader.length && reader.bytes[offset] === 0xff) offset += 1;
  if (offset === from || offset >= reader.length) return null;
  return { code: reader.u8(offset), end: offset + 1 };
}

function isStandalone(code: number): boolean {
  return code === 0x01 || (code >= 0xd0 && code <= 0xd8);
}

function isStartOfFrame(code: number): boolean {
  const isTableOrReserved = code === 0xc4 || code === 0xc8 || code === 0xcc;
  return code >= 0xc0 && code <= 0xcf && !isTableOrReserved;
}

/** Offset of the first marker after the scan's data, in which `FF 00` is a byte and `FF D0–D7` a restart. */
function skipEntropyCoded(bytes: Uint8Array, from: number): number {
  let offset = bytes.indexOf(0xff, from);
  while (offset !== -1) {
    const next = bytes[offset + 1];
    if (next === undefined) break;
    const isData = next === 0x00 || (next >= 0xd0 && next <= 0xd7);
    if (!isData && next !== 0xff) return offset;
    offset = bytes.indexOf(0xff, offset + (isData ? 2 : 1));
  }
  return bytes.length;
}
