import { describe, expect, it } from 'vitest';
import { countCharacters } from './instagram.ts';

describe('countCharacters', () => {
  it('counts the composed text, so that NFD and NFC take the same', () => {
    expect(countCharacters('한마디'.normalize('NFD'))).toBe(3);
    expect(countCharacters('a🌊')).toBe(3);
  });
});
