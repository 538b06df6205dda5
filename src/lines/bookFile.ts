import * as v from 'valibot';
import { splitTags } from '../post/tag.ts';
import { type WrittenLine } from './ownLine.ts';

/** `HMBK`, version, length of the header; then the header itself (ARCHITECTURE.md, "The caption book"). */
const MAGIC = 'HMBK';
const VERSION = 1;
const PREFIX_BYTES = 12;
const GZIP = [0x1f, 0x8b];
/** A book of 20,000 long lines has some 60 MB; what unpacks to more was not written by us. */
const UNPACKED_LIMIT = 128 * 1024 * 1024;

const index = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What the page reads of a header. The vectors are the worker's: lines are embedded anew. */
const Header = v.object({
  space: v.string(),
  concepts: v.array(v.string()),
  lines: v.array(
    v.looseTuple([v.string(), v.number(), v.number(), v.array(index), v.array(index)]),
  ),
});
type Header = v.InferOutput<typeof Header>;

export function isGzip(bytes: Uint8Array): boolean {
  return GZIP.every((byte, at) => bytes[at] === byte);
}

/** The lines of a caption book, with their tags by name; `null` when the file is no such book. */
export async function readBook(bytes: Uint8Array<ArrayBuffer>): Promise<WrittenLine[] | null> {
  const header = await readHeader(bytes);
  if (!header) return null;
  return header.lines.map(([text, , , tags], at) => ({
    at: at + 1,
    text,
    tags: tags.flatMap((tag) => splitTags(header.concepts[tag] ?? '')),
  }));
}

async function readHeader(bytes: Uint8Array<ArrayBuffer>): Promise<Header | null> {
  const unpacked = await gunzip(bytes);
  if (!unpacked || unpacked.length < PREFIX_BYTES) return null;
  const view = new DataView(unpacked.buffer, unpacked.byteOffset, unpacked.byteLength);
  const magic = new TextDecoder().decode(unpacked.subarray(0, MAGIC.length));
  if (magic !== MAGIC || view.getUint32(4, true) !== VERSION) return null;
  const text = unpacked.subarray(PREFIX_BYTES, PREFIX_BYTES + view.getUint32(8, true));
  try {
    return v.parse(Header, JSON.parse(new TextDecoder().decode(text)));
  } catch {
    return null;
  }
}

/** `null` when the file is damaged, or grows beyond all measure. */
async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array | null> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    const reader = stream.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      length += value.length;
      if (length > UNPACKED_LIMIT) return null;
    }
  } catch {
    return null;
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
