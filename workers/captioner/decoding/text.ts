import { type TaskId } from '../contract.ts';
import { type TokenTable } from './tasks.ts';

/** The text of caption tokens, as SentencePiece joins its pieces. Hashtag and task tokens have none. */
export function textOf(table: TokenTable, tokens: readonly number[]): string {
  return tokens
    .map((token) => table.pieces[token] ?? '')
    .join('')
    .replaceAll('▁', ' ')
    .trim();
}

/** The concepts of hashtag tokens. */
export function conceptsOf(table: TokenTable, tokens: readonly number[]): string[] {
  const byId = new Map(table.hashtags.map((hashtag) => [hashtag.id, hashtag.concept]));
  return tokens.flatMap((token) => byId.get(token) ?? []);
}

/**
 * What people read: NFC, single spaces, no dangling joiner of an emoji that was cut. Plain English is decoded
 * in lower case without a full stop, and gets both back.
 */
export function forPeople(task: TaskId, raw: string): string {
  const text = raw
    .normalize('NFC')
    .replace(/\u200d(?!\p{Extended_Pictographic})/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (task !== 'plain-en' || text === '') return text;
  const sentence = text.charAt(0).toUpperCase() + text.slice(1).replace(/\bi\b/g, 'I');
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
