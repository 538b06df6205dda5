import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { evaluate } from './evaluate.ts';
import { SHIPPED_MODELS } from './pack/catalog.ts';
import type { Results } from './results.ts';
import { hasScorer } from './scorer.ts';

const ROOT = join(import.meta.dirname, '..');
// The photos are not ours to commit: where the folder is missing, this test is skipped.
const DATA = process.env['HANMADI_DATA'] ?? join(ROOT, '..', 'shared', 'data');
const missing = [join(DATA, 'photos.tsv'), join(SHIPPED_MODELS, 'catalog.json')].filter(
  (path) => !existsSync(path),
);
if (!hasScorer()) missing.push('.venv');

test.skipIf(missing.length > 0)(
  `the shipped pack is run and scored over eight photos${missing.length > 0 ? ` (missing: ${missing.join(', ')})` : ''}`,
  { timeout: 180_000 },
  async () => {
    const before = pageText();
    const results = await evaluate({
      data: DATA,
      pack: 'hanmadi',
      split: 'test',
      limit: 8,
      models: SHIPPED_MODELS,
      compare: SHIPPED_MODELS,
      threads: 1,
    });
    if (results === null) throw new Error('nothing was scored');
    expect(results).toMatchObject({ photos: 8, limit: 8, split: 'test' });
    expectSoundScores(results);

    // A pack compared with itself decodes the same again, to the letter.
    const { sameOutput, differences } = results.comparison!;
    expect(new Set(Object.values(sameOutput))).toEqual(new Set([1]));
    expect(differences['hashtags']!.figures['F1']!.difference).toBe(0);
    // A partial run leaves the committed tables alone.
    expect(pageText()).toBe(before);
  },
);

function pageText(): string | null {
  const page = join(ROOT, 'docs', 'results.md');
  return existsSync(page) ? readFileSync(page, 'utf8') : null;
}

function expectSoundScores({ scores: { groups } }: Results): void {
  for (const task of ['plain-ko', 'instagram-en', 'instagram-ko', 'hashtags'])
    expect(groups[task]!.photos, task).toBe(8);
  expect(groups['plain-en']!.photos + groups['plain-en-other']!.photos).toBe(8);
  for (const [name, { figures }] of Object.entries(groups))
    for (const [figure, { value }] of Object.entries(figures)) {
      expect(value, `${name} ${figure}`).toBeGreaterThanOrEqual(0);
      expect(value, `${name} ${figure}`).toBeLessThanOrEqual(figure === 'CIDEr' ? 1000 : 100);
    }
}
