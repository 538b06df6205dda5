import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { ROOT } from '../scripts/lib/paths.mjs';
import type { Answer, DecodedTasks, GoldenWindow } from './golden/protocol.ts';
import { GOLDEN_HOST } from './support/hosts.ts';

const FOLDER = join(ROOT, 'evaluation', 'golden');
/** int8 weights expanded by two runtimes, and float32 sums in another order. */
const TOLERANCE = 0.02;

interface GoldenPhoto {
  readonly file: string;
  readonly tasks: Required<DecodedTasks>;
}

const catalog = readJson(join(ROOT, 'public', 'models', 'catalog.json')) as {
  packs: { id: string; files: Record<string, { sha256: string }> }[];
};

for (const { id, files } of catalog.packs) {
  test(`pack ${id}: Chromium decodes the same tokens as PyTorch, ten photos, every task`, async ({
    page,
  }) => {
    const golden = readJson(join(FOLDER, `${id}.json`)) as {
      sha256: Record<string, string>;
      photos: GoldenPhoto[];
    };
    for (const [name, { sha256 }] of Object.entries(files)) {
      expect(golden.sha256[name], `${name}: the golden file is of another pack`).toBe(sha256);
    }
    expect(golden.photos).toHaveLength(10);
    await page.goto(`${GOLDEN_HOST}?pack=${id}`);
    for (const [index, photo] of golden.photos.entries()) {
      const answer = await decode(page, join(FOLDER, 'photos', photo.file), index);
      expectSame(answer, photo);
    }
  });
}

async function decode(page: Page, path: string, index: number): Promise<DecodedTasks> {
  await page.getByTestId('photo-input').setInputFiles(path);
  const handle = await page.waitForFunction(
    (i) => (globalThis as GoldenWindow).goldenAnswers?.[i],
    index,
    { timeout: 120_000 },
  );
  const answer = (await handle.jsonValue()) as Answer;
  if (!answer.ok) throw new Error(answer.detail);
  return answer.tasks;
}

function expectSame(answer: DecodedTasks, { file, tasks }: GoldenPhoto): void {
  expect(Object.keys(answer).sort(), file).toEqual(Object.keys(tasks).sort());
  for (const [task, expected] of Object.entries(tasks)) {
    const actual = answer[task as keyof DecodedTasks];
    expect(actual?.tokens, `${file} ${task}`).toEqual(expected.tokens);
    const differences = expected.logProbabilities.map((value, i) =>
      Math.abs(value - (actual?.logProbabilities[i] ?? NaN)),
    );
    expect(Math.max(...differences), `${file} ${task}`).toBeLessThan(TOLERANCE);
  }
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
