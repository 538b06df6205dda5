import { SHORT_CAPTION, type Language, type Tone, type Wishes } from '../contract.ts';

/** Signs such as © are text to people, though Unicode counts them among the pictographs. */
const EMOJI = /(?![©®™])\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
/** One code unit each, and nothing that joins: as many characters as code units. */
const PLAIN = /^[\u0020-\u02ff\u2010-\u2027\u3000-\u3029\u3131-\u318e\uac00-\ud7a3]*$/u;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A test of whether a line is as a person wishes. */
export function wishFilter(
  { tone, length, emoji, banned }: Wishes,
  language: Language,
): (text: string, tone: Tone | null) => boolean {
  const words = banned.map((word) => fold(word.trim())).filter((word) => word !== '');
  const most = SHORT_CAPTION[language];
  return (text, itsTone) =>
    (tone === null || (itsTone ?? 'everyday') === tone) &&
    (length === null || isLonger(text, most) === (length === 'long')) &&
    (emoji === null || EMOJI.test(text) === emoji) &&
    (words.length === 0 || holdsNone(fold(text), words));
}

function holdsNone(text: string, words: readonly string[]): boolean {
  return !words.some((word) => text.includes(word));
}

/** Whether a text has more characters, as people count them. */
function isLonger(text: string, most: number): boolean {
  if (text.length <= most) return false;
  return PLAIN.test(text) || Array.from(graphemes.segment(text)).length > most;
}

/** NFC without letter case. By way of capitals: "ß" and "SS" are the same word. */
export function fold(text: string): string {
  return text.normalize('NFC').toUpperCase().toLowerCase();
}

/** What two texts have in common that say the same: letters and digits; of a text without any, its signs. */
export function sameness(text: string): string {
  const folded = fold(text);
  const said = folded.replace(/[^\p{L}\p{N}]/gu, '');
  return said === '' ? folded.replace(/\s/gu, '') : said;
}
