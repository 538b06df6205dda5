import { type ByteReader, type PhotoHeader } from './header.ts';

interface Box {
  readonly type: string;
  readonly start: number;
  /** Past the end of the file when the box was cut. */
  readonly end: number;
}

/**
 * Reads an AVIF or HEIC: the largest `ispe` (image spatial extents) in `meta/iprp/ipco` is the main
 * picture, since tiles and thumbnails have smaller ones.
 */
export function readHeif(reader: ByteReader): PhotoHeader {
  const boxes = readBoxes(reader, 0, reader.length);
  const meta = boxes.find((box) => box.type === 'meta');
  if (!meta) throw new RangeError('cut before the meta box');
  const properties = childOf(reader, childOf(reader, meta, 'iprp', 4), 'ipco', 0);
  const entries = readBoxes(reader, properties.start, properties.end);
  const sizes = entries
    .filter((box) => box.type === 'ispe')
    .map((box) => ({ width: reader.u32(box.start + 4), height: reader.u32(box.start + 8) }));
  const largest = sizes.reduce(
    (best, size) => (size.width * size.height > best.width * best.height ? size : best),
    { width: 0, height: 0 },
  );
  return {
    ...largest,
    complete: boxes.every((box) => box.end <= reader.length),
    alpha: entries.some((box) => box.type === 'auxC'),
    animated: boxes.some((box) => box.type === 'moov'),
  };
}

function childOf(reader: ByteReader, parent: Box, type: string, skip: number): Box {
  const found = readBoxes(reader, parent.start + skip, parent.end).find((box) => box.type === type);
  if (!found) throw new RangeError(`no ${type} box`);
  return found;
}

function readBoxes(reader: ByteReader, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  let offset = from;
  while (offset + 8 <= Math.min(to, reader.length)) {
    const size = reader.u32(offset);
    const isLarge = size === 1;
    const headerBytes = isLarge ? 16 : 8;
    const largeSize = isLarge ? reader.u32(offset + 8) * 2 ** 32 + reader.u32(offset + 12) : size;
    const end = size === 0 ? to : offset + Math.max(headerBytes, largeSize);
    boxes.push({ type: reader.name(offset + 4), start: offset + headerBytes, end });
    offset = end;
  }
  return boxes;
}
