import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { table } from './markdown.ts';
import { readResults, writeResults, type Results } from './results.ts';
import { resultsPage } from './tables.ts';

const variety = {
  distinct: 0.5,
  most_frequent: 0.25,
  most_frequent_text: 'a dog',
  learnt_by_heart: 0.1,
  repeated_bigram: 0.02,
  repeated_run: 0.01,
  words: 9,
};
const figure = (value: number): Results['scores']['groups'][string]['figures'][string] => ({
  value,
  low: value - 1,
  high: value + 1,
});

const results: Results = {
  version: 1,
  pack: 'toy',
  split: 'test',
  date: '2026-11-27T15:00:00.000Z',
  photos: 1909,
  limit: null,
  files: { encoder: { path: 'encoders/x.onnx', bytes: 5_000_000, sha256: 'abcdef0123456789' } },
  decoding: {},
  hashtags: {},
  runtime: { onnxruntime: '1.30.0', node: '20', threads: 1 },
  scores: {
    version: 1,
    split: 'test',
    samples: 1000,
    seed: 1,
    groups: {
      'plain-en': {
        photos: 1000,
        photosInSplit: 1000,
        figures: {
          'BLEU-1': figure(60),
          'BLEU-2': figure(40),
          'BLEU-3': figure(30),
          'BLEU-4': figure(20),
          'ROUGE-L': figure(50),
          CIDEr: figure(55.55),
          METEOR: { value: 21 },
        },
        scoredPhotos: 1000,
        referencesPerPhoto: 5,
        variety: { ...variety, repeated_word: 0.3 },
        referenceVariety: { ...variety, distinct: 1, repeated_word: 0.04 },
        cutOff: 0,
      },
      'romantic-en': {
        photos: 1909,
        photosInSplit: 1909,
        figures: {},
        scoredPhotos: 0,
        variety,
        referenceVariety: null,
        cutOff: null,
      },
      hashtags: {
        photos: 1909,
        photosInSplit: 1909,
        figures: { precision: figure(0.6), recall: figure(0.5), F1: figure(0.545) },
        distinctConcepts: 200,
        tagsPerPhoto: 5.5,
        bySource: { f8k: { photos: 1000, F1: 0.5 } },
      },
    },
  },
  comparison: {
    bytes: 40_000_000,
    sameOutput: { 'plain-en': 0.9 },
    differences: {
      'plain-en': {
        photos: 1000,
        figures: { CIDEr: { first: 55.5, second: 56, difference: -0.5, low: -1, high: 0.2 } },
      },
    },
  },
};

/** The cells of the table row that begins with `name`. */
function row(page: string, name: string): string[] {
  const line = page.split('\n').find((text) => text.startsWith(`| ${name}`)) ?? '';
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

test('figures stand with their intervals, and the prototype beside them, marked', async () => {
  const page = await resultsPage([results]);
  expect(row(page, 'plain English, Flickr8k').slice(1)).toEqual([
    '1000',
    '60.0 / 40.0 / 30.0',
    '20.0 [19.0, 21.0]',
    '21.0',
    '50.0',
    '55.5 [54.5, 56.5]',
  ]);
  expect(row(page, '† plain-en')).toContain('57.2');
  expect(row(page, 'hashtags, as')[3]).toBe('0.545 [-0.455, 1.545]');
});

test('a task without references is in the table of variety alone', async () => {
  const page = await resultsPage([results]);
  expect(page.match(/^\| romantic English/gmu)).toHaveLength(1);
  expect(row(page, 'romantic English').slice(1, 3)).toEqual(['50.0 %', '25.0 %']);
});

test('repeated words stand beside those of the references, where they were measured', async () => {
  const page = await resultsPage([results]);
  const section = page.slice(page.indexOf('(repeated word'));
  const column = row(section, 'captions').indexOf('repeated word');
  expect(row(section, 'plain English, Flickr8k')[column]).toBe('30.0 % (4.0 %)');
  expect(row(section, 'romantic English')[column]).toBe('–');
});

test('the difference to float weights is signed and has its paired interval', async () => {
  const page = await resultsPage([results]);
  const section = page.slice(page.indexOf('### Against float weights'));
  expect(row(section, 'plain English, Flickr8k').slice(2)).toEqual([
    'CIDEr',
    '56.0',
    '55.5',
    '−0.5 [−1.0, +0.2]',
    '90.0 %',
  ]);
});

test('a part of the split says so', async () => {
  expect(await resultsPage([{ ...results, limit: 8, photos: 8 }])).toContain(
    '8 evenly spaced photos only',
  );
});

test('tables have a rule below the header', () => {
  expect(table(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --: |\n| 1 | 2 |');
});

test('results are read back as they were written, and bad ones refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hanmadi-'));
  try {
    expect(readResults(join(folder, 'none'))).toEqual([]);
    writeResults(folder, results);
    expect(readResults(folder)).toEqual([results]);
    writeFileSync(join(folder, 'bad-test.json'), '{"version": 2}');
    expect(() => readResults(folder)).toThrow('bad-test.json');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
