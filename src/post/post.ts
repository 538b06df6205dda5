import {
  type CaptionOption,
  type ComposeResult,
  type Confidence,
  type HashtagSuggestion,
  type Language,
  type Part,
  type Source,
  type Tone,
} from '../../workers/captioner/contract.ts';
import { TAG_LIMIT } from './instagram.ts';
import { hasTag, splitTags, toTag, uniqueTags } from './tag.ts';

/** A caption to choose from. */
export interface CaptionChoice {
  readonly text: string;
  /** `null` where none is said. */
  readonly tone: Tone | null;
  readonly source: Source;
  /** How well it fits the photo; `null` where that is not known. */
  readonly confidence: Confidence | null;
}

/** The words for one photo in one language: an immutable value. */
export interface Post {
  readonly language: Language;
  /** The pack that wrote it; `null` before anything was written. */
  readonly packId: string | null;
  /** Captions offered, best first. */
  readonly choices: readonly CaptionChoice[];
  /** All that were offered for this photo so far, those among them, in the order of their coming. */
  readonly shown: readonly CaptionChoice[];
  /** Others were asked for, and nothing was left that fits. */
  readonly exhausted: boolean;
  /** Whether the captions on offer come from the caption book too, or why not. */
  readonly book: ComposeResult['book'];
  /** The caption as it stands: a choice, or the person's own. */
  readonly caption: string;
  /** The person's own caption, kept while they look at the choices. */
  readonly ownCaption: string | null;
  /** Without `#`, in order. */
  readonly tags: readonly string[];
  /** Tags offered beyond those taken, most fitting first. */
  readonly suggestions: readonly string[];
  readonly altText: string;
  readonly confidence: Confidence | null;
  /** What the person touched; a later result leaves it alone. */
  readonly edited: Readonly<Record<'caption' | 'tags' | 'altText', boolean>>;
}

const MAX_SUGGESTIONS = 8;

export function emptyPost(language: Language): Post {
  return {
    language,
    packId: null,
    choices: [],
    shown: [],
    exhausted: false,
    book: 'none',
    caption: '',
    ownCaption: null,
    tags: [],
    suggestions: [],
    altText: '',
    confidence: null,
    edited: { caption: false, tags: false, altText: false },
  };
}

/** What a writing job was asked for. */
export interface Asked {
  readonly parts: readonly Part[];
  /** Captions other than those shown before. */
  readonly others: boolean;
}

/** Takes in what the model wrote. Whatever the person edited, or was not asked for, stays as it was. */
export function receiveResult(post: Post, result: ComposeResult, asked: Asked): Post {
  let next: Post = { ...post, packId: result.packId };
  if (asked.parts.includes('caption')) next = receiveCaptions(next, post, result, asked.others);
  if (asked.parts.includes('hashtags')) next = receiveTags(next, result.hashtags);
  if (asked.parts.includes('alt-text')) next = receiveAltText(next, result);
  return next;
}

function receiveAltText(post: Post, { altText, confidence }: ComposeResult): Post {
  if (post.edited.altText) return { ...post, confidence };
  return { ...post, altText: (altText?.text ?? '').normalize('NFC'), confidence };
}

function receiveCaptions(next: Post, before: Post, result: ComposeResult, others: boolean): Post {
  const offered = choicesOf(result.captions);
  const unseen = offered.filter(({ text }) => !isAmong(before.shown, text));
  // The worker offers old lines again when nothing else fits: then what is offered stays.
  if (others && unseen.length === 0) return { ...next, exhausted: true };
  const choices = others ? unseen : offered;
  // Words that stand there stay when nothing takes their place; half a sentence does not.
  const standing = before.packId === null ? '' : before.caption;
  return {
    ...next,
    choices,
    shown: [...before.shown, ...unseen],
    exhausted: false,
    book: result.book,
    caption: before.edited.caption ? before.caption : (choices[0]?.text ?? standing),
  };
}

function receiveTags(post: Post, suggested: readonly HashtagSuggestion[]): Post {
  const offered = tagsOf(suggested, post.language);
  const tags = post.edited.tags ? post.tags : offered.slice(0, TAG_LIMIT);
  const suggestions = offered.filter((tag) => !hasTag(tags, tag)).slice(0, MAX_SUGGESTIONS);
  return { ...post, tags, suggestions };
}

function isAmong(choices: readonly CaptionChoice[], caption: string): boolean {
  return choices.some(({ text }) => text === caption);
}

/** The captions without twins (two searches can end in the same words). */
function choicesOf(captions: readonly CaptionOption[]): CaptionChoice[] {
  const byText = new Map<string, CaptionChoice>();
  for (const { text: written, tone, source, confidence } of captions) {
    const text = written.normalize('NFC');
    if (text !== '' && !byText.has(text)) byText.set(text, { text, tone, source, confidence });
  }
  return [...byText.values()];
}

/** Each concept's first word, most probable first; then the second words, and so on. */
function tagsOf(suggestions: readonly HashtagSuggestion[], language: Language): string[] {
  const byConcept = suggestions.map((suggestion) => suggestion.text[language]);
  const most = Math.max(0, ...byConcept.map((words) => words.length));
  const ranks = Array.from({ length: most }, (_, rank) => rank);
  const inOrder = ranks.flatMap((rank) => byConcept.map((words) => toTag(words[rank] ?? '')));
  return uniqueTags(inOrder.filter((tag) => tag !== null));
}

/**
 * A caption as typed: letter for letter, since an input method may be composing (`postText` brings
 * it to NFC). It becomes the person's own, and stays on offer when they choose another.
 */
export function editCaption(post: Post, caption: string): Post {
  return {
    ...post,
    caption,
    ownCaption: caption.trim() === '' ? null : caption,
    edited: { ...post.edited, caption: true },
  };
}

/** Takes a caption that was offered for this photo, now or before, or the person's own. */
export function chooseCaption(post: Post, caption: string): Post {
  if (caption !== post.ownCaption && !isAmong(post.shown, caption)) return post;
  // Choosing is a decision as well: a later result does not swap the caption.
  return { ...post, caption, edited: { ...post.edited, caption: true } };
}

/** The captions to choose from. Each one is in one place only. */
export interface CaptionOffers {
  /** The person's own, if they wrote one that is not on offer anyway. */
  readonly own: string | null;
  readonly now: readonly CaptionChoice[];
  /** Offered before, and followed by others. */
  readonly earlier: readonly CaptionChoice[];
  /** Which of all these stands in the field; `null` when none does. */
  readonly chosen: string | null;
}

export function captionOffers({ caption, ownCaption, choices, shown }: Post): CaptionOffers {
  const own = ownCaption !== null && !isAmong(shown, ownCaption) ? ownCaption : null;
  const chosen = caption === own || isAmong(shown, caption) ? caption : null;
  return {
    own,
    now: choices,
    earlier: shown.filter(({ text }) => !isAmong(choices, text)),
    chosen,
  };
}

/** Alt text as typed. */
export function editAltText(post: Post, altText: string): Post {
  return { ...post, altText, edited: { ...post.edited, altText: true } };
}

/** Adds every tag in what was typed or pasted; twins of tags that are there are left out. */
export function addTags(post: Post, written: string): Post {
  const tags = uniqueTags([...post.tags, ...splitTags(written)]);
  return tags.length === post.tags.length ? post : withTags(post, tags);
}

/** Removes a tag; it goes back to the suggestions. */
export function removeTag(post: Post, tag: string): Post {
  const tags = post.tags.filter((other) => other !== tag);
  return withTags({ ...post, suggestions: uniqueTags([...post.suggestions, tag]) }, tags);
}

/** Puts a removed tag back where it was. */
export function restoreTag(post: Post, tag: string, index: number): Post {
  return hasTag(post.tags, tag) ? post : withTags(post, post.tags.toSpliced(index, 0, tag));
}

function withTags(post: Post, tags: readonly string[]): Post {
  return {
    ...post,
    tags,
    suggestions: post.suggestions.filter((tag) => !hasTag(tags, tag)),
    edited: { ...post.edited, tags: true },
  };
}
