import { expect } from '@playwright/test';
import type { Language, PostText } from './composeScreen.ts';

const HANGUL = /\p{Script=Hangul}/u;

/** A whole post in one language: every part is there, and no part is in the other language. */
export function expectPost({ caption, hashtags, altText }: PostText, language: Language): void {
  const parts = [caption, altText, hashtags.join(' ')];
  for (const part of parts) {
    if (language === 'ko') expect(part).toMatch(HANGUL);
    else expect(part).not.toMatch(HANGUL);
  }
  for (const text of [caption, altText]) {
    expect(text).toMatch(/\p{Letter}\P{Letter}*\p{Letter}/u);
    expect(text).not.toMatch(/▁|<unk>|<\/?s>|undefined|NaN/u); // pieces that were not joined
  }
  expect(hashtags.length).toBeGreaterThan(0);
  for (const tag of hashtags) expect(tag).toMatch(/^#[\p{Letter}\p{Number}_]+$/u);
  expect(new Set(hashtags).size, 'no tag twice').toBe(hashtags.length);
}
