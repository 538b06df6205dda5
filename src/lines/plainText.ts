import { type WrittenLine } from './ownLine.ts';

/** One line of the text, one line of the person's; empty ones are none. */
export function readText(text: string): WrittenLine[] {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map((line, index) => ({ at: index + 1, text: line, tags: [] }))
    .filter((line) => line.text.trim() !== '');
}
