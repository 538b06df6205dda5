import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  filesOf,
  parseCatalog,
  parseVocabulary,
  type Catalog,
  type Pack,
  type PackFile,
  type Vocabulary,
} from '../../workers/captioner/packs/schema.ts';
import type { Language } from '../../workers/captioner/contract.ts';
import type { GraphFiles } from '../../workers/captioner/runtime/graphs.ts';

/** What the page downloads. */
export const SHIPPED_MODELS = join(import.meta.dirname, '..', '..', 'public', 'models');

/** A pack, and the folder that its paths are relative to. */
export interface StoredPack {
  readonly models: string;
  readonly pack: Pack;
}

/** The packs of a models folder, in the catalog's order. */
export function packIds(models: string): string[] {
  return readCatalog(models).packs.map(({ id }) => id);
}

/**
 * Reads a models folder's catalog, and checks that the pack's files are those that it names.
 * @throws {Error} when the catalog, the pack or a file is missing or not as it should be
 */
export function findPack(models: string, id: string): StoredPack {
  const catalog = readCatalog(models);
  const pack = catalog.packs.find((entry) => entry.id === id);
  if (pack === undefined) {
    const known = catalog.packs.map((entry) => entry.id).join(', ');
    throw new Error(`${models} has no pack ${id}; it has ${known || 'none'}`);
  }
  for (const file of filesOf(pack)) checkFile(models, file);
  return { models, pack };
}

/**
 * The book of a language whose vectors lie in a space.
 * @throws {Error} when there is none, or the file is not the one that the catalog names
 */
export function findBook(models: string, language: Language, space: string): PackFile {
  const book = readCatalog(models).books.find(
    (entry) => entry.language === language && entry.space === space,
  );
  if (book === undefined) throw new Error(`${models} has no book in ${language} for ${space}`);
  checkFile(models, book.file);
  return book.file;
}

function checkFile(models: string, { path, bytes, sha256 }: PackFile): void {
  const content = readFileSync(join(models, path));
  const found = createHash('sha256').update(content).digest('hex');
  if (content.length !== bytes || found !== sha256)
    throw new Error(`${join(models, path)} is not the file that the catalog names`);
}

function readCatalog(models: string): Catalog {
  return parseCatalog(JSON.parse(readFileSync(join(models, 'catalog.json'), 'utf8')));
}

/** @throws {Error} when the file is missing or not as it should be */
export function readVocabulary({ models, pack }: StoredPack): Vocabulary {
  return parseVocabulary(
    JSON.parse(readFileSync(join(models, pack.files.vocabulary.path), 'utf8')),
  );
}

/** @throws {Error} when a file is missing */
export function readGraphs({ models, pack }: StoredPack): GraphFiles {
  const { encoder, start, step } = pack.files;
  const bytes = ({ path }: PackFile) => new Uint8Array(readFileSync(join(models, path)));
  return { encoder: bytes(encoder), start: bytes(start), step: bytes(step) };
}

/** Of all files of the captioner together; towers and books are not counted. */
export function packBytes({ files }: Pack): number {
  return Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0);
}
