import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ROOT } from '../../scripts/lib/paths.mjs';
import type { Language } from './composeScreen.ts';

interface Book {
  readonly language: Language;
  readonly file: { readonly path: string };
}

const MODELS = join(ROOT, 'public', 'models');

const { books } = JSON.parse(readFileSync(join(MODELS, 'catalog.json'), 'utf8')) as {
  books: readonly Book[];
};

/** Path of a language's caption book below `models/`. */
export function bookPath(language: Language): string {
  return books.find((book) => book.language === language)!.file.path;
}

/** All lines of a caption book. */
export function bookLines(language: Language): Set<string> {
  const unpacked = gunzipSync(readFileSync(join(MODELS, bookPath(language))));
  const header = unpacked.subarray(12, 12 + unpacked.readUInt32LE(8)).toString('utf8');
  const { lines } = JSON.parse(header) as { lines: readonly [string, ...unknown[]][] };
  return new Set(lines.map(([text]) => text));
}
