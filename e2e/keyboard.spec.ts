import type { Locator, Page } from '@playwright/test';
import { en } from '../src/i18n/en.ts';
import { expect, test } from './support/test.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('from a sample to the clipboard with the keyboard alone', async ({ compose, page }) => {
  await compose.open();
  await tabTo(page, compose.samples.first());
  const post = await compose.postAfter(() => page.keyboard.press('Enter'));
  await tabTo(page, compose.caption);
  await page.keyboard.press('End');
  await page.keyboard.type(' ok');
  await tabTo(page, compose.copy);
  await page.keyboard.press('Enter');
  await expect(compose.copy).toContainText(en.out.copied);
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n')[0]).toContain(' ok');
  expect(copied).toContain(post.hashtags.join(' '));
});

/** Presses Tab until the element has the focus: it must be in the order, and visibly focused. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('60 presses of Tab did not reach the element');
}
