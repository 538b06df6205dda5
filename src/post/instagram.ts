/** Instagram's limit since December 2025; a post over it can lose its whole caption. */
export const TAG_LIMIT = 5;

export const CAPTION_LIMIT = 2200;

/**
 * How much of the caption limit a text takes. Instagram does not say how it counts, so the
 * strictest of the usual ways is used: UTF-16 code units of the NFC text. A text that fits here
 * fits in any of them (graphemes, code points).
 */
export function countCharacters(text: string): number {
  return text.normalize('NFC').length;
}
