import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NO_WISHES, type ComposeEvent, type ComposeRequest, type Language } from '../contract.ts';
import { DecodeStopped } from '../decoding/decode.ts';
import { readGoldenPhoto } from '../goldenPhotos.testing.ts';
import { readBook, writeBook } from '../matching/bookFile.ts';
import { cosine } from '../matching/vectors.ts';
import { sameness, wishFilter } from '../matching/wishes.ts';
import { send, useHost } from '../packs/host.testing.ts';
import { openShippedMatcher, sendModels } from '../shippedMatcher.testing.ts';
import { openShipped, shippedPacks, type ShippedPack } from '../shippedPack.testing.ts';
import { Composer } from './composer.ts';
import type { Matcher } from './matcher.ts';
import { OwnBooks } from './ownBooks.ts';

/** The shipped pack with its towers and books, in Node; the files come from a real host. */
const host = useHost();
const NEVER = new AbortController().signal;
const QUIETLY = { onDownload: () => undefined, signal: NEVER };
const FILES = ['01.png', '02.png', '03.png'];
const photos = new Map<string, Float32Array>();
let shipped: ShippedPack;
let own: OwnBooks;
let matcher: Matcher;
let composer: Composer;

beforeAll(async () => {
  const [pack] = shippedPacks;
  if (!pack) throw new Error('nothing is shipped');
  shipped = await openShipped(pack);
  for (const file of FILES) photos.set(file, await readGoldenPhoto(file));
});

beforeEach(async () => {
  await open();
});

async function open(withTowers = true): Promise<void> {
  host.answers = [sendModels];
  own = new OwnBooks();
  matcher = await openShippedMatcher(shipped, host.url, own, withTowers);
  composer = new Composer({ ...shipped, matcher });
}

/** The host has everything but what is below a folder. */
function without(folder: string): void {
  host.answers = [
    (response, path) => {
      if (path.startsWith(`/${folder}/`)) response.writeHead(503).end();
      else sendModels(response, path);
    },
  ];
}

async function compose(
  change: Partial<ComposeRequest> = {},
  { by = composer, signal = NEVER, events = [] as ComposeEvent[] } = {},
) {
  const request: ComposeRequest = {
    photoId: '01.png',
    language: 'en',
    parts: ['caption', 'hashtags', 'alt-text'],
    alternatives: 5,
    wishes: NO_WISHES,
    avoid: [],
    ...change,
  };
  const pixels = photos.get(request.photoId) ?? new Float32Array();
  return await by.compose(
    () => pixels,
    request,
    (event) => events.push(event),
    signal,
  );
}

const textsOf = ({ captions }: { captions: readonly { text: string }[] }) =>
  captions.map(({ text }) => text);

describe.each(['en', 'ko'] as const)('captions in %s', (language) => {
  test.each(FILES)('of %s: from the decoder and the book, in one order', async (photoId) => {
    const { captions, book, altText } = await compose({ photoId, language });
    expect(book).toBe('used');
    expect(captions).toHaveLength(5);
    const sources = captions.map(({ source }) => source);
    expect(sources).toEqual(expect.arrayContaining(['written', 'book']));
    const probabilities = captions.map(({ probability }) => probability ?? NaN);
    expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
    for (const { source, match, probability, confidence, meanLogProbability } of captions) {
      expect(Math.abs(match ?? NaN)).toBeLessThanOrEqual(1.01);
      expect(probability).toBeGreaterThan(0);
      expect(probability).toBeLessThan(1);
      expect(['sure', 'maybe', 'unsure']).toContain(confidence);
      expect(meanLogProbability === null).toBe(source !== 'written');
    }
    const said = [...textsOf({ captions }), altText?.text ?? ''].map(sameness);
    expect(new Set(said).size).toBe(6);
  });

  test('alt text and hashtags are what they are without a match model', async () => {
    const plain = new Composer({ ...shipped, matcher: null });
    const { altText, hashtags } = await compose({ language });
    expect(await compose({ language }, { by: plain })).toMatchObject({ altText, hashtags });
  });

  test('another try has other captions, until there are no others', async () => {
    const first = textsOf(await compose({ language }));
    const second = textsOf(await compose({ language, avoid: first }));
    expect(second).toHaveLength(5);
    const said = [...first, ...second].map(sameness);
    expect(new Set(said).size).toBe(10);
  });

  test('wishes hold for every caption', async () => {
    for (const wishes of [
      { ...NO_WISHES, tone: 'romantic' as const },
      { ...NO_WISHES, tone: 'calm' as const, emoji: false },
      { ...NO_WISHES, length: 'short' as const, emoji: true },
    ]) {
      const { captions } = await compose({ language, wishes });
      expect(captions.length).toBeGreaterThan(0);
      const isAsWished = wishFilter(wishes, language);
      expect(captions.filter(({ text, tone }) => !isAsWished(text, tone))).toEqual([]);
    }
  });

  test('vectors made here are those that the book has', async () => {
    const { book } = await matcher.fetch(language, QUIETLY);
    if (!book) throw new Error('no book');
    const { length } = book.texts;
    const lines = Array.from({ length: 100 }, (_, at) => Math.floor((at * length) / 100));
    const texts = lines.map((line) => ({ text: book.texts[line] ?? '', tags: [] }));
    const made = await readBook(await matcher.makeBook(texts));
    const row = ({ vectors, dimensions }: typeof made, line: number) =>
      vectors.subarray(line * dimensions, (line + 1) * dimensions);
    for (const [at, line] of lines.entries()) {
      expect(cosine(row(made, at), row(book, line)), book.texts[line]).toBeGreaterThan(0.98);
    }
  });
});

test('captions that were not asked for cost no book', async () => {
  const { captions, book } = await compose({ parts: ['alt-text'] });
  expect({ captions, book }).toEqual({ captions: [], book: 'none' });
  expect(host.paths.filter((path) => path.includes('.book'))).toEqual([]);
});

test('a book is fetched once, with its progress; the other language has its own', async () => {
  const downloads = async (language: Language) => {
    const events: ComposeEvent[] = [];
    await compose({ language }, { events });
    return events.flatMap((event) => (event.type === 'download' ? [event] : []));
  };
  const first = (await downloads('en')).at(-1);
  expect(first?.loadedBytes).toBe(first?.totalBytes);
  expect(first?.totalBytes).toBeGreaterThan(100_000);
  expect(await downloads('en')).toEqual([]);
  expect(await downloads('ko')).not.toEqual([]);
  expect(host.paths.filter((path) => path.includes('.book'))).toHaveLength(2);
});

test('without the book, what the decoder wrote is ranked; with the next post it is tried again', async () => {
  without('books');
  const { captions, book, altText } = await compose();
  expect(book).toBe('download-failed');
  expect(captions.length).toBeGreaterThan(0);
  for (const { source, match } of captions) {
    expect(source).toBe('written');
    expect(match).not.toBeNull();
  }
  expect(altText?.text).not.toBe('');
  host.answers = [sendModels];
  expect((await compose()).book).toBe('used');
});

test('without the towers, the decoder’s captions stand as they are; with the next post they come', async () => {
  await open(false);
  without('match');
  const { captions, book } = await compose();
  expect(book).toBe('download-failed');
  expect(captions.length).toBeGreaterThan(0);
  for (const { source, match, probability, confidence } of captions) {
    expect({ source, match, probability, confidence }).toEqual({
      source: 'written',
      match: null,
      probability: null,
      confidence: null,
    });
  }
  host.answers = [sendModels];
  const next = await compose();
  expect(next.book).toBe('used');
  expect(next.timings.encoder).toBeNull();
});

test('a job that waits for its book can be stopped, and the next one is whole', async () => {
  const stop = new AbortController();
  let closed = Promise.resolve();
  host.answers = [
    (response) => {
      closed = new Promise((resolve) => response.on('close', resolve));
      response.write('x');
      setTimeout(() => stop.abort(), 2_000);
    },
  ];
  await expect(compose({}, { signal: stop.signal })).rejects.toBeInstanceOf(DecodeStopped);
  await closed;
  host.answers = [sendModels];
  expect((await compose()).book).toBe('used');
});

describe('own lines', () => {
  const LINES = [
    { text: '우리 가게의 봄', tags: [] },
    { text: 'Our shop belongs to the cat', tags: ['#고양이'] },
    { text: 'Only when it snows', tags: ['#눈', 'unheard of'] },
  ];

  test('are a book of their own, with the tags that are known', async () => {
    const book = await readBook(await matcher.makeBook(LINES));
    expect(book).toMatchObject({ language: null, space: shipped.pack.match?.space });
    expect(book.texts).toEqual(LINES.map(({ text }) => text));
    const required = [...book.required.items].map((tag) => book.concepts[tag]);
    expect(required).toEqual(['cat', 'snow']);
    expect((await readBook(await matcher.makeBook([]))).texts).toEqual([]);
  });

  test('are ranked with the rest, and marked', async () => {
    await own.use([await matcher.makeBook(LINES)]);
    const { captions, book } = await compose();
    expect(book).toBe('used');
    const mine = captions.filter(({ source }) => source === 'own');
    // The cat is there; snow is not, and Hangul is for Korean posts.
    expect(textsOf({ captions: mine })).toEqual(['Our shop belongs to the cat']);
  });

  test('that an earlier model embedded are embedded anew', async () => {
    const lines = [{ text: 'A line of mine', tags: [] }];
    const file = await matcher.makeBook(lines);
    const { space, dimensions, concepts, rarity } = await readBook(file);
    const row = ['A line of mine', 2, 0, [], []] as const;
    const header = { language: null, space, dimensions, concepts, rarity, lines: [row] };
    const former = { ...header, space: 'of last year', dimensions: 2 };
    const offered = async (book: Uint8Array<ArrayBuffer>) => {
      await own.use([book]);
      const { captions } = await compose({ alternatives: 10_000 });
      return captions.filter(({ source }) => source === 'own');
    };
    const now = await offered(file);
    expect(now).toHaveLength(1);
    const old = await writeBook(former, Int8Array.of(127, 0), new Int8Array());
    expect(await offered(old)).toEqual(now);
  });

  test('of a damaged book are refused, and leave the others', async () => {
    const good = await matcher.makeBook(LINES);
    const attempt = own.use([good.slice(0, -9), good]);
    await expect(attempt).rejects.toMatchObject({ code: 'book-invalid' });
    expect(own.all.map(({ texts }) => texts)).toEqual([LINES.map(({ text }) => text)]);
  });

  test('wait for towers that could not be had', async () => {
    await open(false);
    host.answers = [send('', 'text/plain', 503)];
    await expect(matcher.makeBook(LINES)).rejects.toMatchObject({ code: 'download-failed' });
    host.answers = [sendModels];
    expect((await readBook(await matcher.makeBook(LINES))).texts).toHaveLength(LINES.length);
  });
});
