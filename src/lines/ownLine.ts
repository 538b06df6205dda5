import { type Language, type OwnLine } from '../../workers/captioner/contract.ts';
import { CAPTION_LIMIT, countCharacters } from '../post/instagram.ts';
import { uniqueTags } from '../post/tag.ts';
import { REPLACEMENT } from './decodeText.ts';

/** So many lines a person may bring: a lifetime of captions, and still a matter of milliseconds. */
export const LINE_LIMIT = 20_000;
/** Instagram's own limit of old; tags beyond it say nothing about a photo. */
const TAGS_KEPT = 30;

/** A line as it was found in what somebody pasted or chose. */
export interface WrittenLine {
  /** Where it stood: line of the text, or row of the table, from 1. */
  readonly at: number;
  readonly text: string;
  readonly tags: readonly string[];
}

export type RefusalReason = 'too-long' | 'unreadable' | 'full';

/** A line that was not taken, and why. */
export interface Refusal {
  readonly at: number;
  readonly text: string;
  readonly reason: RefusalReason;
}

/** What is to become of the lines that somebody brought. */
export interface Sorted {
  readonly added: readonly OwnLine[];
  /** How many were there already, or came twice. */
  readonly known: number;
  readonly refused: readonly Refusal[];
}

/** Parts new lines from those that are there, and from those that cannot be taken. Empty ones are no lines. */
export function sortLines(written: readonly WrittenLine[], kept: readonly OwnLine[]): Sorted {
  const seen = new Set(kept.map(({ text }) => lineKey(text)));
  const added: OwnLine[] = [];
  const refused: Refusal[] = [];
  let known = 0;
  for (const { at, text: raw, tags } of written) {
    const text = cleanText(raw);
    if (text === '') continue;
    const key = lineKey(text);
    const reason = seen.has(key) ? null : whyRefused(text, kept.length + added.length);
    if (seen.has(key)) known += 1;
    else if (reason !== null) refused.push({ at, text, reason });
    else {
      seen.add(key);
      added.push({ text, tags: uniqueTags(tags).slice(0, TAGS_KEPT) });
    }
  }
  return { added, known, refused };
}

/** NFC, one kind of line end, nothing around it, and no characters that only steer a machine. */
function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();
}

function whyRefused(text: string, count: number): RefusalReason | null {
  if (countCharacters(text) > CAPTION_LIMIT) return 'too-long';
  if (text.includes(REPLACEMENT)) return 'unreadable';
  return count >= LINE_LIMIT ? 'full' : null;
}

/** Identity of a line: two that differ only in composition, letter case or white space are the same. */
export function lineKey(text: string): string {
  return (
    text
      .normalize('NFC')
      // Upper case first: that is how `ß` and `SS` meet, as in Unicode's case folding.
      .toUpperCase()
      .toLowerCase()
      .replace(/\s+/gu, ' ')
      .trim()
  );
}

/** The language whose posts a line is offered for. */
export function lineLanguage(text: string): Language {
  return /\p{Script=Hangul}/u.test(text) ? 'ko' : 'en';
}
