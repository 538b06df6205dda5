import { describe, expect, it } from 'vitest';
import { rankHashtags } from './hashtags.ts';
import { bannedTokens, saidWords, wordForms } from './ngrams.ts';
import { logSumExp } from './scores.ts';
import { allowedTokens, searchFor, vocabularySize, type TokenTable } from './tasks.ts';
import { conceptsOf, forPeople, textOf } from './text.ts';

const TABLE: TokenTable = {
  pieces: ['<unk>', '<s>', '</s>', '▁a', '▁dog', 's', '▁개', '가', '▁', '🐶', ','],
  unknown: 0,
  end: 2,
  tasks: { 'plain-en': 14, 'plain-ko': 15, hashtags: 16 },
  hashtags: [
    { id: 11, concept: 'dog', en: ['dog', 'dogsofinstagram'], ko: ['강아지', '댕댕이'] },
    { id: 12, concept: 'beach', en: ['beach'], ko: ['바다'] },
    { id: 13, concept: 'snow', en: ['snow'], ko: ['눈'] },
  ],
};

describe('the token table', () => {
  it('counts pieces, hashtags and tasks', () => {
    expect(vocabularySize(TABLE)).toBe(17);
  });

  it('allows what a task may say', () => {
    expect(allowedTokens(TABLE, 'hashtags')).toEqual([2, 11, 12, 13]);
    expect(allowedTokens(TABLE, 'plain-ko')).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(allowedTokens(TABLE, 'plain-en')).toEqual([2, 3, 4, 5, 8, 9, 10]);
  });

  it('refuses a task it does not know', () => {
    const settings = {
      beamWidth: 1,
      lengthExponent: 1,
      minLength: 1,
      maxLength: 2,
      noRepeatNgram: 0,
    };
    expect(searchFor(TABLE, 'plain-en', settings).settings.startToken).toBe(14);
    expect(() => searchFor(TABLE, 'romantic-en', settings)).toThrow(RangeError);
  });
});

describe('words', () => {
  const once: TokenTable = { ...TABLE, words: [[4], [6, 8]] };
  const settings = {
    beamWidth: 1,
    lengthExponent: 1,
    minLength: 1,
    maxLength: 2,
    noRepeatNgram: 0,
  };
  const onceOnly = (table: TokenTable, noRepeatWord?: boolean) => [
    ...(searchFor(table, 'plain-en', {
      ...settings,
      ...(noRepeatWord === undefined ? {} : { noRepeatWord }),
    }).settings.onceOnly ?? []),
  ];

  it('are said once where the task says so and the vocabulary knows them', () => {
    expect(onceOnly(once, true)).toEqual([
      [4, [4]],
      [6, [6, 8]],
      [8, [6, 8]],
    ]);
    expect(onceOnly(once, false)).toEqual([]);
    expect(onceOnly(once)).toEqual([]);
    expect(onceOnly(TABLE, true)).toEqual([]);
  });

  it('are taken by any of their forms', () => {
    const forms = wordForms([[4], [6, 8]]);
    expect([...saidWords([3, 8, 5], forms)]).toEqual([6, 8]);
    expect([...saidWords([4, 3, 6], forms)]).toEqual([4, 6, 8]);
    expect([...saidWords([3, 5], forms)]).toEqual([]);
  });
});

describe('text', () => {
  it('joins pieces as SentencePiece does', () => {
    expect(textOf(TABLE, [3, 4, 5, 10, 8, 9])).toBe('a dogs, 🐶');
    expect(textOf(TABLE, [6, 7])).toBe('개가');
    expect(textOf(TABLE, [])).toBe('');
    expect(textOf(TABLE, [3, 11, 16])).toBe('a');
    expect(conceptsOf(TABLE, [11, 13, 3])).toEqual(['dog', 'snow']);
  });

  it('writes plain English out', () => {
    expect(forPeople('plain-en', 'a dog and i run')).toBe('A dog and I run.');
    expect(forPeople('plain-en', '')).toBe('');
    expect(forPeople('plain-ko', '개가 달린다.')).toBe('개가 달린다.');
    expect(forPeople('instagram-en', 'just a dog')).toBe('just a dog');
  });

  it('composes Hangul, and cuts no emoji in half', () => {
    expect(forPeople('plain-ko', '개가'.normalize('NFD'))).toBe('개가');
    expect(forPeople('instagram-ko', '우리 👨‍👩‍👧  가족')).toBe('우리 👨‍👩‍👧 가족');
    expect(forPeople('instagram-en', 'us 👩\u200d')).toBe('us 👩');
  });
});

describe('hashtags', () => {
  const settings = { maximum: 2, decoderWeight: 0.5, threshold: 0.3 };

  it('weigh the decoder against the tag head', () => {
    const ranked = rankHashtags(
      TABLE,
      Float32Array.of(0.5, 0.1, 0.9),
      new Set(['beach']),
      settings,
    );
    expect(ranked.map(({ concept }) => concept)).toEqual(['beach', 'snow']);
    expect(ranked[0]?.probability).toBeCloseTo(0.55);
    expect(ranked[0]?.text).toEqual({ en: ['beach'], ko: ['바다'] });
  });

  it('keep the order of the lexicon between equals, and nothing below the threshold', () => {
    const none = rankHashtags(TABLE, new Float32Array(3), new Set(), settings);
    expect(none).toEqual([]);
    const equal = rankHashtags(TABLE, Float32Array.of(0.8, 0.8, 0.8), new Set(), settings);
    expect(equal.map(({ concept }) => concept)).toEqual(['dog', 'beach']);
  });
});

describe('arithmetic', () => {
  it('sums exponentials without overflow', () => {
    expect(logSumExp(Float32Array.of(1000, 1000))).toBeCloseTo(1000 + Math.LN2, 3);
    expect(logSumExp(Float32Array.of(-Infinity, 0))).toBe(0);
  });

  it('finds what would repeat an n-gram', () => {
    expect([...bannedTokens([3, 4, 3], 2)]).toEqual([4, 3]);
    expect([...bannedTokens([3, 4, 5, 3, 4], 3)]).toEqual([5, 4]);
    expect([...bannedTokens([3, 4, 3], 1)]).toEqual([3, 4]);
    expect([...bannedTokens([3, 4], 3)]).toEqual([4]);
    expect([...bannedTokens([], 2)]).toEqual([]);
    expect([...bannedTokens([3, 3], 0)]).toEqual([]);
  });
});
