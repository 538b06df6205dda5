import type { Page, Worker } from '@playwright/test';
import { en } from '../src/i18n/en.ts';
import { expectPost } from './support/expectPost.ts';
import { sample } from './support/files.ts';
import { expect, test } from './support/test.ts';

/** What a first visit downloads once: the packs' files and the runtime. */
const KEPT = /\.(onnx|wasm)$|\/vocabularies\//u;

test('a second visit takes the model from the device', async ({ compose, page, context }) => {
  await compose.open();
  await compose.write(sample('cat'));
  const asked: string[] = [];
  await context.route(KEPT, (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  await compose.startAfresh();
  expectPost(await compose.write(sample('temple')), 'en');
  expect(asked).toEqual([]);
  await expect(page.getByText(en.engine.notStored)).toHaveCount(0);
});

test('kept files that are short, and those of an older version, are replaced', async ({
  compose,
  page,
}) => {
  await compose.open();
  await compose.write(sample('cat'));
  const before = await keptUrls(page);
  await page.evaluate(async () => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      const [url] = (await cache.keys())
        .map((request) => request.url)
        .filter((it) => it.includes('step'));
      if (url !== undefined) await cache.put(url, new Response('short'));
      await cache.put('./models/encoders/old-01234567.onnx', new Response('old'));
    }
  });
  await compose.startAfresh();
  expectPost(await compose.write(sample('temple')), 'en');
  expect(await keptUrls(page)).toEqual(before);
  expect(await shortestKept(page)).toBeGreaterThan(1000);
});

test('without room on the device the app runs from memory, and says so', async ({
  compose,
  page,
}) => {
  await compose.open();
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_000_000 });
  expectPost(await compose.write(sample('cat')), 'en');
  await expect(page.getByText(en.engine.notStored)).toBeVisible();
});

test('threads that never start: one thread does the work', async ({ compose, page }) => {
  await compose.open();
  page.on('worker', (worker) => void worker.evaluate(`self.Worker = ${String(DeafWorker)}`));
  expectPost(await compose.write(sample('cat')), 'en');
  await expect(compose.status).toHaveAttribute('data-backend', 'wasm');
});

test('a worker that dies is said to have, and the next try gets a new one', async ({
  compose,
  page,
  watch,
}) => {
  await compose.open();
  await compose.write(sample('cat'));
  await inWorker(page, () => {
    for (const from = Date.now(); Date.now() < from + 3000;); // the next job is on its way by then
    throw new Error('as if it crashed');
  });
  await compose.choose(sample('temple'));
  await expect(page.getByRole('alert')).toContainText(en.failure['worker-crashed']);
  watch.errors.length = 0; // the crash itself
  const post = await compose.postAfter(() =>
    page.getByRole('button', { name: en.stage.retry }).click(),
  );
  expectPost(post, 'en');
});

test('stopped, and written again: no word of the stopped one comes late', async ({
  compose,
  page,
}) => {
  await compose.open();
  await compose.write(sample('cat'));
  await compose.choose(sample('temple'));
  await page.getByRole('button', { name: en.stage.cancel }).click();
  await expect(page.getByRole('button', { name: en.stage.writeAgain })).toBeVisible();
  const stopped = await compose.read();
  await page.waitForTimeout(1000);
  expect(await compose.read()).toEqual(stopped);
  const post = await compose.postAfter(() =>
    page.getByRole('button', { name: en.stage.writeAgain }).click(),
  );
  expectPost(post, 'en');
});

test('a worker that hangs while it is stopped is replaced', async ({ compose, page }) => {
  await compose.open();
  await compose.write(sample('cat'));
  await inWorker(page, () => {
    for (;;);
  });
  await compose.choose(sample('temple'));
  await page.getByRole('button', { name: en.stage.cancel }).click();
  const post = await compose.postAfter(() =>
    page.getByRole('button', { name: en.stage.writeAgain }).click(),
  );
  expectPost(post, 'en');
});

test('one worker a tab, whatever is asked of it', async ({ compose, page }) => {
  await compose.open();
  expect(captioners(page)).toHaveLength(0);
  for (const name of ['cat', 'temple', 'coffee']) await compose.write(sample(name));
  expect(captioners(page)).toHaveLength(1);
});

/** The captioner, without the runtime's threads. */
function captioners(page: Page): Worker[] {
  return page.workers().filter((worker) => !worker.url().includes('ort-wasm'));
}

/** Runs something in the captioner, after this call has returned. */
async function inWorker(page: Page, work: () => void): Promise<void> {
  const [worker] = captioners(page);
  if (!worker) throw new Error('no worker');
  await worker.evaluate(`void setTimeout(${String(work)})`);
}

/** Stands for threads that a browser never gets to start: it takes messages, and says nothing. */
class DeafWorker extends EventTarget {
  postMessage(): undefined {
    return undefined;
  }
  terminate(): undefined {
    return undefined;
  }
}

function keptUrls(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const kept = await Promise.all(
      (await caches.keys()).map(async (name) => await (await caches.open(name)).keys()),
    );
    return kept
      .flat()
      .map(({ url }) => url)
      .sort();
  });
}

function shortestKept(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const sizes: number[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        sizes.push((await (await cache.match(request))?.blob())?.size ?? 0);
      }
    }
    return Math.min(...sizes);
  });
}
