import { en } from '../src/i18n/en.ts';
import { expectPost } from './support/expectPost.ts';
import { sample } from './support/files.ts';
import { expect, test } from './support/test.ts';

test('a kept file that was damaged, its length unchanged, is fetched again', async ({
  compose,
  page,
}) => {
  await compose.open();
  await compose.write(sample('cat'));
  const damaged = await page.evaluate(async () => {
    let count = 0;
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const response = request.url.includes('step') ? await cache.match(request) : undefined;
        if (!response) continue;
        const bytes = new Uint8Array(await response.arrayBuffer());
        await cache.put(request, new Response(bytes.fill(7, 100_000, 900_000)));
        count += 1;
      }
    }
    return count;
  });
  expect(damaged).toBe(1);
  await compose.startAfresh();
  expectPost(await compose.write(sample('temple')), 'en');
});

test('a browser that refuses a worker once: the next try works', async ({
  compose,
  page,
  watch,
}) => {
  await page.addInitScript(() => {
    const Real = Worker;
    let refused = false;
    globalThis.Worker = class extends Real {
      constructor(...args: ConstructorParameters<typeof Real>) {
        const refuse = !refused;
        refused = true;
        if (refuse) throw new DOMException('refused', 'SecurityError');
        super(...args);
      }
    };
  });
  await compose.open();
  await compose.choose(sample('cat'));
  await expect(page.getByRole('alert')).toContainText(en.failure['worker-crashed']);
  watch.errors.length = 0; // the refusal itself
  const post = await compose.postAfter(() =>
    page.getByRole('button', { name: en.stage.retry }).click(),
  );
  expectPost(post, 'en');
});
