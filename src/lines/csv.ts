import Papa from 'papaparse';
import { type OwnLine } from '../../workers/captioner/contract.ts';
import { splitTags } from '../post/tag.ts';
import { type WrittenLine } from './ownLine.ts';
import { readText } from './plainText.ts';

const LINE_NAMES = new Set(['line', 'text', 'caption', '문장', '글', '한마디', '캡션', '내용']);
const TAG_NAMES = new Set(['tags', 'tag', 'hashtags', 'hashtag', '태그', '해시태그']);

const DELIMITERS = [',', '\t', ';', '|'];

/** The heading of our own export. */
const OWN_HEADING = ['line', 'tags'] as const;
/** A spreadsheet takes a cell that begins so for a formula; behind an apostrophe it is text. */
const FORMULA = /^'*[=+\-@＝＋－＠\t\r]/u;
/** Spreadsheets take a file without this mark for the system's old encoding, and garble Hangul. */
const BYTE_ORDER_MARK = '\uFEFF';

interface Row {
  readonly at: number;
  readonly cells: readonly string[];
}

interface Columns {
  readonly line: number;
  /** `null`: there is none, so what a delimiter parted belongs to the line. */
  readonly tags: number | null;
}

/** The lines of a table: a column of lines, and one of tags if there is one; with or without a heading. */
export function readCsv(text: string): WrittenLine[] {
  const { data, meta } = parse(text);
  const rows = data
    .map((cells, index) => ({ at: index + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const heading = headingOf(rows[0]?.cells);
  const named = namedColumns(heading);
  if (!named && isProse(rows)) return readText(text);
  const columns = named ?? { line: 0, tags: 1 };
  const isOurs = heading.join() === OWN_HEADING.join();
  return rows
    .slice(named ? 1 : 0)
    .map((row) => readRow(row, columns, meta.delimiter))
    .map((line) => (isOurs ? { ...line, text: unescapeFormula(line.text) } : line));
}

/** A quotation mark that is never closed would swallow all that follows: then it is a mark like any other. */
function parse(text: string): Papa.ParseResult<string[]> {
  const config = { delimiter: headingDelimiter(text) }; // '': Papa Parse guesses
  const parsed = Papa.parse<string[]>(text, config);
  const isOpen = parsed.errors.some(({ code }) => code === 'MissingQuotes');
  return isOpen ? Papa.parse<string[]>(text, { ...config, quoteChar: '\0' }) : parsed;
}

/** What parts a heading into names that we know: a better sign than how often each mark comes up in prose. */
function headingDelimiter(text: string): string {
  const knownNames = (delimiter: string) => {
    const { data } = Papa.parse<string[]>(text, { delimiter, preview: 1 });
    return headingOf(data[0]).filter((name) => LINE_NAMES.has(name) || TAG_NAMES.has(name)).length;
  };
  return DELIMITERS.find((delimiter) => knownNames(delimiter) > 1) ?? '';
}

function headingOf(cells: readonly string[] | undefined): string[] {
  return cells?.map((cell) => cell.trim().toLowerCase()) ?? [];
}

function namedColumns(heading: readonly string[]): Columns | null {
  const line = heading.findIndex((name) => LINE_NAMES.has(name));
  if (line === -1) return null;
  const tags = heading.findIndex((name) => TAG_NAMES.has(name));
  return { line, tags: tags === -1 ? null : tags };
}

/**
 * Sentences with commas in them make a table whose rows have now two cells, now five; and after a
 * comma they have a space.
 */
function isProse(rows: readonly Row[]): boolean {
  const counts = new Set(rows.map(({ cells }) => cells.length));
  const seconds = rows.flatMap(({ cells }) => cells.slice(1, 2));
  const spaced = seconds.filter((cell) => cell.startsWith(' '));
  return (counts.size > 1 && Math.max(...counts) > 2) || spaced.length * 2 > seconds.length;
}

function readRow({ at, cells }: Row, { line, tags }: Columns, delimiter: string): WrittenLine {
  const isWhole = tags === null && line === 0;
  return {
    at,
    text: isWhole ? cells.join(delimiter) : (cells[line] ?? ''),
    tags: tags === null ? [] : splitTags(cells[tags] ?? ''),
  };
}

function unescapeFormula(text: string): string {
  return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text;
}

/** A table of the lines that opens right in a spreadsheet and runs no formula; `readCsv` reads it back. */
export function writeCsv(lines: readonly OwnLine[]): string {
  const rows = lines.map(({ text, tags }) => [text, tags.map((tag) => `#${tag}`).join(' ')]);
  const table = Papa.unparse([[...OWN_HEADING], ...rows], {
    quotes: true,
    newline: '\r\n',
    escapeFormulae: FORMULA,
  });
  return BYTE_ORDER_MARK + table;
}
