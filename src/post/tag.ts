/**
 * The one rule for what a hashtag is, for typing, pasting and the model's suggestions alike:
 * letters of any script, digits and underscores, with at least one that is not a digit.
 */

const SEPARATORS = /[\s,#＃،、，·]+/u;
const FORBIDDEN = /[^\p{L}\p{M}\p{N}_]/gu;
const DIGITS_ONLY = /^\p{N}*$/u;

/**
 * Makes a tag of what somebody wrote: no `#`, NFC, characters that a tag cannot hold left out.
 * @returns `null` when no tag remains (nothing, or digits only).
 */
export function toTag(written: string): string | null {
  const tag = written.normalize('NFC').replace(FORBIDDEN, '');
  return DIGITS_ONLY.test(tag) ? null : tag;
}

/** The tags in a text: parted by spaces, commas or `#`. */
export function splitTags(text: string): string[] {
  return text
    .split(SEPARATORS)
    .map(toTag)
    .filter((tag) => tag !== null);
}

/** Identity of a tag: two that differ only in composition, letter case or width are the same. */
export function tagKey(tag: string): string {
  return tag.normalize('NFKC').toLowerCase().normalize('NFC');
}

export function hasTag(tags: readonly string[], tag: string): boolean {
  const key = tagKey(tag);
  return tags.some((other) => tagKey(other) === key);
}

/** The tags without later twins, in order. */
export function uniqueTags(tags: readonly string[]): string[] {
  const seen = new Set<string>();
  return tags.filter((tag) => {
    const key = tagKey(tag);
    return seen.has(key) ? false : seen.add(key);
  });
}
