import { expect, test } from 'vitest';
import { inOrder } from './order.ts';
import { probabilityOf, scoreBook, scoreWritten, type Ranking } from './score.ts';
import { bookOf, RANKING, SCENE, type TestLine } from './testBook.testing.ts';

const score = (line: TestLine, change: Partial<Ranking>, before: readonly TestLine[] = []) =>
  scoreBook(bookOf([...before, line]), SCENE, { ...RANKING, ...change }).at(-1) ?? NaN;

const ONLY = { bias: 0, match: 0, required: 0, agreement: 0, rarity: 0, photo: 0 };

test('match: the cosine of photo and text', () => {
  expect(score({ text: 'x', at: 60 }, {})).toBeCloseTo(0.5, 1);
  expect(score({ text: 'x', at: 180, kind: 2 }, {})).toBeCloseTo(-1, 5);
});

test('photo: the cosine of the photo and that of the line, whichever lines come before', () => {
  const photo = { ...ONLY, photo: 2 };
  const before = [
    { text: 'a', at: 0, kind: 0, photoAt: 180 },
    { text: 'b', at: 0, kind: 1 },
    { text: 'c', at: 0, kind: 0, photoAt: 90, required: [2] },
  ];
  const line = { text: 'x', at: 180, kind: 0, photoAt: 60 };
  expect(score(line, { photo }, before)).toBeCloseTo(1, 1);
  // The dropped one has a photo all the same.
  expect(score(line, { photo, floor: 0.01 }, before)).toBeCloseTo(1, 1);
});

test('required: the logarithms of what must be there, at least that of a hundredth', () => {
  const concept = { ...ONLY, required: 1 };
  const of = (required: readonly number[]) => score({ text: 'x', at: 0, required }, { concept });
  expect(of([])).toBe(0);
  expect(of([0, 1])).toBeCloseTo(Math.log(0.9) + Math.log(0.5), 5);
  expect(of([2])).toBeCloseTo(Math.log(0.01), 5);
});

test('agreement is a mean over all tags, rarity a sum over the required ones', () => {
  const line = { text: 'x', at: 0, tags: [0, 1], required: [1] };
  expect(score(line, { concept: { ...ONLY, agreement: 1 } })).toBeCloseTo(0.7, 5);
  expect(score({ ...line, tags: [] }, { concept: { ...ONLY, agreement: 1 } })).toBe(0);
  expect(score(line, { concept: { ...ONLY, rarity: 1 } })).toBe(2);
  expect(score({ ...line, required: [0, 1] }, { concept: { ...ONLY, rarity: 1 } })).toBe(3);
});

test('a line that would come too often is set back', () => {
  expect(score({ text: 'x', at: 0, handicap: 0.25 }, {})).toBeCloseTo(0.75, 5);
});

test('a line that requires what is not there is dropped', () => {
  const line = { text: 'x', at: 0, tags: [2], required: [0, 2] };
  expect(score(line, { floor: 0.01 })).toBe(-Infinity);
  expect(score({ ...line, required: [0] }, { floor: 0.01 })).toBeGreaterThan(0);
  expect(score({ ...line, kind: 2 }, { floor: 0.01 })).toBe(-Infinity);
});

test('a concept that the pack does not know is not there', () => {
  const book = bookOf([{ text: 'x', at: 0, required: [0] }], { concepts: ['moon', 'dog', 'snow'] });
  expect([...scoreBook(book, SCENE, { ...RANKING, floor: 0.01 })]).toEqual([-Infinity]);
});

test('what the decoder wrote counts by its match and by how sure it was', () => {
  const written = { bias: 1, match: 2, logProbability: 3 };
  expect(scoreWritten({ ...RANKING, written }, 0.5, -1)).toBeCloseTo(-1, 5);
  expect(probabilityOf(0)).toBe(0.5);
  expect(probabilityOf(Math.log(3))).toBeCloseTo(0.75, 5);
});

test('in order: as sorted, equals by index, without what was dropped', () => {
  const scores = Float32Array.from({ length: 1_000 }, (_, line) => (line * 7_919) % 101);
  scores[5] = -Infinity;
  scores[6] = NaN;
  const lines = [...scores.keys()].filter((line) => line !== 5 && line !== 6);
  const sorted = lines.toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  expect([...inOrder(scores)]).toEqual(sorted);
  expect([...inOrder(new Float32Array())]).toEqual([]);
});
