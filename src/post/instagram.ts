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

/**
 * The longest beginning of a text that fits, by `countCharacters`. Never splits what a reader sees
 * as one character: an emoji, a flag, a syllable.
 */
export function trimToLimit(text: string, limit: number): string {
  const normal = text.normalize('NFC');
  if (normal.length <= limit) return normal;
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter().segment(normal)) {
    if (index + segment.length > limit) break;
    end = index + segment.length;
  }
  return normal.slice(0, end);
}
