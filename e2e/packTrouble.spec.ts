import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Route } from '@playwright/test';
import { ROOT } from '../scripts/lib/paths.mjs';
import { en } from '../src/i18n/en.ts';
import { expectPost } from './support/expectPost.ts';
import { sample } from './support/files.ts';
import { expect, test } from './support/test.ts';

interface Catalog {
  readonly packs: readonly {
    readonly id: string;
    readonly files: Readonly<Record<'step', { path: string }>>;
    readonly selfTest: { readonly logProbabilities: readonly number[] };
  }[];
}

const catalog = JSON.parse(
  readFileSync(join(ROOT, 'public', 'models', 'catalog.json'), 'utf8'),
) as Catalog;
const [standard, other, third] = catalog.packs as readonly [
  Catalog['packs'][0],
  Catalog['packs'][0],
  Catalog['packs'][0],
];

test('a pack that computes wrong numbers here: said so, and never in the way of the default', async ({
  compose,
  page,
}) => {
  await page.context().route('**/models/catalog.json', answerWithWrongNumbers);
  await compose.open();
  await compose.write(sample('cat'));
  const select = page.getByTestId('pack-select');
  await select.selectOption(other.id);
  await expect(page.getByRole('alert')).toContainText(en.failure['self-test-failed']);
  await page.getByRole('button', { name: en.stage.retry }).click();
  expectPost(await compose.finished(), 'en');
  await expect(select).toHaveValue(standard.id);

  // Remembered from a visit when it still worked: every later visit would end here.
  await remember(page, other.id);
  await compose.startAfresh();
  expectPost(await compose.write(sample('temple')), 'en');
  await expect(select).toHaveValue(standard.id);
});

test('stop while a pack is fetched: the download ends, the pack before stays', async ({
  compose,
  page,
}) => {
  await compose.open();
  const before = await compose.write(sample('cat'));
  const given = page.context().waitForEvent('requestfailed');
  await page.context().route(`**/${other.files.step.path}`, () => undefined); // no answer
  const select = page.getByTestId('pack-select');
  await select.selectOption(other.id);
  await expect(select, 'the choice is shown while it is fetched').toHaveValue(other.id);
  await page.getByRole('button', { name: en.stage.cancel, exact: true }).click();
  expect((await given).url()).toContain(other.files.step.path);
  await expect(select).toHaveValue(standard.id);
  expect(await compose.read(), 'the words stay as they were').toEqual(before);
  const again = await compose.postAfter(() =>
    page.getByRole('button', { name: en.stage.writeAgain }).click(),
  );
  expect(again).toEqual(before);
  await compose.startAfresh();
  await compose.write(sample('cat'));
  await expect(select, 'what was stopped is not remembered').toHaveValue(standard.id);
});

test('with the keyboard, past a pack that is still being fetched', async ({ compose, page }) => {
  await compose.open();
  await compose.write(sample('cat'));
  await page.context().route(`**/${other.files.step.path}`, () => undefined); // no answer
  const select = page.getByTestId('pack-select');
  await select.focus();
  await page.keyboard.press('ArrowDown');
  await expect(select).toHaveValue(other.id);
  await expect(compose.status).toHaveAttribute('data-state', 'loading');
  await expect(select).toBeFocused();
  expectPost(await compose.postAfter(() => page.keyboard.press('ArrowDown')), 'en');
  await expect(select).toHaveValue(third.id);
  await expect(select).toBeFocused();
});

test('another photo while a pack is fetched: the choice holds', async ({ compose, page }) => {
  await compose.open();
  await compose.write(sample('cat'));
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.context().route(`**/${other.files.step.path}`, async (route) => {
    await held;
    await route.continue();
  });
  const select = page.getByTestId('pack-select');
  await select.selectOption(other.id);
  await expect(compose.status).toHaveAttribute('data-state', 'loading');
  const post = compose.postAfter(() => compose.choose(sample('temple')));
  await page.waitForTimeout(1500); // longer than an unwanted download goes on
  release();
  expectPost(await post, 'en');
  await expect(select).toHaveValue(other.id);
});

async function answerWithWrongNumbers(route: Route): Promise<void> {
  const packs = catalog.packs.map((pack) => {
    if (pack.id !== other.id) return pack;
    const logProbabilities = pack.selfTest.logProbabilities.map((value) => value - 1);
    return { ...pack, selfTest: { ...pack.selfTest, logProbabilities } };
  });
  await route.fulfill({ json: { ...catalog, packs } });
}

async function remember(page: Page, pack: string): Promise<void> {
  await page.evaluate((id) => {
    localStorage.setItem('hanmadi:preferences', JSON.stringify({ pack: id }));
  }, pack);
}
