import { describe, expect, it } from 'vitest';
import { lineKey, lineLanguage, LINE_LIMIT, sortLines } from './ownLine.ts';
import { readText } from './plainText.ts';

const sort = (text: string, kept: readonly string[] = []) =>
  sortLines(
    readText(text),
    kept.map((line) => ({ text: line, tags: [] })),
  );

describe('sortLines', () => {
  it('takes lines in NFC, and leaves out empty ones', () => {
    const { added, known } = sort(`${'바다'.normalize('NFD')}\r\n \r\n\n  여름 🌊 \n`);
    expect(added.map(({ text }) => text)).toEqual(['바다', '여름 🌊']);
    expect(known).toBe(0);
  });

  it('takes each line once, whatever its composition, case and white space', () => {
    const { added, known } = sort(`Sea  at last\nsea at LAST\nStraße\nSTRASSE\n바다`, [
      '바다'.normalize('NFD'),
    ]);
    expect(added.map(({ text }) => text)).toEqual(['Sea  at last', 'Straße']);
    expect(known).toBe(3);
  });

  it("refuses what is longer than Instagram's captions, and what cannot be read", () => {
    const long = 'a'.repeat(2201);
    const { added, refused } = sort(`ok\n${long}\nb\uFFFDd\n${'b'.repeat(2200)}`);
    expect(added.map(({ text }) => text.length)).toEqual([2, 2200]);
    expect(refused).toEqual([
      { at: 2, text: long, reason: 'too-long' },
      { at: 3, text: 'b\uFFFDd', reason: 'unreadable' },
    ]);
  });

  it('refuses what there is no room for; what is there already does not need any', () => {
    const kept = Array.from({ length: LINE_LIMIT - 1 }, (_, index) => `line ${index}`);
    const { added, known, refused } = sort('new one\nline 7\nanother', kept);
    expect(added.map(({ text }) => text)).toEqual(['new one']);
    expect(known).toBe(1);
    expect(refused).toEqual([{ at: 3, text: 'another', reason: 'full' }]);
  });

  it('drops characters that steer a machine, not joiners of emoji', () => {
    expect(sort('a\u0000b\u0007 👨‍👩‍👧').added[0]?.text).toBe('ab 👨‍👩‍👧');
  });

  it('takes each tag once', () => {
    const written = [{ at: 1, text: 'a', tags: ['Sea', 'SEA', '바다'] }];
    expect(sortLines(written, []).added[0]?.tags).toEqual(['Sea', '바다']);
  });
});

describe('lineKey', () => {
  it('tells different lines apart', () => {
    expect(lineKey('바다!')).not.toBe(lineKey('바다'));
    expect(lineKey('sea 🌊')).not.toBe(lineKey('sea'));
  });
});

describe('lineLanguage', () => {
  it('is Korean as soon as there is Hangul', () => {
    expect(lineLanguage('Seoul의 밤')).toBe('ko');
    expect(lineLanguage('Café, 3 a.m. ☕')).toBe('en');
  });
});
