import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page, Request } from '@playwright/test';
import { ROOT } from '../scripts/lib/paths.mjs';
import { en } from '../src/i18n/en.ts';
import { bookPath } from './support/books.ts';
import { expectPost } from './support/expectPost.ts';
import { sample } from './support/files.ts';
import { expect, test } from './support/test.ts';

interface ModelFile {
  readonly path: string;
  readonly bytes: number;
}

interface Pack {
  readonly id: string;
  readonly title: { readonly en: string };
  readonly files: Readonly<Record<'encoder' | 'start' | 'step' | 'vocabulary', ModelFile>>;
  readonly match: Readonly<Record<'photoTower' | 'textTower', ModelFile>>;
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
  const book = bookPath('en');
  const first = new Set([...filesOf([standard]), book]);
  expect(new Set(fetched), 'only the default pack comes by itself').toEqual(first);
  const select = page.getByTestId('pack-select');
  await expect(select).toHaveValue(standard.id);

  for (const { id } of packs.slice(1)) {
    expectPost(await compose.postAfter(() => choosePack(select, id)), 'en');
    await expect(select).toHaveValue(id);
  }
  expect(fetched.toSorted()).toEqual([...filesOf(packs), book].sort());
  await expect(select.getByRole('option')).toHaveText(packs.map(({ title }) => onDevice(title.en)));
});

test('what a pack would download is said before, to the byte that is not kept', async ({
  compose,
  page,
}) => {
  await compose.open();
  await compose.write(sample('cat'));
  const select = page.getByTestId('pack-select');
  const options = select.getByRole('option');
  await expect(options).toHaveText(packs.map((pack) => labelOf(pack, [standard])));
  await compose.postAfter(() => choosePack(select, other.id));
  await expect(options).toHaveText(packs.map((pack) => labelOf(pack, [standard, other])));
});

test('what each pack is can be read before one is chosen', async ({ compose, page }) => {
  await compose.open();
  await compose.write(sample('cat'));
  await page.getByText(en.pack.differ).click();
  for (const { id, title } of packs) {
    const about = en.pack.about[id as keyof typeof en.pack.about];
    const term = page.getByRole('term').filter({ hasText: new RegExp(`^${title.en}$`, 'u') });
    await expect(term).toBeVisible();
    await expect(page.getByRole('definition').filter({ hasText: about })).toBeVisible();
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
  await expect(page.getByRole('alert')).toContainText(en.pack.unavailable);
  await expect(select).toHaveValue(standard.id);
  watch.errors.length = 0; // the browser's own line about the request
  const post = await compose.postAfter(() =>
    page.getByRole('button', { name: en.stage.writeAgain }).click(),
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

test('offline, a pack that is not kept: said so, and the one before writes on', async ({
  compose,
  page,
  context,
  watch,
}) => {
  await compose.open();
  await compose.write(sample('cat'));
  await context.setOffline(true);
  const select = page.getByTestId('pack-select');
  await select.selectOption(other.id);
  await expect(page.getByRole('alert')).toContainText(en.failure.offline);
  await expect(page.getByRole('alert')).toContainText(en.pack.unavailable);
  await expect(select).toHaveValue(standard.id);
  const post = await compose.postAfter(() =>
    page.getByRole('button', { name: en.stage.writeAgain }).click(),
  );
  expectPost(post, 'en');
  watch.errors.length = 0; // the browser's own lines about the requests

  await context.setOffline(false);
  expectPost(await compose.postAfter(() => choosePack(select, other.id)), 'en');
  await expect(select).toHaveValue(other.id);
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

function onDevice(title: string): string {
  return en.pack.onDevice.replace('{{title}}', title);
}

/** What the list says of a pack when these packs' files are kept. */
function labelOf(pack: Pack, kept: readonly Pack[]): string {
  const there = filesOf(kept);
  const missing = modelFiles(pack).filter(({ path }) => !there.has(path));
  const { title } = pack;
  if (missing.length === 0) return onDevice(title.en);
  const bytes = missing.reduce((sum, file) => sum + file.bytes, 0);
  const size = `${String(Math.round(bytes / 1e5) / 10)} MB`;
  return en.pack.toDownload.replace('{{title}}', title.en).replace('{{size}}', size);
}

function filesOf(of: readonly Pack[]): Set<string> {
  return new Set(of.flatMap((pack) => modelFiles(pack).map(({ path }) => path)));
}

function modelFiles({ files, match }: Pack): ModelFile[] {
  return [...Object.values(files), match.photoTower, match.textTower];
}
