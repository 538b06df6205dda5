import { expect as plainExpect, test as plainTest, type Route } from '@playwright/test';
import { expectPost } from './support/expectPost.ts';
import { sample } from './support/files.ts';
import { expect, test } from './support/test.ts';

test('the page is isolated, so that threads can work', async ({ compose, page }) => {
  await compose.open();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('a host that cannot set headers serves a working page', async ({ compose, page }) => {
  await page.context().route('**', async (route) => {
    const response = await route.fetch();
    const kept = Object.entries(response.headers()).filter(
      ([name]) => !name.startsWith('cross-origin-') && name !== 'content-security-policy',
    );
    await route.fulfill({ response, headers: Object.fromEntries(kept) });
  });
  await compose.open();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  expectPost(await compose.write(sample('cat')), 'en');
  await expect(compose.status).toHaveAttribute('data-backend', 'wasm');
});

plainTest('the policy in the page itself stops requests to other hosts', async ({ page }) => {
  const sent: string[] = [];
  await page.route('https://example.com/**', (route) => {
    sent.push(route.request().url());
    return route.abort();
  });
  // Without the header: hosts that cannot send one rely on the policy in the page.
  await page.route(({ pathname }) => pathname === '/', withoutPolicyHeader);
  await page.goto('./');
  plainExpect(await page.evaluate(tryToSendAway)).toBe('connect-src');
  plainExpect(sent).toEqual([]);
});

async function withoutPolicyHeader(route: Route): Promise<void> {
  const response = await route.fetch();
  const headers = response.headers();
  delete headers['content-security-policy'];
  await route.fulfill({ response, headers });
}

/** Runs in the page. Resolves to the directive that stopped the request. */
function tryToSendAway(): Promise<string> {
  return new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', (event) => {
      resolve(event.effectiveDirective);
    });
    void fetch('https://example.com/photo', { method: 'POST', body: 'x' }).catch(() => undefined);
  });
}
