import { sample } from './support/files.ts';
import { expectPost } from './support/expectPost.ts';
import { en } from '../src/i18n/en.ts';
import { expect, test } from './support/test.ts';

test('a page whose storage is blocked writes a post, and its console stays quiet', async ({
  compose,
  page,
}) => {
  await page.addInitScript(() => {
    for (const name of ['indexedDB', 'caches', 'localStorage']) {
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException('blocked', 'SecurityError');
        },
      });
    }
  });
  await compose.open();
  expectPost(await compose.write(sample('cat')), 'en');
  await compose.caption.fill('kept on the screen only');
  await page.waitForTimeout(1000); // longer than the delay of a draft's save
  await page.getByRole('button', { name: en.post.putAway }).click();
  await expect(compose.samples.first()).toBeVisible();
});
