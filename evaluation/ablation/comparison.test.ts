import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  comparisonPath,
  gapBetween,
  isFinding,
  readComparison,
  spreadOf,
  writeComparison,
} from './comparison.ts';
import { comparison, difference } from './samples.ts';

test('quartiles', () => {
  expect(spreadOf([4, 1, 3, 2, 5])).toEqual({ median: 3, low: 2, high: 4 });
  expect(spreadOf([1, 2])).toEqual({ median: 1.5, low: 1.25, high: 1.75 });
});

test('a difference is a finding when its interval leaves zero out', () => {
  expect(isFinding(difference(0.1, 2))).toBe(true);
  expect(isFinding(difference(-2, -0.1))).toBe(true);
  expect(isFinding(difference(-0.1, 2))).toBe(false);
  expect(isFinding(difference(0, 2))).toBe(false);
});

test('the gap between two differences is as wide as both of them together', () => {
  // By hand: 5 − 1 = 4, and a right triangle of 3 and 4 on either side.
  const first = { difference: 5, low: 2, high: 9 };
  const second = { difference: 1, low: -2, high: 5 };
  expect(gapBetween(first, second)).toEqual({ difference: 4, low: -1, high: 9 });
  expect(gapBetween(first, first)).toMatchObject({ difference: 0, low: -5, high: 5 });
});

test('what is written is read back, and another thing refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ablation-'));
  try {
    const path = comparisonPath(folder, 'test');
    const file = comparison(() => difference(-1, 1));
    writeComparison(path, file);
    expect(readComparison(path)).toEqual(file);
    writeFileSync(path, '{"version": 2}');
    expect(() => readComparison(path)).toThrow('test.json');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
