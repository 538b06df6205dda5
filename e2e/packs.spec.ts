import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page, Request } from '@playwright/test';
import { ROOT } from '../scripts/lib/paths.mjs';
import { en } from '../src/i18n/en.ts';
import { expectPost } from './support/expectPost.ts';
import { sample } from './support/files.ts';
import { expect, test } from './support/test.ts';

interface Pack {
  readonly id: string;
  readonly title: { readonly en: string };
  readonly files: Readonly<Record<'encoder' | 'start' | 'step' | 'vocabulary', { path: string }>>;
}

const { packs } = JSON.parse(
  readFileSync(join(ROOT, 'public', 'models', 'catalog.json'), 'utf8'),
) as { packs: readonly Pack[] };
const [standard, other] = packs as readonly [Pack, Pack];

test('every pack loads and writes a post, in one visit; no file is fetched twice', async ({
  compose,
  page,
}) => {
  test.setTimeout(240_000);
  const fetched: string[] = [];
  page.context().on('request', (request: Request) => {
    const path = new URL(request.url()).pathname.split('/models/')[1];
    if (path !== undefined && path !== 'catalog.json') fetched.push(path);
  });
  await compose.open();
  expectPost(await compose.write(sample('cat')), 'en');
  expect(new Set(fetched), 'only the default pack comes by itself').toEqual(filesOf([standard]));
  const select = page.getByTestId('pack-select');
  await expect(select).toHaveValue(standard.id);

  for (const { id } of packs.slice(1)) {
    expectPost(await compose.postAfter(() => choosePack(select, id)), 'en');
    await expect(select).toHaveValue(id);
  }
  expect(fetched.toSorted()).toEqual([...filesOf(packs)].sort());
  for (const { title } of packs) {
    const kept = select.getByRole('option', { name: title.en, exact: true });
    await expect(kept, 'nothing is left to download').toBeAttached();
  }
});

test('what a pack would download is said before, and what is shared is not counted', async ({
  compose,
  page,
}) => {
  await compose.open();
  await compose.write(sample('cat'));
  const sizes = await page.getByTestId('pack-select').getByRole('option').allInnerTexts();
  expect(sizes[0]).toBe(standard.title.en);
  for (const text of sizes.slice(1)) {
    const megabytes = Number(/\(([\d.]+) MB to download\)/u.exec(text)?.[1]);
    expect(megabytes, text).toBeGreaterThan(5);
    expect(megabytes, text).toBeLessThan(12);
  }
});

test('the choice is remembered, and what a person wrote outlives it', async ({ compose, page }) => {
  await compose.open();
  await compose.write(sample('temple'));
  await compose.caption.fill('My own words');
  const select = page.getByTestId('pack-select');
  const post = await compose.postAfter(() => choosePack(select, other.id));
  expect(post.caption).toBe('My own words');
  await compose.startAfresh();
  await compose.write(sample('cat'));
  await expect(page.getByTestId('pack-select')).toHaveValue(other.id);
});

test('a pack that cannot be had: said so, and the one before writes on', async ({
  compose,
  page,
  watch,
}) => {
  await compose.open();
  await compose.write(sample('cat'));
  await page.context().route(`**/${other.files.step.path}`, (route) => route.abort());
  const select = page.getByTestId('pack-select');
  await select.selectOption(other.id);
  await expect(page.getByRole('alert')).toContainText(en.failure['download-failed']);
  await expect(select).toHaveValue(standard.id);
  watch.errors.length = 0; // the browser's own line about the request
  const post = await compose.postAfter(() =>
    page.getByRole('button', { name: en.stage.retry }).click(),
  );
  expectPost(post, 'en');

  // Remembered of a visit when it was to be had: the default writes, and nobody is left without words.
  await page.evaluate((pack) => {
    localStorage.setItem('hanmadi:preferences', JSON.stringify({ pack }));
  }, other.id);
  await compose.startAfresh();
  expectPost(await compose.write(sample('temple')), 'en');
  await expect(select).toHaveValue(standard.id);
  watch.errors.length = 0;
});

test('a remembered pack that is offered no more gives way to the default', async ({
  compose,
  page,
}) => {
  await page.addInitScript(() => {
    localStorage.setItem('hanmadi:preferences', JSON.stringify({ pack: 'of-old' }));
  });
  await compose.open();
  expectPost(await compose.write(sample('cat')), 'en');
  await expect(page.getByTestId('pack-select')).toHaveValue(standard.id);
});

test('back and forth between two packs: the same words again, and no more memory', async ({
  compose,
  page,
}) => {
  test.setTimeout(240_000);
  await compose.open();
  const first = await compose.write(sample('coffee'));
  const select = page.getByTestId('pack-select');
  const choose = (id: string) => compose.postAfter(() => choosePack(select, id));
  const second = await choose(other.id);
  expect(second).not.toEqual(first);
  const before = await workerBytes(page);
  for (let round = 0; round < 10; round += 1) {
    expect(await choose(standard.id)).toEqual(first);
    expect(await choose(other.id)).toEqual(second);
  }
  expect((await workerBytes(page)) - before).toBeLessThan(60_000_000);
});

async function choosePack(select: Locator, id: string): Promise<void> {
  await select.selectOption(id);
}

/** Of the page and its workers together, WebAssembly's memory included. */
async function workerBytes(page: Page): Promise<number> {
  return await page.evaluate(async () => {
    const measure = performance as unknown as {
      measureUserAgentSpecificMemory(): Promise<{ bytes: number }>;
    };
    return (await measure.measureUserAgentSpecificMemory()).bytes;
  });
}

function filesOf(of: readonly Pack[]): Set<string> {
  return new Set(of.flatMap(({ files }) => Object.values(files).map(({ path }) => path)));
}
