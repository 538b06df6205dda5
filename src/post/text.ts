import { type Post } from './post.ts';

/** The tags as Instagram reads them: `#one #two`. */
export function tagText(tags: readonly string[]): string {
  return tags.map((tag) => `#${tag}`).join(' ');
}

/** What is copied and shared: the caption, a blank line, the tags. NFC throughout. */
export function postText({ caption, tags }: Pick<Post, 'caption' | 'tags'>): string {
  return [caption.trim(), tagText(tags)]
    .filter((part) => part !== '')
    .join('\n\n')
    .normalize('NFC');
}
