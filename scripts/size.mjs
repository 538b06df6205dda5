// Size budgets of the built app (`npm run build` first). Prints the figures; fails when one is over.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { readJson } from './lib/json.mjs';
import { DIST, REPORTS } from './lib/paths.mjs';

const kB = 1_000;
const MB = 1_000_000;
/** What hosts compress with on the fly; files compressed ahead of time are smaller still. */
const BROTLI_QUALITY = 5;

/** @typedef {{ file: string, isEntry?: boolean, imports?: string[] }} Chunk */
/** @typedef {{ path: string, bytes: number }} ModelFile */
/** @typedef {{ id: string, files: Record<string, ModelFile>, match?: { photoTower: ModelFile, textTower: ModelFile } }} Pack */
/** @typedef {{ language: string, file: ModelFile }} Book */

/** The entry's script and everything that it imports before it can run. */
function entryScripts() {
  const manifest = /** @type {Record<string, Chunk>} */ (
    readJson(join(DIST, '.vite/manifest.json'))
  );
  /** @type {Set<string>} */
  const seen = new Set();
  const visit = (/** @type {string} */ key) => {
    const chunk = manifest[key];
    if (chunk === undefined || seen.has(chunk.file)) return;
    seen.add(chunk.file);
    chunk.imports?.forEach(visit);
  };
  for (const [key, chunk] of Object.entries(manifest)) if (chunk.isEntry === true) visit(key);
  if (seen.size === 0) throw new Error('The build names no entry script');
  return [...seen];
}

/** @param {ModelFile} file */
const inDist = ({ path }) => `models/${path}`;
/** @param {Pack} pack */
const packFiles = ({ files }) => Object.values(files).map(inDist);
/** @param {Pack} pack */
const towerFiles = ({ match }) => (match ? [match.photoTower, match.textTower].map(inDist) : []);

/**
 * Everything that a first visit in one language can fetch: all of dist/ but other packs' files and
 * other languages' books.
 * @param {Pack} defaultPack
 * @param {readonly Book[]} books
 */
function firstVisitFiles(defaultPack, books) {
  const largest = books.toSorted((a, b) => b.file.bytes - a.file.bytes).slice(0, 1);
  const ofBooks = largest.map(({ file }) => inDist(file));
  const ofPack = new Set([
    ...packFiles(defaultPack),
    ...towerFiles(defaultPack),
    ...ofBooks,
    'models/catalog.json',
  ]);
  return readdirSync(DIST, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(DIST, join(entry.parentPath, entry.name)))
    .filter(
      (path) => !path.startsWith('.vite') && (!path.startsWith('models/') || ofPack.has(path)),
    );
}

const read = (/** @type {string} */ path) => readFileSync(join(DIST, path));
const gzip = (/** @type {string} */ path) => gzipSync(read(path)).length;
const brotli = (/** @type {string} */ path) =>
  brotliCompressSync(read(path), { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } })
    .length;
const raw = (/** @type {string} */ path) => statSync(join(DIST, path)).size;
const sum = (
  /** @type {readonly string[]} */ paths,
  /** @type {(path: string) => number} */ size,
) => paths.reduce((total, path) => total + size(path), 0);

const { packs, books = [] } = /** @type {{ packs: Pack[], books?: Book[] }} */ (
  readJson(join(DIST, 'models/catalog.json'))
);
const [defaultPack] = packs;
if (defaultPack === undefined) throw new Error('models/catalog.json lists no pack');

const budgets = [
  { name: 'page script, gzip', bytes: sum(entryScripts(), gzip), limit: 150 * kB },
  ...packs.map((pack) => ({
    name: `pack ${pack.id}`,
    bytes: sum(packFiles(pack), raw),
    limit: 12 * MB,
  })),
  ...packs
    .filter(({ match }) => match !== undefined)
    .map((pack) => ({
      name: `towers ${pack.id}`,
      bytes: sum(towerFiles(pack), raw),
      limit: 1.5 * MB,
    })),
  ...books.map(({ language, file }) => ({
    name: `book ${language}`,
    bytes: file.bytes,
    limit: 2.5 * MB,
  })),
  {
    name: 'first visit, brotli',
    bytes: sum(firstVisitFiles(defaultPack, books), brotli),
    limit: 16 * MB,
  },
];

const show = (/** @type {number} */ bytes) => `${(bytes / kB).toFixed(1)} kB`;
for (const { name, bytes, limit } of budgets) {
  const verdict = bytes <= limit ? 'ok  ' : 'OVER';
  console.log(`${verdict}  ${name.padEnd(24)} ${show(bytes).padStart(12)} of ${show(limit)}`);
}
mkdirSync(REPORTS, { recursive: true });
writeFileSync(join(REPORTS, 'size.json'), JSON.stringify(budgets, null, 2));
process.exitCode = budgets.every(({ bytes, limit }) => bytes <= limit) ? 0 : 1;
