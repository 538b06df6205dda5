import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { codeOf, send, useHost } from './host.testing.ts';
import { Library } from './library.ts';
import { obtain } from './obtain.ts';
import { ModelStore } from './store.ts';

const host = useHost();
const shipped = readFileSync(
  new URL('../../../public/models/catalog.json', import.meta.url),
  'utf8',
);

/** Node has no Cache Storage: as in a browser that refuses it, everything runs from memory. */
const store = await ModelStore.open('test');
const open = (folder = 'some/path/models/') => Library.open(host.url + folder, store);

test('packs and the addresses of their files, below any path', async () => {
  host.answers = [send(shipped, 'application/json')];
  const library = await open();
  const pack = library.pack('hanmadi');
  const { encoder } = pack.files;
  expect(library.locate(encoder)).toEqual({
    url: `${host.url}some/path/models/${encoder.path}`,
    bytes: encoder.bytes,
    sha256: encoder.sha256,
  });
  expect(library.urls()).toHaveLength(1 + 4 * library.packs.length);
  expect(() => library.pack('other')).toThrow(expect.objectContaining({ code: 'pack-unknown' }));
});

test('what a pack would still download: files that are kept do not count', async () => {
  host.answers = [send(shipped, 'application/json')];
  const library = await open();
  const pack = library.pack('hanmadi');
  const kept = [pack.files.encoder, pack.files.vocabulary].map((file) => library.locate(file).url);
  const offers = await library.offers({ has: (url) => Promise.resolve(kept.includes(url)) });
  expect(offers.map(({ id }) => id)).toEqual(library.packs.map(({ id }) => id));
  const { start, step } = pack.files;
  const own = offers.find(({ id }) => id === 'hanmadi');
  expect(own?.missingBytes).toBe(start.bytes + step.bytes);
  for (const { bytes, missingBytes } of offers) expect(missingBytes).toBeLessThan(bytes);
  const nothing = await library.offers(store);
  for (const { bytes, missingBytes } of nothing) expect(missingBytes).toBe(bytes);
});

test.each([
  { what: 'a later format', answer: send('{"version": 2}'), code: 'catalog-newer' },
  { what: 'not a catalog', answer: send('{"version": 1}'), code: 'catalog-invalid' },
  { what: 'a web page', answer: send('<html></html>', 'text/html'), code: 'download-corrupt' },
  { what: 'nothing there', answer: send('', 'text/plain', 404), code: 'download-failed' },
])('$what: $code', async ({ answer, code }) => {
  host.answers = [answer];
  expect(await codeOf(open())).toBe(code);
});

/** Of a download that nobody stops. */
const NEVER = new AbortController().signal;

const contents = { encoder: Buffer.alloc(300_000, 1), step: Buffer.alloc(100_000, 2) };

const filesOf = (folder: string) => ({
  encoder: remote(folder, contents.encoder),
  step: remote(folder, contents.step),
});

function remote(folder: string, content: Buffer) {
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { url: `${host.url}${folder}${content.length}`, bytes: content.length, sha256 };
}

test('several files at once, counted together', async () => {
  host.answers = [
    (response, path) => response.end(path.endsWith('300000') ? contents.encoder : contents.step),
  ];
  const told: [number, number][] = [];
  const onDownload = (...sums: [number, number]) => told.push(sums);
  const { files, stored } = await obtain(filesOf(''), store, onDownload, NEVER);
  expect(Buffer.from(files.encoder).equals(contents.encoder)).toBe(true);
  expect(Buffer.from(files.step).equals(contents.step)).toBe(true);
  expect(stored).toBe(false);
  expect(told.at(-1)).toEqual([400_000, 400_000]);
  expect(told.length).toBeLessThanOrEqual(201);
});

test('one that fails stops the others', async () => {
  let closed = Promise.resolve();
  host.answers = [
    (response, path) => {
      if (path.endsWith('100000')) {
        setTimeout(() => response.writeHead(500).end(), 50);
        return;
      }
      closed = new Promise((resolve) => response.on('close', resolve));
      response.write(contents.encoder.subarray(0, 1000)); // and then nothing more
    },
  ];
  const attempt = obtain(filesOf('stuck/'), store, () => undefined, NEVER);
  expect(await codeOf(attempt)).toBe('download-failed');
  await closed;
});

test('one that is stopped says so, and gives its requests up', async () => {
  const closed: Promise<unknown>[] = [];
  const stop = new AbortController();
  host.answers = [
    (response) => {
      closed.push(new Promise((resolve) => response.on('close', resolve)));
      response.write(contents.step.subarray(0, 1000)); // and then nothing more
      if (closed.length === 2) stop.abort();
    },
  ];
  const attempt = obtain(filesOf('unwanted/'), store, () => undefined, stop.signal);
  expect(await codeOf(attempt)).toBe('cancelled');
  await Promise.all(closed);
  expect(closed).toHaveLength(2);
});
