import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { codeOf, send, useHost, type HostAnswer } from './host.testing.ts';
import { Library } from './library.ts';
import { obtain, obtainBoth } from './obtain.ts';
import { matchForTests } from './match.testing.ts';
import { filesOf } from './schema.ts';
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
  for (const { files } of library.packs) {
    const urls = Object.values(files).map((file) => library.locate(file).url);
    expect(library.urls()).toEqual(expect.arrayContaining(urls));
  }
  expect(() => library.pack('other')).toThrow(expect.objectContaining({ code: 'pack-unknown' }));
});

const { match, book } = matchForTests;

/** The shipped catalog with towers in its first pack, and a book. */
function withMatch(): string {
  const catalog = JSON.parse(shipped) as { packs: object[] };
  const [first, ...others] = catalog.packs;
  return JSON.stringify({ ...catalog, packs: [{ ...first, match }, ...others], books: [book] });
}

test('towers are the pack’s, books are kept with them', async () => {
  host.answers = [send(withMatch(), 'application/json')];
  const library = await open();
  const towers = [match.photoTower, match.textTower].map((file) => library.locate(file));
  const bookFile = library.locate(book.file);
  const urls = [...towers, bookFile].map(({ url }) => url);
  expect(library.urls()).toEqual(expect.arrayContaining(urls));
  expect(library.book('ko', match.space)).toEqual(bookFile);
  expect(library.book('en', match.space)).toBeNull();
  expect(library.book('ko', 'another space')).toBeNull();
  const missing = async (kept: (url: string) => boolean) =>
    (await library.offers({ has: (url) => Promise.resolve(kept(url)) }))[0]?.missingBytes;
  const isTower = (url: string) => urls.slice(0, 2).includes(url);
  expect(await missing((url) => !isTower(url))).toBe(
    match.photoTower.bytes + match.textTower.bytes,
  );
  expect(await missing((url) => url !== bookFile.url)).toBe(0);
});

test('what a pack would still download: files that are kept do not count', async () => {
  host.answers = [send(shipped, 'application/json')];
  const library = await open();
  const pack = library.pack('hanmadi');
  const kept = [pack.files.encoder, pack.files.vocabulary].map((file) => library.locate(file).url);
  const offers = await library.offers({ has: (url) => Promise.resolve(kept.includes(url)) });
  expect(offers.map(({ id }) => id)).toEqual(library.packs.map(({ id }) => id));
  const others = filesOf(pack).filter((file) => !kept.includes(library.locate(file).url));
  const own = offers.find(({ id }) => id === 'hanmadi');
  expect(own?.missingBytes).toBe(others.reduce((sum, { bytes }) => sum + bytes, 0));
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
const QUIETLY = { onDownload: () => undefined, signal: NEVER };

const contents = { encoder: Buffer.alloc(300_000, 1), step: Buffer.alloc(100_000, 2) };

const twoFiles = (folder: string) => ({
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
  const { files, stored } = await obtain(twoFiles(''), store, { onDownload, signal: NEVER });
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
  const attempt = obtain(twoFiles('stuck/'), store, QUIETLY);
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
  const attempt = obtain(twoFiles('unwanted/'), store, { ...QUIETLY, signal: stop.signal });
  expect(await codeOf(attempt)).toBe('cancelled');
  await Promise.all(closed);
  expect(closed).toHaveLength(2);
});

describe('files that a pack can do without', () => {
  const needed = () => ({ encoder: remote('needed/', contents.encoder) });
  const extra = () => ({ step: remote('extra/', contents.step) });
  const sendExtra: { answer: HostAnswer } = { answer: send(contents.step) };
  beforeEach(() => {
    host.answers = [
      (response, path) => {
        if (path.includes('extra')) sendExtra.answer(response, path);
        else response.end(contents.encoder);
      },
    ];
  });

  test('come along, and are counted with the others', async () => {
    sendExtra.answer = send(contents.step);
    const told: [number, number][] = [];
    const onDownload = (...sums: [number, number]) => told.push(sums);
    const { files, extras } = await obtainBoth(needed(), extra(), store, {
      onDownload,
      signal: NEVER,
    });
    expect(files.encoder).toHaveLength(contents.encoder.length);
    expect(extras).toEqual({ step: new Uint8Array(contents.step) });
    expect(told.at(-1)).toEqual([400_000, 400_000]);
  });

  test('stop nothing when they cannot be had', async () => {
    sendExtra.answer = send('', 'text/plain', 500);
    const { files, extras } = await obtainBoth(needed(), extra(), store, QUIETLY);
    expect(files.encoder).toHaveLength(contents.encoder.length);
    expect(extras).toMatchObject({ code: 'download-failed' });
  });

  test('are given up with the rest', async () => {
    const stop = new AbortController();
    sendExtra.answer = () => stop.abort();
    const attempt = obtainBoth(needed(), extra(), store, { ...QUIETLY, signal: stop.signal });
    expect(await codeOf(attempt)).toBe('cancelled');
  });

  test('are not waited for longer than said', async () => {
    sendExtra.answer = () => undefined;
    const { extras } = await obtainBoth(needed(), extra(), store, { ...QUIETLY, stallMs: 300 });
    expect(extras).toMatchObject({ code: 'download-failed' });
  });
});
