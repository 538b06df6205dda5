import * as v from 'valibot';
import { layOut, TONES, OWN_LINE, PHOTO_LINE, type Book, type BookHeader } from './book.ts';

const MAGIC = 'HMBK';
const VERSION = 1;
/** Magic, version and the header's length. */
const PREFIX_BYTES = 12;

/** A file that is not a caption book, or a damaged one. The message says what is wrong, in English. */
export class BookError extends Error {
  override readonly name = 'BookError';
}

const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const header = v.pipe(
  v.object({
    language: v.nullable(v.picklist(['ko', 'en'])),
    space: v.string(),
    dimensions: v.pipe(v.number(), v.integer(), v.minValue(1)),
    concepts: v.array(v.string()),
    rarity: v.array(v.number()),
    lines: v.array(
      v.tupleWithRest(
        [
          v.string(),
          v.pipe(index, v.maxValue(OWN_LINE)),
          v.pipe(index, v.maxValue(TONES.length - 1)),
          v.array(index),
          v.array(index),
        ],
        v.number(),
      ),
    ),
  }),
  v.check(({ concepts, rarity }) => rarity.length === concepts.length, 'one rarity a concept'),
  v.check(
    ({ concepts, lines }) =>
      lines.every(([, , , tags, required]) =>
        [tags, required].every((list) => list.every((tag) => tag < concepts.length)),
      ),
    'tags are indices of concepts',
  ),
);

/**
 * Reads a book file: gzip of `HMBK`, version and header length (uint32, little-endian), the header
 * as JSON, then int8 vectors of all lines and of the photo lines' photos.
 *
 * @throws BookError
 */
export async function readBook(file: Uint8Array<ArrayBuffer>): Promise<Book> {
  const bytes = await unpack(file);
  if (bytes.length < PREFIX_BYTES || ascii(bytes.subarray(0, MAGIC.length)) !== MAGIC) {
    throw new BookError('not a caption book');
  }
  const view = new DataView(bytes.buffer);
  const version = view.getUint32(4, true);
  if (version !== VERSION) throw new BookError(`format ${version}`);
  const headerEnd = PREFIX_BYTES + view.getUint32(8, true);
  const parsed = parseHeader(bytes.subarray(PREFIX_BYTES, headerEnd));
  const { lines, dimensions } = parsed;
  const vectorsEnd = headerEnd + lines.length * dimensions;
  const photoLines = lines.filter(([, kind]) => kind === PHOTO_LINE).length;
  if (bytes.length !== vectorsEnd + photoLines * dimensions) {
    throw new BookError(`${bytes.length} bytes, but ${lines.length} lines of which ${photoLines}`);
  }
  const int8 = new Int8Array(bytes.buffer);
  return layOut(parsed, int8.slice(headerEnd, vectorsEnd), int8.slice(vectorsEnd));
}

/**
 * The file of a book.
 *
 * @param vectors int8 of the lines' texts, [lines, dimensions]
 * @param photoVectors int8 of the photos of the photo lines among them, [photo lines, dimensions]
 */
export async function writeBook(
  content: BookHeader,
  vectors: Int8Array<ArrayBuffer>,
  photoVectors: Int8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const json = new TextEncoder().encode(JSON.stringify(content));
  const padding = new Uint8Array((4 - (json.length % 4)) % 4).fill(' '.charCodeAt(0));
  const prefix = new DataView(new ArrayBuffer(PREFIX_BYTES));
  for (let at = 0; at < MAGIC.length; at += 1) prefix.setUint8(at, MAGIC.charCodeAt(at));
  prefix.setUint32(4, VERSION, true);
  prefix.setUint32(8, json.length + padding.length, true);
  const whole = new Blob([prefix, json, padding, vectors, photoVectors]);
  return await collect(whole.stream().pipeThrough(new CompressionStream('gzip')));
}

async function unpack(file: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await collect(new Blob([file]).stream().pipeThrough(new DecompressionStream('gzip')));
  } catch (error) {
    throw new BookError('not gzip, or cut off', { cause: error });
  }
}

async function collect(stream: ReadableStream): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function parseHeader(bytes: Uint8Array): BookHeader {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new BookError('the header is not JSON', { cause: error });
  }
  const result = v.safeParse(header, json);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new BookError(`header: ${v.getDotPath(issue) ?? 'root'}: ${issue.message}`);
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
