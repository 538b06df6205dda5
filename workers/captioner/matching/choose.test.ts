import { expect, test } from 'vitest';
import { NO_WISHES } from '../contract.ts';
import { chooseCaptions, type Order, type Supply } from './choose.ts';
import { at, bookOf, RANKING, SCENE, type TestLine } from './testBook.testing.ts';

const ORDER: Order = { language: 'en', count: 3, wishes: NO_WISHES, avoid: [] };
const NONE: Supply = { written: [], book: null, own: [] };

function choose(supply: Partial<Supply>, order: Partial<Order> = {}) {
  return chooseCaptions({ ...NONE, ...supply }, SCENE, RANKING, { ...ORDER, ...order });
}

const texts = (supply: Partial<Supply>, order: Partial<Order> = {}) =>
  choose(supply, order).map(({ text }) => text);

const written = (text: string, degrees: number) => ({
  text,
  tone: 'everyday' as const,
  meanLogProbability: -1,
  vector: at(degrees),
});

/** Far enough apart that none is another's twin. */
const FAN: readonly TestLine[] = [
  { text: 'third', at: 80 },
  { text: 'first', at: 0, tone: 3 },
  { text: 'fourth', at: 120 },
  { text: 'second', at: 40, tone: 2 },
  { text: 'fifth', at: 160 },
];

test('the best first, with what is known of them', () => {
  const options = choose({ book: bookOf(FAN) });
  expect(options).toEqual([
    expect.objectContaining({
      text: 'first',
      tone: 'romantic',
      source: 'book',
      confidence: 'sure',
    }),
    expect.objectContaining({ text: 'second', tone: 'funny', confidence: 'maybe' }),
    expect.objectContaining({ text: 'third', tone: null, meanLogProbability: null }),
  ]);
  expect(options[0]?.match).toBeCloseTo(1, 5);
  expect(options[0]?.probability).toBeCloseTo(1 / (1 + Math.exp(-1)), 5);
  expect(choose({ book: bookOf(FAN) }, { count: 0 })).toEqual([]);
  expect(choose({})).toEqual([]);
});

test('all sources in one order', () => {
  const supply = {
    written: [written('w', 40)],
    book: bookOf([{ text: 'b', at: 80 }]),
    own: [bookOf([{ text: 'mine', at: 0, kind: 2 }], { language: null })],
  };
  expect(choose(supply).map(({ text, source }) => [text, source])).toEqual([
    ['mine', 'own'],
    ['w', 'written'],
    ['b', 'book'],
  ]);
  expect(choose(supply)[1]?.meanLogProbability).toBe(-1);
});

test('one of the decoder’s and one of the book are always among them', () => {
  const own = [bookOf(FAN.map((line) => ({ ...line, kind: 2 })))];
  const supply = { written: [written('w', 170)], own, book: bookOf([{ text: 'b', at: 130 }]) };
  expect(texts(supply)).toEqual(['first', 'b', 'w']);
  expect(texts(supply, { count: 4 })).toEqual(['first', 'second', 'b', 'w']);
  expect(texts(supply, { count: 1 })).toEqual(['first']);
  // Where they exist.
  expect(texts({ own, book: supply.book })).toEqual(['first', 'second', 'b']);
});

test('what is always among them must fit as well, and differ', () => {
  const own = [bookOf(FAN.map((line) => ({ ...line, kind: 2 })))];
  const order = { wishes: { ...NO_WISHES, banned: ['w'] } };
  expect(texts({ own, written: [written('w', 170)] }, order)).toEqual(['first', 'second', 'third']);
  const twin = [written('like the first', 5), written('apart', 175)];
  const book = bookOf(FAN);
  expect(texts({ book, written: twin })).toEqual(['first', 'second', 'apart']);
});

test('a twin in other words is rather taken than nothing of its source', () => {
  const supply = { written: [written('like the first', 5)], book: bookOf(FAN) };
  expect(texts(supply)).toEqual(['first', 'like the first', 'second']);
  expect(texts({ ...supply, written: [written('First!', 5)] })).toEqual([
    'first',
    'second',
    'third',
  ]);
  // Also where there is room for it.
  const few = bookOf(FAN.slice(0, 2));
  expect(texts({ ...supply, book: few })).toEqual(['first', 'like the first', 'third']);
});

test('no twins: near vectors, or the same words', () => {
  const lines = [
    { text: 'best', at: 0 },
    { text: 'near', at: 20 },
    { text: 'BEST!', at: 60 },
    { text: 'apart', at: 61 },
  ];
  expect(texts({ book: bookOf(lines) })).toEqual(['best', 'apart']);
});

test('two lines at most rest on the same tags; without tags there is no such limit', () => {
  const required = [0, 1];
  const lines = FAN.map((line) => ({ ...line, required }));
  expect(texts({ book: bookOf(lines) })).toEqual(['first', 'second']);
  const other = lines.map((line) => (line.text === 'fourth' ? { ...line, required: [0] } : line));
  expect(texts({ book: bookOf(other) })).toEqual(['first', 'second', 'fourth']);
});

test('wishes hold for all sources; nothing is better than what was not wished for', () => {
  const supply = {
    written: [written('a dog', 20)],
    book: bookOf(FAN),
    own: [bookOf([{ text: 'mine', at: 100, tone: 3, kind: 2 }])],
  };
  const tone = (of: 'romantic' | 'calm') => ({ wishes: { ...NO_WISHES, tone: of } });
  expect(texts(supply, tone('romantic'))).toEqual(['first', 'mine']);
  expect(texts(supply, tone('calm'))).toEqual([]);
  const banned = ['FIRST', 'dog', 'mine'];
  expect(texts(supply, { wishes: { ...NO_WISHES, banned } })).toEqual([
    'second',
    'third',
    'fourth',
  ]);
});

test('what is to be avoided comes again only where nothing else fits', () => {
  const book = bookOf(FAN);
  const avoid = ['First.', 'second'];
  expect(texts({ book }, { avoid })).toEqual(['third', 'fourth', 'fifth']);
  expect(texts({ book }, { avoid: [...avoid, 'third', 'fourth'] })).toEqual(['fifth']);
  const all = FAN.map(({ text }) => text);
  expect(texts({ book }, { avoid: all })).toEqual(['first', 'second', 'third']);
});

test('own lines with Hangul are for Korean posts, others for English ones; a book for its language', () => {
  const lines = [
    { text: 'mine', at: 0, kind: 2 },
    { text: '내 문장', at: 60, kind: 2 },
  ];
  const own = [bookOf(lines, { language: null })];
  expect(texts({ own })).toEqual(['mine']);
  expect(texts({ own }, { language: 'ko' })).toEqual(['내 문장']);
  expect(texts({ own: [bookOf(lines, { language: 'ko' })] })).toEqual([]);
});
