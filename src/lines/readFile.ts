import { isGzip, readBook } from './bookFile.ts';
import { readCsv } from './csv.ts';
import { decodeText } from './decodeText.ts';
import { type WrittenLine } from './ownLine.ts';
import { readText } from './plainText.ts';

/** Twenty thousand lines of a hundred letters have 6 MB. */
const FILE_LIMIT = 32 * 1024 * 1024;
const TABLE_NAME = /\.(csv|tsv)$/iu;
/** Of a zip; the spreadsheets and text documents of today are zips. */
const ZIP = [0x50, 0x4b, 0x03, 0x04];

export const FILE_PROBLEMS = [
  'too-heavy',
  'unreadable', // the browser could not read it (moved, in a cloud, no permission)
  'spreadsheet', // a spreadsheet or a document, not the text in it
  'no-text',
  'broken-book', // gzip, but no caption book in it
] as const;
export type FileProblem = (typeof FILE_PROBLEMS)[number];

export type FileOutcome =
  | { readonly ok: true; readonly lines: readonly WrittenLine[] }
  | { readonly ok: false; readonly problem: FileProblem };

/** The lines of a `.txt`, `.csv` or `.book` file. What it is is told by its bytes, but for text and tables. */
export async function readFile(file: File): Promise<FileOutcome> {
  if (file.size > FILE_LIMIT) return refuse('too-heavy');
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return refuse('unreadable');
  }
  if (isGzip(bytes)) {
    const lines = await readBook(bytes);
    return lines ? { ok: true, lines } : refuse('broken-book');
  }
  if (ZIP.every((byte, at) => bytes[at] === byte)) return refuse('spreadsheet');
  const text = decodeText(bytes);
  if (text === null) return refuse('no-text');
  return { ok: true, lines: TABLE_NAME.test(file.name) ? readCsv(text) : readText(text) };
}

function refuse(problem: FileProblem): FileOutcome {
  return { ok: false, problem };
}
