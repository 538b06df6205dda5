import { describe, expect, it } from 'vitest';
import { FAILURE_CODES } from '../../workers/captioner/contract.ts';
import { en } from './en.ts';
import { browserLanguage } from './i18n.ts';
import { ko } from './ko.ts';

/** Every text of a language under its full key. */
function flatten(words: object, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(words) as [string, unknown][]) {
    if (typeof value === 'string') flat.set(prefix + key, value);
    else for (const entry of flatten(value as object, `${prefix}${key}.`)) flat.set(...entry);
  }
  return flat;
}

const ENGLISH = flatten(en);
const KOREAN = flatten(ko);

const placeholders = (text: string | undefined) =>
  [...(text ?? '').matchAll(/\{\{.+?\}\}/g)].map(String).sort();

describe('words', () => {
  it('have the same keys in both languages, none of them empty', () => {
    expect([...KOREAN.keys()].sort()).toEqual([...ENGLISH.keys()].sort());
    expect([...ENGLISH.values(), ...KOREAN.values()]).not.toContain('');
  });

  it('fill in the same things in both languages', () => {
    for (const [key, text] of ENGLISH) {
      expect(placeholders(KOREAN.get(key)), key).toEqual(placeholders(text));
    }
  });

  it('are Korean in Korean, but for names', () => {
    const NAMES = new Set(['app.otherLanguage', 'post.en']);
    for (const [key, text] of KOREAN) {
      if (!NAMES.has(key)) expect(text, key).toMatch(/\p{Script=Hangul}|^[.…]+$/u);
    }
  });

  it.each(FAILURE_CODES)('say what to do about %s', (code) => {
    expect(en.failure[code]).toMatch(/[.!]$/);
    expect(ko.failure[code]).toMatch(/[.!]$/);
  });
});

describe('browserLanguage', () => {
  it('takes the first language that we have', () => {
    expect(browserLanguage(['fr-FR', 'ko-KR', 'en'])).toBe('ko');
    expect(browserLanguage(['en-GB', 'ko'])).toBe('en');
    expect(browserLanguage(['fr'])).toBe('en');
  });
});
