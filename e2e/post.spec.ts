import { type Page } from '@playwright/test';
import { en } from '../src/i18n/en.ts';
import { sample } from './support/files.ts';
import { expectPost } from './support/expectPost.ts';
import { expect, test } from './support/test.ts';

test.describe('copy', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('puts exactly the caption and the tags on the clipboard', async ({ compose, page }) => {
    await compose.open();
    const { caption, hashtags } = await compose.write(sample('cat'));
    await compose.copy.click();
    await expect(compose.copy).toContainText(en.out.copied);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(`${caption}\n\n${hashtags.join(' ')}`);
  });

  test('copies what was edited: own words, a tag less, a tag more', async ({ compose, page }) => {
    await compose.open();
    const { hashtags } = await compose.write(sample('coffee'));
    await compose.caption.fill('오늘의 커피 ☕️');
    const others = hashtags.slice(1);
    await compose.hashtags.first().getByRole('button').click();
    await expect(compose.hashtags).toHaveCount(others.length);
    const field = page.getByRole('textbox', { name: en.tags.add });
    await field.fill('#my_morning');
    await field.press('Enter');
    await expect(compose.hashtags).toHaveCount(others.length + 1);
    await compose.copy.click();
    await expect(compose.copy).toContainText(en.out.copied);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(`오늘의 커피 ☕️\n\n${[...others, '#my_morning'].join(' ')}`);
  });
});

test('another caption on offer takes the place of the first', async ({ compose }) => {
  await compose.open();
  const { caption } = await compose.write(sample('temple'));
  const count = await compose.captionOptions.count();
  expect(count).toBeGreaterThan(1);
  const offered = await compose.captionOptions.allInnerTexts();
  expect(new Set(offered).size).toBe(count);
  await compose.captionOptions.nth(1).click();
  await expect(compose.caption).not.toHaveValue(caption);
  expect(offered[1]).toContain(await compose.caption.inputValue());
});

test('words that a person types while the model writes stay', async ({ compose, page }) => {
  await compose.open();
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.context().route('**/models/decoders/**', async (route) => {
    await held;
    await route.continue();
  });
  await compose.choose(sample('cat'));
  await compose.caption.fill('내 말이 먼저');
  const before = await compose.timesBusy();
  release();
  await expect.poll(() => compose.timesBusy()).toBeGreaterThan(before);
  const post = await compose.finished();
  expect(post.caption).toBe('내 말이 먼저');
  expect(post.hashtags.length).toBeGreaterThan(0);
});

test('stop works while the model is fetched, and writing can begin again', async ({
  compose,
  page,
}) => {
  await compose.open();
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.context().route('**/models/decoders/**', async (route) => {
    await held;
    await route.continue().catch(() => undefined); // the worker may have given the request up
  });
  await compose.choose(sample('cat'));
  await page.getByRole('button', { name: en.stage.cancel, exact: true }).click();
  await expect(page.getByRole('button', { name: en.stage.writeAgain })).toBeVisible();
  release();
  await page.getByRole('button', { name: en.stage.writeAgain }).click();
  expectPost(await compose.finished(), 'en');
});

test('stop works between two words', async ({ compose, page }) => {
  await compose.open();
  await compose.write(sample('coffee'));
  const stopped = page.evaluate(stopAtFirstWord, en.stage.cancel);
  await compose.choose(sample('flower'));
  await stopped;
  await expect(page.getByRole('button', { name: en.stage.writeAgain })).toBeVisible();
  await expect(compose.status).toHaveAttribute('data-state', 'ready');
  await expect(compose.caption).toHaveValue(''); // half a sentence is not left behind
  const post = await compose.postAfter(() =>
    page.getByRole('button', { name: en.stage.writeAgain }).click(),
  );
  expectPost(post, 'en');
});

/** Runs in the page: presses the button as soon as the post is empty and a first word appears. */
function stopAtFirstWord(label: string): Promise<void> {
  return new Promise((resolve) => {
    let emptied = false;
    const timer = setInterval(() => {
      const field = document.querySelector<HTMLTextAreaElement>('[data-testid="caption"]');
      if (field?.value === '') emptied = true;
      const buttons = [...document.querySelectorAll('button')];
      const stop = buttons.find((button) => button.textContent.trim() === label);
      if (!emptied || !field?.value || !stop) return;
      clearInterval(timer);
      stop.click();
      resolve();
    }, 1);
  });
}

test('a photo that was put away does not come back', async ({ compose, page }) => {
  await compose.open();
  await compose.write(sample('cat'));
  await page.reload();
  await expect(compose.caption).toBeVisible();
  await page.getByRole('button', { name: en.post.putAway }).click();
  await expect(compose.samples.first()).toBeVisible();
  await expect.poll(() => draftKeys(page)).toEqual([]);
  await page.reload();
  await expect(compose.samples.first()).toBeVisible();
  await expect(compose.caption).toBeHidden();
});

/** What is kept of a draft, by idb-keyval's own names. */
function draftKeys(page: Page): Promise<unknown> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open('keyval-store');
        open.onerror = reject;
        open.onsuccess = () => {
          const keys = open.result.transaction('keyval').objectStore('keyval').getAllKeys();
          keys.onsuccess = () => {
            open.result.close();
            resolve(
              keys.result.filter((key) => typeof key === 'string' && key.startsWith('draft:')),
            );
          };
        };
      }),
  );
}
