import { expect, test } from 'vitest';
import { NO_WISHES, type Language, type Tone, type Wishes } from '../contract.ts';
import { sameness, wishFilter } from './wishes.ts';

const passes = (
  wishes: Partial<Wishes>,
  text: string,
  tone: Tone | null = null,
  language: Language = 'en',
) => wishFilter({ ...NO_WISHES, ...wishes }, language)(text, tone);

test('no wish lets everything pass', () => {
  expect(passes({}, 'Anything 🐶', 'calm')).toBe(true);
});

test('tone: a line that says none is an everyday one', () => {
  expect(passes({ tone: 'romantic' }, 'x', 'romantic')).toBe(true);
  expect(passes({ tone: 'romantic' }, 'x', 'funny')).toBe(false);
  expect(passes({ tone: 'romantic' }, 'x', null)).toBe(false);
  expect(passes({ tone: 'everyday' }, 'x', null)).toBe(true);
});

const FAMILY = '👨‍👩‍👧‍👦';

test.each([
  { text: 'x'.repeat(45), language: 'en', short: true },
  { text: 'x'.repeat(46), language: 'en', short: false },
  { text: '가'.repeat(25), language: 'ko', short: true },
  { text: '가'.repeat(26), language: 'ko', short: false },
  // Characters as people count them.
  { text: '가'.repeat(25).normalize('NFD'), language: 'ko', short: true },
  { text: FAMILY.repeat(25), language: 'ko', short: true },
  { text: FAMILY.repeat(26), language: 'ko', short: false },
  { text: `${'가'.repeat(24)}👍🏽`, language: 'ko', short: true },
  { text: 'é'.repeat(45).normalize('NFD'), language: 'en', short: true },
] as const)('length of $text: short $short', ({ text, language, short }) => {
  expect(passes({ length: 'short' }, text, null, language)).toBe(short);
  expect(passes({ length: 'long' }, text, null, language)).toBe(!short);
});

test.each([
  { text: 'a dog', has: false },
  { text: '#1 dog © 2025™ 100%', has: false },
  { text: 'a dog 🐶', has: true },
  { text: 'love ❤', has: true },
  { text: 'love ❤️', has: true },
  { text: '🇰🇷', has: true },
  { text: 'number 1️⃣', has: true },
])('emoji in $text: $has', ({ text, has }) => {
  expect(passes({ emoji: true }, text)).toBe(has);
  expect(passes({ emoji: false }, text)).toBe(!has);
});

test.each([
  { banned: ['DOG'], text: 'my doggo', pass: false },
  { banned: ['cat', ' ', ''], text: 'my doggo', pass: true },
  { banned: [' 바다 '], text: '바다로 가자'.normalize('NFD'), pass: false },
  { banned: ['바다'.normalize('NFD')], text: '바다로 가자', pass: false },
  { banned: ['STRASSE'], text: 'die Straße', pass: false },
  { banned: ['.'], text: 'no stop', pass: true },
])('banned $banned in $text', ({ banned, text, pass }) => {
  expect(passes({ banned }, text)).toBe(pass);
});

test('the same words are the same, whatever stands between them', () => {
  expect(sameness('Just a DOG!')).toBe(sameness('just a dog'));
  expect(sameness('오늘은, 바다')).toBe(sameness('오늘은 바다 🌊'.normalize('NFD')));
  expect(sameness('🐶')).not.toBe(sameness('🐱'));
  expect(sameness('🐶 🐶')).toBe(sameness('🐶🐶'));
});
