import { expect as plainExpect, test as plainTest } from '@playwright/test';
import { expectPost } from './support/expectPost.ts';
import { PLAIN_HOST } from './support/hosts.ts';
import { expect, test } from './support/test.ts';

test('the page is isolated, so that threads can work', async ({ compose, page }) => {
  await compose.open();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test.describe('below a path of a host that can set no headers', () => {
  test.use({ baseURL: PLAIN_HOST });

  test('the page works, on one thread', async ({ compose, page }) => {
    await compose.open();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    expectPost(await compose.postAfter(() => compose.samples.first().click()), 'en');
    await expect(compose.status).toHaveAttribute('data-backend', 'wasm');
  });
});

plainTest.describe('the policy in the page itself', () => {
  plainTest.use({ baseURL: PLAIN_HOST });

  plainTest('stops requests to other hosts', async ({ page }) => {
    const sent: string[] = [];
    await page.route('https://example.com/**', (route) => {
      sent.push(route.request().url());
      return route.abort();
    });
    await page.goto('./');
    plainExpect(await page.evaluate(tryToSendAway)).toBe('connect-src');
    plainExpect(sent).toEqual([]);
  });
});

/** Runs in the page. Resolves to the directive that stopped the request. */
function tryToSendAway(): Promise<string> {
  return new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', (event) => {
      resolve(event.effectiveDirective);
    });
    void fetch('https://example.com/photo', { method: 'POST', body: 'x' }).catch(() => undefined);
  });
}
