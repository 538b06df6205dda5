import { beforeAll, expect, test } from 'vitest';
import { NO_WISHES, type ComposeEvent, type ComposeRequest, type Part } from '../contract.ts';
import { DecodeStopped } from '../decoding/decode.ts';
import { readGoldenPhoto } from '../goldenPhotos.testing.ts';
import { openShipped, shippedPacks } from '../shippedPack.testing.ts';
import { Composer } from './composer.ts';

const ALL: readonly Part[] = ['caption', 'hashtags', 'alt-text'];
const request = (change: Partial<ComposeRequest> = {}): ComposeRequest => ({
  photoId: 'first',
  language: 'en',
  parts: ALL,
  alternatives: 3,
  wishes: NO_WISHES,
  avoid: [],
  ...change,
});

/** The shipped pack in Node; how often a photo was read is how often it was encoded. */
let composer: Composer;
let reads = 0;
const photos = new Map<string, Float32Array>();

beforeAll(async () => {
  const [pack] = shippedPacks;
  if (!pack) throw new Error('nothing is shipped');
  composer = new Composer({ ...(await openShipped(pack)), matcher: null });
  for (const file of ['01.png', '02.png']) photos.set(file, await readGoldenPhoto(file));
});

async function compose(
  change: Partial<ComposeRequest> = {},
  { file = '01.png', stopAfter = Infinity } = {},
) {
  const events: ComposeEvent[] = [];
  const controller = new AbortController();
  if (stopAfter === 0) controller.abort();
  reads = 0;
  const read = () => {
    reads += 1;
    return photos.get(file) ?? new Float32Array();
  };
  const work = composer.compose(
    read,
    request(change),
    (event) => {
      events.push(event);
      if (events.length >= stopAfter) controller.abort();
    },
    controller.signal,
  );
  return { result: await work, events, reads };
}

test.each(['en', 'ko'] as const)('a whole post, in %s', async (language) => {
  const { result, events } = await compose({ language });
  expect(result.language).toBe(language);
  expect(result.captions.length).toBeGreaterThan(0);
  expect(result.captions.length).toBeLessThanOrEqual(3);
  expect(result.altText?.text).not.toBe('');
  const texts = [...result.captions.map(({ text }) => text), result.altText?.text];
  expect(new Set(texts).size).toBe(texts.length);
  for (const { meanLogProbability } of [...result.captions, result.altText ?? []].flat()) {
    expect(meanLogProbability).toBeLessThan(0);
  }
  const probabilities = result.hashtags.map(({ probability }) => probability);
  expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
  expect(events[0]).toEqual({ type: 'encoded' });
  const done = events.flatMap((event) => (event.type === 'part' ? [event.part] : []));
  expect([...done].sort()).toEqual([...ALL].sort());
});

test('English has another tone among its captions, Korean has not', async () => {
  const tones = async (language: 'en' | 'ko') => {
    const { result } = await compose({ language });
    return new Set(result.captions.map(({ tone }) => tone));
  };
  expect(await tones('en')).toContain('romantic');
  expect(await tones('ko')).toEqual(new Set(['everyday']));
});

test('the last words that streamed are the words of the result', async () => {
  const { result, events } = await compose({ alternatives: 1, beamWidth: 1 });
  const last = (part: Part) =>
    events.findLast((event) => event.type === 'token' && event.part === part);
  expect(last('caption')).toMatchObject({ text: result.captions[0]?.text });
  // Only the model's own full stop streams.
  const altText = result.altText?.text ?? '';
  const streamed = last('alt-text');
  expect(streamed?.type === 'token' && altText.startsWith(streamed.text)).toBe(true);
});

test('the same photo is looked at once, whatever is asked', async () => {
  const first = await compose({ photoId: 'a' });
  expect(first.reads).toBe(1);
  expect(first.result.timings.encoder).not.toBeNull();
  const again = await compose({ photoId: 'a' });
  expect(again.reads).toBe(0);
  expect(again.result.timings).toMatchObject({ encoder: null, start: null });
  expect(again.result.captions).toEqual(first.result.captions);
  expect((await compose({ photoId: 'a', language: 'ko' })).reads).toBe(0);
  const other = await compose({ photoId: 'b' }, { file: '02.png' });
  expect(other.reads).toBe(1);
  expect(other.result.altText).not.toEqual(first.result.altText);
});

test('what is not asked for is not written', async () => {
  const { result, events } = await compose({ parts: ['hashtags'] });
  expect(result).toMatchObject({ captions: [], altText: null, confidence: null });
  expect(events.map(({ type }) => type)).toEqual(['encoded', 'part']);
  expect(result.timings.stepCount).toBeLessThanOrEqual(9);
});

test('a job stops where it was told to, and the next one is whole', async () => {
  const whole = await compose();
  await expect(compose({}, { stopAfter: 5 })).rejects.toBeInstanceOf(DecodeStopped);
  await expect(compose({}, { stopAfter: 0 })).rejects.toBeInstanceOf(DecodeStopped);
  const next = await compose();
  expect(next.result.captions).toEqual(whole.result.captions);
  expect(next.result.altText).toEqual(whole.result.altText);
});
