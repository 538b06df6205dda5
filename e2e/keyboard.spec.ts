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

test('wishes and own lines with the keyboard alone', async ({ compose, page }) => {
  await compose.open();
  await tabTo(page, compose.samples.first());
  await compose.postAfter(() => page.keyboard.press('Enter'));
  const trigger = page.getByRole('button', { name: en.wishes.label });
  await tabTo(page, trigger);
  await page.keyboard.press('Enter');
  const tones = page.getByRole('radiogroup', { name: en.wishes.tone });
  await tabTo(page, tones.getByRole('radio', { name: en.wishes.any }));
  await compose.postAfter(() => page.keyboard.press('ArrowRight'));
  await expect(tones.getByRole('radio', { name: en.caption.tone.everyday })).toBeChecked();

  const opener = page.getByRole('article').getByRole('button', { name: en.lines.label });
  await page.keyboard.press('Shift+Tab');
  await expect(opener).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: en.lines.label });
  const field = dialog.getByRole('textbox', { name: en.lines.paste });
  await tabTo(page, field);
  await page.keyboard.type('Slow mornings');
  await tabTo(page, dialog.getByRole('button', { name: en.lines.add, exact: true }));
  await page.keyboard.press('Enter');
  await expect(dialog.getByTestId('own-line')).toHaveText(['Slow mornings']);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
});

/** Presses Tab until the element has the focus: it must be in the order, and visibly focused. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('60 presses of Tab did not reach the element');
}
