import { expect, test as base, type Page } from '@playwright/test';
import { ComposeScreen } from './composeScreen.ts';

interface Watch {
  /** URLs of requests to any host but ours. */
  readonly foreignRequests: string[];
  /** Console errors (a violated Content-Security-Policy is one) and uncaught exceptions. */
  readonly errors: string[];
}

/**
 * Every test of the app gets the compose screen and is watched: no request to another host, nothing
 * in the console's error log.
 */
export const test = base.extend<{ compose: ComposeScreen; watch: Watch }>({
  watch: [
    async ({ page, baseURL }, use) => {
      const watch = watchPage(page, new URL(baseURL ?? '').origin);
      await use(watch);
      expect(watch.foreignRequests, 'requests to other hosts').toEqual([]);
      expect(watch.errors, 'errors in the console').toEqual([]);
    },
    { auto: true },
  ],
  compose: async ({ page }, use) => {
    await use(new ComposeScreen(page));
  },
});

/** Requests of workers are the context's, not the page's: both are listened to. */
function watchPage(page: Page, origin: string): Watch {
  const watch: Watch = { foreignRequests: [], errors: [] };
  page.context().on('request', (request) => {
    const url = new URL(request.url());
    const isLocal = url.protocol === 'blob:' || url.protocol === 'data:';
    if (!isLocal && url.origin !== origin) watch.foreignRequests.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') watch.errors.push(message.text());
  });
  page.on('pageerror', (error) => {
    watch.errors.push(String(error));
  });
  return watch;
}

export { expect };
