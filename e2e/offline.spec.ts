import { en } from '../src/i18n/en.ts';
import { sample } from './support/files.ts';
import { expectPost } from './support/expectPost.ts';
import { expect, test } from './support/test.ts';

test('a second photo needs no network', async ({ compose, context }) => {
  await compose.open();
  const first = await compose.write(sample('cat'));
  await context.setOffline(true);
  const attempts: string[] = [];
  await context.route('**', (route) => {
    attempts.push(route.request().url());
    return route.abort('internetdisconnected');
  });
  const second = await compose.write(sample('temple'));
  expectPost(second, 'en');
  expect(second).not.toEqual(first);
  expect(attempts.filter((url) => url.startsWith('http'))).toEqual([]);
});

test('without a network and without a model, a sentence says so and a retry works', async ({
  compose,
  page,
  watch,
}) => {
  await compose.open();
  await page.context().route('**/models/**', (route) => route.abort('internetdisconnected'));
  await compose.choose(sample('cat'));
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(compose.status).toHaveAttribute('data-state', 'failed');
  watch.errors.length = 0; // the browser itself reports the requests that were cut
  await page.context().unroute('**/models/**');
  const post = await compose.postAfter(() =>
    page.getByRole('button', { name: en.stage.retry }).click(),
  );
  expectPost(post, 'en');
});
