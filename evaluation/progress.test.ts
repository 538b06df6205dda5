import { expect, test } from 'vitest';
import { progressLine } from './progress.ts';

test('says how many, how fast, and how long still', () => {
  expect(progressLine('test', 120, 1909, 20)).toBe('test 120/1909 · 6.0 photos/s · 4:58 left');
  expect(progressLine('test', 8, 8, 2)).toBe('test 8/8 · 4.0 photos/s · 0:00 left');
});
