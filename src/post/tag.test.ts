import { describe, expect, it } from 'vitest';
import { hasTag, splitTags, tagKey, toTag, uniqueTags } from './tag.ts';

const NFD = '바다'.normalize('NFD');

describe('toTag', () => {
  it.each([
    ['바다', '바다'],
    ['#Sunset', 'Sunset'],
    ['k-pop', 'kpop'],
    ['snake_case', 'snake_case'],
    ['2024여름', '2024여름'],
    ['día', 'día'],
    ['हिन्दी', 'हिन्दी'],
    [NFD, '바다'],
    ['love🌊', 'love'],
  ])('makes %j into %j', (written, tag) => {
    expect(toTag(written)).toBe(tag);
  });

  it.each(['', '#', '2024', '٣٤', '🌊', '!!!'])('refuses %j', (written) => {
    expect(toTag(written)).toBeNull();
  });
});

describe('splitTags', () => {
  it('parts by spaces, commas and number signs of any width', () => {
    expect(splitTags('#바다 #여름, 휴가＃제주，sea\n#2024')).toEqual([
      '바다',
      '여름',
      '휴가',
      '제주',
      'sea',
    ]);
  });
});

describe('identity', () => {
  it('ignores composition, letter case and width', () => {
    expect(tagKey('Ｓea')).toBe(tagKey('sEA'));
    expect(tagKey(NFD)).toBe(tagKey('바다'));
    expect(hasTag(['Sea'], 'ｓｅａ')).toBe(true);
    expect(hasTag(['sea'], 'seas')).toBe(false);
  });

  it('keeps the first of twins', () => {
    expect(uniqueTags(['Sea', '바다', 'SEA', NFD])).toEqual(['Sea', '바다']);
  });
});
