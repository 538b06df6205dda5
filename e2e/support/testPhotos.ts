import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../scripts/lib/paths.mjs';

const DATA = join(ROOT, '..', 'shared', 'data');

/** Test-split photos of each source; the two with real photographs of people and places weigh most. */
const COUNTS = { f8k: 8, coco: 6, places: 2, food: 2, intel: 1, flowers: 1 } as const;
type Source = keyof typeof COUNTS;

export const dataIsThere = existsSync(join(DATA, 'photos.tsv'));

/**
 * Unpacks twenty photos of the test split into a temporary folder: for each source, evenly spread
 * over its rows, so the same ones each time.
 * @returns their paths
 */
export function unpackTestPhotos(): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'hanmadi-photos-'));
  return (Object.keys(COUNTS) as Source[]).flatMap((source) => {
    const members = testPhotosOf(source).map((id) => `${id}.jpg`);
    execFileSync('tar', ['-xf', join(DATA, `photos_${source}.tar`), '-C', folder, ...members]);
    return members.map((member) => join(folder, member));
  });
}

function testPhotosOf(source: Source): string[] {
  const rows = readFileSync(join(DATA, 'photos.tsv'), 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([, from, split]) => from === source && split === 'test');
  const count = COUNTS[source];
  return Array.from({ length: count }, (_, i) => rows[Math.floor((i * rows.length) / count)]![0]!);
}
