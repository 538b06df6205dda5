import {
  type CaptionOption,
  type ComposeResult,
  type Confidence,
  type HashtagSuggestion,
  type Language,
  type Tone,
} from '../../workers/captioner/contract.ts';
import { TAG_LIMIT } from './instagram.ts';
import { hasTag, splitTags, toTag, uniqueTags } from './tag.ts';

/** A caption to choose from. */
export interface CaptionChoice {
  readonly text: string;
  readonly tone: Tone | null;
}

/** The words for one photo in one language: an immutable value. */
export interface Post {
  readonly language: Language;
  /** The pack that wrote it; `null` before anything was written. */
  readonly packId: string | null;
  /** Captions offered, best first. */
  readonly choices: readonly CaptionChoice[];
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
    caption: '',
    ownCaption: null,
    tags: [],
    suggestions: [],
    altText: '',
    confidence: null,
    edited: { caption: false, tags: false, altText: false },
  };
}

/** Takes in what the model wrote. Whatever the person edited stays as they left it. */
export function receiveResult(post: Post, result: ComposeResult): Post {
  const choices = choicesOf(result.captions);
  const offered = tagsOf(result.hashtags, post.language);
  const tags = post.edited.tags ? post.tags : offered.slice(0, TAG_LIMIT);
  return {
    ...post,
    packId: result.packId,
    choices,
    caption: post.edited.caption ? post.caption : (choices[0]?.text ?? ''),
    tags,
    suggestions: offered.filter((tag) => !hasTag(tags, tag)).slice(0, MAX_SUGGESTIONS),
    altText: post.edited.altText ? post.altText : (result.altText?.text ?? '').normalize('NFC'),
    confidence: result.confidence,
  };
}

/** The captions without twins (two tones can end in the same words). */
function choicesOf(captions: readonly CaptionOption[]): CaptionChoice[] {
  const byText = new Map<string, CaptionChoice>();
  for (const caption of captions) {
    const text = caption.text.normalize('NFC');
    if (text !== '' && !byText.has(text)) byText.set(text, { text, tone: caption.tone });
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

/** Takes one of the captions on offer; `own` is the person's own. */
export function chooseCaption(post: Post, choice: number | 'own'): Post {
  const text = choice === 'own' ? post.ownCaption : post.choices[choice]?.text;
  if (text === null || text === undefined) return post;
  // Choosing is a decision as well: a later result does not swap the caption.
  return { ...post, caption: text, edited: { ...post.edited, caption: true } };
}

/** Which of the captions on offer stands in the field; `null` when none does. */
export function chosenCaption(post: Post): number | 'own' | null {
  if (post.ownCaption !== null && post.caption === post.ownCaption) {
    const same = post.choices.findIndex((choice) => choice.text === post.ownCaption);
    return same === -1 ? 'own' : same;
  }
  const index = post.choices.findIndex((choice) => choice.text === post.caption);
  return index === -1 ? null : index;
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
