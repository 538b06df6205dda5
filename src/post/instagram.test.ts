import { describe, expect, it } from 'vitest';
import { countCharacters, trimToLimit } from './instagram.ts';

const FAMILY = '👨‍👩‍👧‍👦';

describe('countCharacters', () => {
  it('counts the composed text, so that NFD and NFC take the same', () => {
    expect(countCharacters('한마디'.normalize('NFD'))).toBe(3);
    expect(countCharacters('a🌊')).toBe(3);
  });
});

describe('trimToLimit', () => {
  it('leaves a text that fits alone', () => {
    expect(trimToLimit('한마디', 3)).toBe('한마디');
  });

  it('never splits an emoji or a syllable', () => {
    expect(trimToLimit(`a${FAMILY}b`, 5)).toBe('a');
    expect(trimToLimit(`a${FAMILY}b`, 1 + FAMILY.length)).toBe(`a${FAMILY}`);
    expect(trimToLimit('한글'.normalize('NFD'), 1)).toBe('한');
  });
});
