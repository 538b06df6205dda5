import AxeBuilder from '@axe-core/playwright';
import { devices, type Page } from '@playwright/test';
import { en } from '../src/i18n/en.ts';
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
      });
    }
  }
}

test('nothing is cut off or runs out of a narrow phone', async ({ compose, page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await compose.open();
  await compose.write(sample('astronaut'));
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
});

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
