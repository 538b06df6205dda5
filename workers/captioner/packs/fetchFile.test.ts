import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { expect, test, vi } from 'vitest';
import { fetchFile, fetchJson, type RemoteFile } from './fetchFile.ts';
import { codeOf, send, useHost } from './host.testing.ts';

const CONTENT = Buffer.from(Array.from({ length: 200_000 }, (_, at) => (at * 7) % 251));
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');

const host = useHost();

function flipped(): Buffer {
  const bytes = Buffer.from(CONTENT);
  bytes[100_000] = (bytes[100_000] ?? 0) ^ 1;
  return bytes;
}

function file(): RemoteFile {
  return { url: `${host.url}x-00000000.onnx`, bytes: CONTENT.length, sha256: SHA256 };
}

const fetchIt = (
  signal = new AbortController().signal,
  onBytes: (bytes: number) => void = () => undefined,
) => fetchFile(file(), signal, onBytes);

test('the bytes come, and are counted', async () => {
  host.answers = [send(CONTENT)];
  const counts: number[] = [];
  const bytes = await fetchIt(undefined, (count) => counts.push(count));
  expect(Buffer.from(bytes).equals(CONTENT)).toBe(true);
  expect(counts.at(0)).toBe(0);
  expect(counts.at(-1)).toBe(CONTENT.length);
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
});

test('a redirect is followed', async () => {
  host.answers = [
    (response) => response.writeHead(302, { location: '/elsewhere' }).end(),
    send(CONTENT),
  ];
  expect((await fetchIt()).length).toBe(CONTENT.length);
});

test.each([
  { what: 'a flipped bit', answer: () => send(flipped()), code: 'download-corrupt', asked: 2 },
  {
    what: 'too few bytes',
    answer: () => send(CONTENT.subarray(1)),
    code: 'download-corrupt',
    asked: 2,
  },
  {
    what: 'too many bytes',
    answer: () => send(Buffer.concat([CONTENT, CONTENT])),
    code: 'download-corrupt',
    asked: 2,
  },
  {
    what: "a captive portal's page",
    answer: () => send('<html>Log in</html>', 'text/html; charset=utf-8'),
    code: 'download-corrupt',
    asked: 2,
  },
  {
    what: 'not found',
    answer: () => send('', 'text/plain', 404),
    code: 'download-failed',
    asked: 1,
  },
  {
    what: 'an error of the host',
    answer: () => send('', 'text/plain', 503),
    code: 'download-failed',
    asked: 1,
  },
  {
    what: 'a connection cut in the middle',
    answer: () => (response: ServerResponse) => {
      response.writeHead(200, { 'content-length': CONTENT.length });
      response.write(CONTENT.subarray(0, 50_000), () => response.destroy());
    },
    code: 'download-failed',
    asked: 1,
  },
])('$what: $code', async ({ answer, code, asked }) => {
  host.answers = [answer()];
  expect(await codeOf(fetchIt())).toBe(code);
  expect(host.paths.length).toBe(asked);
});

test('a broken copy is asked for again', async () => {
  host.answers = [send(flipped()), send(CONTENT)];
  expect((await fetchIt()).length).toBe(CONTENT.length);
});

test('no host at all: offline only where the browser says so', async () => {
  const nowhere = { ...file(), url: 'http://127.0.0.1:9/x-00000000.onnx' };
  const attempt = () => fetchFile(nowhere, new AbortController().signal, () => undefined);
  expect(await codeOf(attempt())).toBe('download-failed');
  vi.stubGlobal('navigator', { onLine: false });
  expect(await codeOf(attempt())).toBe('offline');
  vi.stubGlobal('navigator', { onLine: true });
});

test('a download stops in the middle', async () => {
  host.answers = [
    (response) => {
      response.writeHead(200, { 'content-length': CONTENT.length });
      response.write(CONTENT.subarray(0, 50_000));
    },
  ];
  const controller = new AbortController();
  const download = fetchIt(controller.signal, (count) => {
    if (count > 0) controller.abort();
  });
  expect(await codeOf(download)).toBe('cancelled');
});

test('JSON: read; a page or half of it is corrupt', async () => {
  host.answers = [send('{"version": 1}', 'application/json')];
  expect(await fetchJson(host.url)).toEqual({ version: 1 });
  host.answers = [send('<html></html>', 'text/html')];
  expect(await codeOf(fetchJson(host.url))).toBe('download-corrupt');
  host.answers = [send('{"version": 1', 'application/json')];
  expect(await codeOf(fetchJson(host.url))).toBe('download-corrupt');
});
