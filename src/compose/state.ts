import {
  NO_WISHES,
  type ComposeEvent,
  type ComposeResult,
  type FailureCode,
  type Language,
  type Part,
  type Wishes,
} from '../../workers/captioner/contract.ts';
import { type Photo, type PhotoProblem } from '../photo/photo.ts';
import {
  emptyPost,
  receiveResult,
  removeTag,
  restoreTag,
  type Asked,
  type Post,
} from '../post/post.ts';

/** What is to be written: all of a post; its captions again, for other wishes; or other captions. */
export type Order = 'post' | 'captions' | 'others';

export const ASKED: Readonly<Record<Order, Asked>> = {
  post: { parts: ['caption', 'hashtags', 'alt-text'], others: false },
  captions: { parts: ['caption'], others: false },
  others: { parts: ['caption'], others: true },
};

/** How far the writing of one language's post has come. */
export type Stage =
  | {
      readonly name: 'writing';
      readonly job: number;
      readonly order: Order;
      readonly part: Part | null;
      /** While the language's caption book is fetched. */
      readonly download: { readonly loadedBytes: number; readonly totalBytes: number } | null;
    }
  | { readonly name: 'done' }
  /** Stopped by the person, by a switch of language, or by the end of the last visit. */
  | { readonly name: 'stopped' }
  | { readonly name: 'failed'; readonly code: FailureCode; readonly order: Order };

type WritingStage = Extract<Stage, { name: 'writing' }>;

export interface Sheet {
  readonly post: Post;
  readonly stage: Stage;
  /** What its captions were chosen by; `null`: by what was wished in an earlier visit. */
  readonly wishes: Wishes | null;
}

/** A post that was on the screen before: put away, or followed by another photo. */
interface Previous {
  readonly photo: Photo;
  readonly sheets: ComposeState['sheets'];
  readonly language: Language;
}

/** The Compose screen. Each language has its own sheet, so a switch never overwrites anything. */
export interface ComposeState {
  readonly photo: Photo | null;
  readonly sheets: { readonly [L in Language]: Sheet | null };
  readonly language: Language;
  readonly wishes: Wishes;
  /** True while a file is being opened; the post before it stays on the screen. */
  readonly reading: boolean;
  readonly problem: PhotoProblem | null;
  /** Files that came in the same gesture and were left out. */
  readonly others: number;
  readonly removed: { readonly tag: string; readonly index: number } | null;
  /** One step back: a photo dropped by accident costs nobody their words. */
  readonly previous: Previous | null;
}

export type ComposeAction =
  | { readonly type: 'photo-reading' }
  | { readonly type: 'photo-refused'; readonly problem: PhotoProblem }
  | { readonly type: 'photo-ready'; readonly photo: Photo; readonly others: number }
  | { readonly type: 'photo-put-away' }
  | { readonly type: 'previous-taken' }
  | { readonly type: 'photo-problem-dismissed' }
  | { readonly type: 'language-chosen'; readonly language: Language }
  | { readonly type: 'wishes-changed'; readonly wishes: Wishes }
  | { readonly type: 'writing-started'; readonly job: number; readonly order: Order }
  | { readonly type: 'writing-event'; readonly job: number; readonly event: ComposeEvent }
  | { readonly type: 'writing-done'; readonly job: number; readonly result: ComposeResult }
  | { readonly type: 'writing-failed'; readonly job: number; readonly code: FailureCode }
  | { readonly type: 'post-edited'; readonly edit: (post: Post) => Post }
  | { readonly type: 'tag-removed'; readonly tag: string }
  | { readonly type: 'tag-restored' };

const NO_SHEETS = { ko: null, en: null } as const;

export function initialState(language: Language, wishes = NO_WISHES): ComposeState {
  return {
    photo: null,
    sheets: NO_SHEETS,
    language,
    wishes,
    reading: false,
    problem: null,
    others: 0,
    removed: null,
    previous: null,
  };
}

/** The sheet of the language that is on the screen. */
export function currentSheet(state: ComposeState): Sheet | null {
  return state.sheets[state.language];
}

/** One step of the screen. Pure; late events of a job that is not the sheet's own change nothing. */
export function reduce(state: ComposeState, action: ComposeAction): ComposeState {
  switch (action.type) {
    case 'photo-reading':
    case 'photo-refused':
    case 'photo-ready':
    case 'photo-put-away':
    case 'photo-problem-dismissed':
      return reducePhoto(state, action);
    case 'previous-taken':
      return takePrevious(state);
    case 'language-chosen':
      return { ...stopWriting(state), language: action.language, removed: null };
    case 'wishes-changed':
      return { ...state, wishes: action.wishes };
    case 'post-edited':
      return withSheet(state, (sheet) => ({ ...sheet, post: action.edit(sheet.post) }));
    case 'tag-removed':
      return takeTag(state, action.tag);
    case 'tag-restored':
      return returnTag(state);
    case 'writing-started':
    case 'writing-event':
    case 'writing-done':
    case 'writing-failed':
      return reduceWriting(state, action);
  }
}

type PhotoAction = Extract<ComposeAction, { type: `photo-${string}` }>;

function reducePhoto(state: ComposeState, action: PhotoAction): ComposeState {
  switch (action.type) {
    case 'photo-reading':
      return { ...state, reading: true, problem: null };
    case 'photo-refused':
      return { ...state, reading: false, problem: action.problem };
    case 'photo-ready':
      return {
        ...initialState(state.language, state.wishes),
        photo: action.photo,
        others: action.others,
        previous: leave(state) ?? state.previous,
      };
    case 'photo-put-away':
      return { ...initialState(state.language, state.wishes), previous: leave(state) };
    case 'photo-problem-dismissed':
      return { ...state, problem: null };
  }
}

type WritingAction = Extract<ComposeAction, { type: `writing-${string}` }>;

function reduceWriting(state: ComposeState, action: WritingAction): ComposeState {
  if (action.type === 'writing-started') {
    const post = currentSheet(state)?.post ?? emptyPost(state.language);
    const { job, order } = action;
    const stage = { name: 'writing', job, order, part: null, download: null } as const;
    return putSheet(state, { post, stage, wishes: state.wishes });
  }
  const sheet = currentSheet(state);
  if (sheet?.stage.name !== 'writing' || sheet.stage.job !== action.job) return state;
  const { post, stage } = sheet;
  if (action.type === 'writing-done') {
    const written = receiveResult(post, action.result, ASKED[stage.order]);
    return putSheet(state, { ...sheet, post: written, stage: { name: 'done' } });
  }
  if (action.type === 'writing-failed') {
    if (action.code === 'cancelled') return putSheet(state, stopped(sheet, stage));
    const failed = { name: 'failed', code: action.code, order: stage.order } as const;
    return putSheet(state, { ...sheet, post: withoutHalfWords(post), stage: failed });
  }
  return putSheet(state, { ...sheet, ...receiveEvent(post, stage, action.event) });
}

/** A post that was only to get other captions is as good as it was before. */
function stopped(sheet: Sheet, { order }: WritingStage): Sheet {
  const name = order === 'post' ? 'stopped' : 'done';
  return { ...sheet, post: withoutHalfWords(sheet.post), stage: { name } };
}

/**
 * Shows the words so far, unless the person has started to write there, or whole words of another
 * pack stand there: those stay until the new ones are whole as well.
 */
function receiveEvent(
  post: Post,
  stage: WritingStage,
  event: ComposeEvent,
): Pick<Sheet, 'post' | 'stage'> {
  if (event.type === 'download') {
    const { loadedBytes, totalBytes } = event;
    const download = loadedBytes < totalBytes ? { loadedBytes, totalBytes } : null;
    return { post, stage: { ...stage, download } };
  }
  if (event.type !== 'token') return { post, stage };
  const next = { ...stage, part: event.part, download: null };
  if (post.packId !== null) return { post, stage: next };
  if (event.part === 'caption' && !post.edited.caption) {
    return { post: { ...post, caption: event.text }, stage: next };
  }
  if (event.part === 'alt-text' && !post.edited.altText) {
    return { post: { ...post, altText: event.text }, stage: next };
  }
  return { post, stage: next };
}

/** Half a sentence is worse than none: what was still streaming goes, what was edited stays. */
export function withoutHalfWords(post: Post): Post {
  if (post.packId !== null) return post;
  return {
    ...post,
    caption: post.edited.caption ? post.caption : '',
    altText: post.edited.altText ? post.altText : '',
  };
}

function takePrevious(state: ComposeState): ComposeState {
  const { previous } = state;
  if (!previous) return state;
  return {
    ...initialState(previous.language, state.wishes),
    ...previous,
    previous: leave(state),
  };
}

/** What stays of the post on the screen when another takes its place. */
function leave(state: ComposeState): Previous | null {
  const { photo, sheets, language } = stopWriting(state);
  return photo && { photo, sheets, language };
}

function stopWriting(state: ComposeState): ComposeState {
  return withSheet(state, (sheet) =>
    sheet.stage.name === 'writing' ? stopped(sheet, sheet.stage) : sheet,
  );
}

function takeTag(state: ComposeState, tag: string): ComposeState {
  const index = currentSheet(state)?.post.tags.indexOf(tag) ?? -1;
  if (index === -1) return state;
  const next = withSheet(state, (sheet) => ({ ...sheet, post: removeTag(sheet.post, tag) }));
  return { ...next, removed: { tag, index } };
}

function returnTag(state: ComposeState): ComposeState {
  const { removed } = state;
  if (!removed) return state;
  const next = withSheet(state, (sheet) => ({
    ...sheet,
    post: restoreTag(sheet.post, removed.tag, removed.index),
  }));
  return { ...next, removed: null };
}

function withSheet(state: ComposeState, change: (sheet: Sheet) => Sheet): ComposeState {
  const sheet = currentSheet(state);
  return sheet ? putSheet(state, change(sheet)) : state;
}

function putSheet(state: ComposeState, sheet: Sheet): ComposeState {
  return { ...state, sheets: { ...state.sheets, [state.language]: sheet } };
}
