import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CACHE } from '../evaluate.ts';
import { SHIPPED_MODELS } from '../pack/catalog.ts';
import { readResults } from '../results.ts';
import { hasScorer } from '../scorer.ts';
import { ablation } from './ablation.ts';
import { comparisonPath, readComparison } from './comparison.ts';

// The photos are not ours to commit: where the folder is missing, this test is skipped.
const ROOT = join(import.meta.dirname, '..', '..');
const DATA = process.env['HANMADI_DATA'] ?? join(ROOT, '..', 'shared', 'data');
const PACKS = ['hanmadi', 'hashtag'];
const missing = existsSync(join(DATA, 'photos.tsv')) ? [] : [DATA];
if (!hasScorer()) missing.push('.venv');

/** A models folder with two of the shipped packs. */
function twoPacks(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ablation-'));
  for (const name of ['encoders', 'decoders', 'vocabularies', 'match', 'books'])
    symlinkSync(join(SHIPPED_MODELS, name), join(folder, name));
  const catalog = JSON.parse(readFileSync(join(SHIPPED_MODELS, 'catalog.json'), 'utf8')) as {
    packs: { id: string }[];
  };
  const packs = catalog.packs.filter(({ id }) => PACKS.includes(id));
  writeFileSync(join(folder, 'catalog.json'), JSON.stringify({ ...catalog, packs }));
  return folder;
}

test.skipIf(missing.length > 0)(
  `two shipped packs are run, scored, timed and compared over four photos${missing.length > 0 ? ` (missing: ${missing.join(', ')})` : ''}`,
  { timeout: 600_000 },
  async () => {
    const models = twoPacks();
    const folder = join(CACHE, 'ablation');
    rmSync(folder, { recursive: true, force: true });
    try {
      await ablation({ data: DATA, models, limit: 4 });
      expect(readResults(folder).map(({ pack, photos }) => [pack, photos])).toEqual([
        ['hanmadi', 4],
        ['hashtag', 4],
      ]);
      const file = readComparison(comparisonPath(folder, 'test'));
      expect(file.questions.map(({ first, second }) => [first, second])).toEqual([PACKS]);
      const [hashtag, hanmadi] = file.packs;
      expect([hashtag?.id, hanmadi?.id]).toEqual(['hashtag', 'hanmadi']);
      // They share the vocabulary alone.
      expect(hashtag!.sharedBytes).toBe(hanmadi!.sharedBytes);
      expect(hashtag!.sharedBytes).toBeGreaterThan(0);
      expect(hashtag!.sharedBytes).toBeLessThan(hashtag!.bytes / 2);
      expect(hanmadi!.ratio).toEqual({ median: 1, low: 1, high: 1 });
      const { encoder, start, steps, post } = hanmadi!.milliseconds;
      for (const { median } of [encoder, start, steps]) {
        expect(median).toBeGreaterThan(0);
        expect(median).toBeLessThan(post.median);
      }
      const { figures } = file.questions[0]!.differences.differences['hashtags']!;
      expect(figures['F1']!.difference).toBe(figures['F1']!.first - figures['F1']!.second);
      expect(readFileSync(join(folder, 'ablation.md'), 'utf8')).toContain('| `hashtag`');
    } finally {
      rmSync(models, { recursive: true });
    }
  },
);
