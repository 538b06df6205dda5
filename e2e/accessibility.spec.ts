import AxeBuilder from '@axe-core/playwright';
import { devices, type Page } from '@playwright/test';
import { en } from '../src/i18n/en.ts';
import { ko } from '../src/i18n/ko.ts';
import { sample } from './support/files.ts';
import { expect, test } from './support/test.ts';

const { viewport: phone } = devices['iPhone 13'];

for (const locale of ['en-US', 'ko-KR']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [size, viewport] of [
      ['desktop', { width: 1280, height: 800 }],
      ['phone', phone],
    ] as const) {
      test.describe(`axe, ${locale}, ${colorScheme}, ${size}`, () => {
        test.use({ locale, colorScheme, viewport, hasTouch: size === 'phone' });

        test('finds nothing on the empty screen, at a refused file, on a post', async ({
          compose,
          page,
        }) => {
          await compose.open();
          await expectClean(page, 'empty');
          await compose.choose({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') });
          await expect(page.getByRole('alert')).toBeVisible();
          await expectClean(page, 'refused');
          await compose.write(sample('temple'));
          await page.locator('.pack-list summary').click();
          await expectClean(page, 'post');
          expect(await page.locator('html').getAttribute('lang')).toBe(locale.slice(0, 2));
        });

        test('finds nothing among captions, wishes and own lines', async ({ compose, page }) => {
          const { wishes, lines, caption } = locale === 'ko-KR' ? ko : en;
          await compose.open();
          await compose.write(sample('coffee'));
          const others = page.getByRole('button', { name: caption.others });
          await compose.postAfter(() => others.click());
          await page.locator('.earlier').click();
          await page.getByRole('button', { name: wishes.label }).click();
          await expectClean(page, 'wishes');
          await page.getByRole('banner').getByRole('button', { name: lines.label }).click();
          const dialog = page.getByRole('dialog');
          await expect(dialog).toBeVisible();
          await expectClean(page, 'no lines');
          await dialog.getByRole('textbox').fill(`바다\nSea\n${'x'.repeat(2201)}`);
          await dialog.getByRole('button', { name: lines.add, exact: true }).click();
          await expect(page.getByTestId('own-line')).toHaveCount(2);
          await expect(page.locator('.import-report')).toBeVisible();
          await expectClean(page, 'lines');
          await page.getByTestId('own-line').first().getByRole('button').click();
          await dialog.getByRole('button', { name: lines.clear }).click();
          await expectClean(page, 'removal');
        });
      });
    }
  }
}

test('nothing is cut off or runs out of a narrow phone', async ({ compose, page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await compose.open();
  await compose.write(sample('astronaut'));
  await page.getByRole('button', { name: en.wishes.label }).click();
  expect(await page.evaluate(tooWide)).toEqual([]);
  await page.getByRole('banner').getByRole('button', { name: en.lines.label }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await page.evaluate(tooWide)).toEqual([]);
});

/** Runs in the page: what reaches beyond the right edge, also where its container clips it. */
function tooWide(): string[] {
  const { clientWidth } = document.documentElement;
  return [...document.querySelectorAll<HTMLElement>('body *:not(.wongoji *, .visually-hidden)')]
    .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
    .map((element) => `${element.tagName} ${element.className}`);
}

test('what happens is said aloud', async ({ compose, page }) => {
  await compose.open();
  const { caption } = await compose.write(sample('cat'));
  const said = en.stage.doneAnnouncement.replace('{{caption}}', caption);
  await expect(page.getByText(said)).toBeAttached();
});

/** WCAG 2.2 A and AA, and axe's own good practices; what fades in has faded in before it looks. */
async function expectClean(page: Page, state: string): Promise<void> {
  await page.evaluate(finishAnimations);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) }));
  expect(found, state).toEqual([]);
}

/** Runs in the page. Animations without an end are left to go on. */
function finishAnimations(): void {
  for (const animation of document.getAnimations()) {
    if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
  }
}
