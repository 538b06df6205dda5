import { expect, test } from 'vitest';
import { layOut } from '../../workers/captioner/matching/book.ts';
import { captionsPage } from './captionsPage.ts';
import { drawn } from './draw.ts';
import { statisticsOf, type Offer } from './offers.ts';
import { recallOf } from './recall.ts';
import { Tagged } from './witness.ts';

const CONCEPTS = ['beach', 'dog', 'snow'];
const book = layOut(
  {
    language: 'en',
    space: 'test',
    dimensions: 1,
    concepts: CONCEPTS,
    rarity: [1, 1, 1],
    lines: [
      ['Paws & sand', 0, 0, [0, 1], [1]],
      ['So much snow', 1, 5, [2], [2]],
    ],
  },
  Int8Array.of(1, 2),
  Int8Array.of(3),
);

test('recall: how many other texts come before the own one', () => {
  const vectors = [Float32Array.of(1, 0), Float32Array.of(0, 1), Float32Array.of(0.6, 0.8)];
  const texts = [Float32Array.of(1, 0), Float32Array.of(0.6, 0.8), Float32Array.of(0, 1)];
  expect(recallOf(vectors, texts)).toEqual({ 1: 1 / 3, 5: 1, 10: 1 });
});

test('the witness: what a line requires, and whose photo it was written for', () => {
  const tagged = new Tagged(book);
  expect(tagged.witness('Paws & sand', ['dog', 'beach', 'sea', 'ball'])).toEqual({
    kind: 'photo',
    sharesHalf: true,
    holds: true,
  });
  expect(tagged.witness('Paws & sand', ['beach', 'sea', 'ball'])).toEqual({
    kind: 'photo',
    sharesHalf: false,
    holds: false,
  });
  expect(tagged.witness('So much snow', ['snow', 'dog', 'ball'])).toEqual({
    kind: 'concept',
    sharesHalf: null,
    holds: true,
  });
  expect(() => tagged.witness('Nobody wrote this', [])).toThrow('not in the book');
});

const offer = (change: Partial<Offer>): Offer => ({
  text: 'x',
  source: 'book',
  probability: 0.5,
  confidence: 'maybe',
  match: 0.1,
  witness: { kind: 'photo', sharesHalf: true, holds: true },
  ...change,
});

test('statistics: who is offered, how often, and what the sure ones are worth', () => {
  const sure = { confidence: 'sure', probability: 0.85 } as const;
  const statistics = statisticsOf([
    [offer(sure), offer({ source: 'written', witness: null, text: 'w' })],
    [
      offer({ ...sure, witness: { kind: 'photo', sharesHalf: false, holds: true } }),
      offer({ text: 'y', witness: { kind: 'concept', sharesHalf: null, holds: false } }),
    ],
  ]);
  expect(statistics).toMatchObject({
    photos: 2,
    offered: 4,
    distinct: 3,
    sources: { book: { all: 0.75, first: 1 }, written: { all: 0.25, first: 0 } },
    sure: { from: 0.85, lines: 2, sharesHalf: 0.5, holds: 1 },
  });
  expect(statistics.mostOffered[0]).toEqual({ text: 'x', share: 1 });
  expect(statistics.curve.find(({ from }) => from === 0.5)).toMatchObject({ lines: 1, holds: 0 });
});

test('the same seed draws the same photos, each once', () => {
  const items = Array.from({ length: 50 }, (_, at) => at);
  const first = drawn(items, 20, 1);
  expect(new Set(first).size).toBe(20);
  expect(drawn(items, 20, 1)).toEqual(first);
  expect(drawn(items, 20, 2)).not.toEqual(first);
  expect(drawn(items, 80, 1).toSorted((a, b) => a - b)).toEqual(items);
});

test('the page shows lines as text, with their sources', () => {
  const option = { match: 0.1, meanLogProbability: null, confidence: 'sure' } as const;
  const html = captionsPage({
    pack: 'toy',
    seed: 1,
    photos: 'photos',
    books: { ko: book, en: book },
    sheets: [
      {
        annotation: {
          photo: 'a/b',
          tags: ['dog'],
          texts: { 'plain-en': 'A "dog"', 'plain-ko': '', 'instagram-en': '', 'instagram-ko': '' },
        },
        offers: {
          ko: [],
          en: [
            { ...option, text: 'Paws & sand', source: 'book', tone: null, probability: 0.9 },
            { ...option, text: 'So much snow', source: 'book', tone: 'short', probability: 0.8 },
          ],
        },
      },
    ],
  });
  expect(html).toContain('Paws &amp; sand<br><small lang="en">book, photo line · 0.90 · sure');
  expect(html).toContain('book, concept line · short · 0.80');
  expect(html).toContain('src="photos/a_b.jpg" alt="A &quot;dog&quot;"');
});
