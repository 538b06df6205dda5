/**
 * What the page and the captioner worker say to each other: the only file of
 * `workers/` that the page may import. Types only, and the few constants that
 * both sides must agree on. Everything here survives `structuredClone`.
 */

export type Language = 'ko' | 'en';

/**
 * The start tokens of the decoder, by name: `vocabulary.json` maps each one
 * that a pack knows to a token id. One decoder serves all of them.
 */
export type TaskId =
  | 'plain-en'
  | 'plain-ko'
  | 'instagram-en'
  | 'instagram-ko'
  | 'romantic-en'
  | 'humorous-en'
  | 'hashtags';

/** `everyday` is the usual tone of a post; the decoder has learnt the first three, in English. */
export type Tone = 'everyday' | 'funny' | 'romantic' | 'calm' | 'short';

/** Who wrote a caption: the decoder for this photo, the caption book, or the person. */
export type Source = 'written' | 'book' | 'own';

/** The three parts of a post that a model writes. */
export type Part = 'caption' | 'hashtags' | 'alt-text';

/** The execution providers' tiers, best first. A tier that is not built yet is simply never reported. */
export type Backend = 'webgpu' | 'wasm-threads' | 'wasm';

// ---------------------------------------------------------------- requests

export interface ComposeRequest {
  /** The photo's identity: what was computed of the last photo is used again for the same one. */
  readonly photoId: string;
  readonly language: Language;
  /** Which parts to write; a part that is left out costs nothing. */
  readonly parts: readonly Part[];
  /** How many captions to offer at most; no two of them say the same. */
  readonly alternatives: number;
  readonly wishes: Wishes;
  /**
   * Captions that are not to be offered again (another try; the photo before in a burst), unless
   * nothing else fits. Two that differ in letter case, spaces or marks alone are the same.
   */
  readonly avoid: readonly string[];
  /** Overrides the pack's own decoding settings (beam width 1 is greedy). */
  readonly beamWidth?: number;
}

/** What a person wants of captions, wherever they come from; `null` is no wish. */
export interface Wishes {
  /** Lines that say no tone (a person's own, for the most part) pass as `everyday`. */
  readonly tone: Tone | null;
  /** `short`: at most `SHORT_CAPTION` characters as people count them; `long`: more than that. */
  readonly length: 'short' | 'long' | null;
  /** `true`: at least one; `false`: none. */
  readonly emoji: boolean | null;
  /** Words, or parts of words, in any letter case. */
  readonly banned: readonly string[];
}

export const NO_WISHES: Wishes = { tone: null, length: null, emoji: null, banned: [] };

/** The most characters of a caption that is wished to be short, in graphemes. */
export const SHORT_CAPTION: { readonly [L in Language]: number } = { ko: 25, en: 45 };

/** A line that a person brought along, to be offered for photos that show all of its tags. */
export interface OwnLine {
  readonly text: string;
  /** In either language, with or without `#`; tags that the model does not know are left out. */
  readonly tags: readonly string[];
}

// ----------------------------------------------------------------- results

export interface CaptionOption {
  readonly text: string;
  /** `null` where the line says none. */
  readonly tone: Tone | null;
  readonly source: Source;
  /** Of a written one: mean natural log-probability per token, the end token included; at most 0. */
  readonly meanLogProbability: number | null;
  /** Cosine of photo and line in the match model's space; `null` where the pack has no such model. */
  readonly match: number | null;
  /** Calibrated probability that the line fits the photo: what captions are ordered by. */
  readonly probability: number | null;
  /** The same in words. */
  readonly confidence: Confidence | null;
}

export interface HashtagSuggestion {
  /** The concept in the lexicon, an English word such as `beach`: an identity, not for display. */
  readonly concept: string;
  /** What people write, without `#`, best first, in each language. */
  readonly text: { readonly [L in Language]: readonly string[] };
  /** Probability that the photo shows the concept, 0 to 1. */
  readonly probability: number;
}

export interface AltText {
  readonly text: string;
  readonly meanLogProbability: number;
}

/** How far the words can be trusted, by thresholds measured on the dev split. */
export type Confidence = 'sure' | 'maybe' | 'unsure';

/** Milliseconds spent in each stage; `null` where a stage did not run (the grid of the last photo is kept). */
export interface Timings {
  readonly encoder: number | null;
  readonly start: number | null;
  readonly steps: number;
  readonly stepCount: number;
  readonly total: number;
}

export interface ComposeResult {
  readonly packId: string;
  readonly language: Language;
  /** Best first; empty when captions were not asked for, or none is as wished. */
  readonly captions: readonly CaptionOption[];
  /** Most probable first; empty when hashtags were not asked for. */
  readonly hashtags: readonly HashtagSuggestion[];
  /** `null` when alt text was not asked for. */
  readonly altText: AltText | null;
  /** Of the alt text. */
  readonly confidence: Confidence | null;
  /**
   * Whether captions were chosen from our book too. `none`: there is none for this pack and
   * language, or no captions were asked for. A failure is why it could not be had this time; the
   * captions are those that could.
   */
  readonly book: 'used' | 'none' | FailureCode;
  readonly timings: Timings;
}

// ------------------------------------------------------------------ events

export type LoadEvent =
  | { readonly type: 'download'; readonly loadedBytes: number; readonly totalBytes: number }
  /** Everything is here; the runtime starts and is tested. */
  | { readonly type: 'warm-up' };

/**
 * What happens during one `compose`, in order. `token` carries the whole text so far, ready to show.
 * `download` (of a caption book that is needed for the first time) comes in between the others; once
 * all parts are written, the result waits for it.
 */
export type ComposeEvent =
  | { readonly type: 'encoded' }
  | { readonly type: 'download'; readonly loadedBytes: number; readonly totalBytes: number }
  | { readonly type: 'token'; readonly part: Part; readonly text: string }
  | { readonly type: 'part'; readonly part: Part };

// ---------------------------------------------------------------- failures

/** Every failure that can reach a person. `src/i18n` has one sentence for each code in each language. */
export const FAILURE_CODES = [
  'offline', // a file is needed, not kept, and there is no network
  'download-failed', // the host answered with an error, or stopped answering
  'download-corrupt', // length or SHA-256 is wrong (also: HTML instead of a model)
  'catalog-invalid', // catalog.json is not what its schema says
  'catalog-newer', // catalog.json is from a later version of the app
  'pack-unknown', // no such pack in the catalog
  'runtime-failed', // onnxruntime-web could not start or run
  'self-test-failed', // every tier gave wrong numbers
  'out-of-memory',
  'match-missing', // own lines need a pack that can rank them, and none is loaded
  'book-invalid', // not a caption book, or a damaged one
  'photo-unreadable', // the bitmap could not be read back as pixels
  'cancelled', // asked for by the person: never shown
  'worker-crashed',
  'worker-timeout',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

export interface Failure {
  readonly code: FailureCode;
  /** For the console and bug reports, in English; never shown as the message. */
  readonly detail: string;
}

/** Errors lose their class on the way through `postMessage`, so failures travel as values. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

// ------------------------------------------------------------------ worker

export interface Capabilities {
  /** What this device may be able to run, best first. */
  readonly backends: readonly Backend[];
}

export interface PackSummary {
  readonly id: string;
  readonly title: { readonly [L in Language]: string };
  /** The published system that it stands for, in English. */
  readonly system: string;
  readonly bytes: number;
  readonly tasks: readonly TaskId[];
}

/** A pack to choose from. */
export interface PackOffer extends PackSummary {
  /** What choosing it would download: files that other packs brought along do not count. */
  readonly missingBytes: number;
}

export interface LoadedPack {
  readonly pack: PackSummary;
  readonly backend: Backend;
  readonly threads: number;
  /** False when the files could not be kept (quota, private mode): the next visit downloads again. */
  readonly stored: boolean;
}

/**
 * The worker, as comlink exposes it. Jobs are numbered by the caller, and run one after the other.
 * `compose` takes ownership of the bitmap (transferred) and closes it on every path. Callbacks are
 * `comlink.proxy`'d by the caller. There is no call to end it: terminate the worker.
 */
export interface CaptionerApi {
  probe(): Capabilities;
  /** @param models address of the folder `models/` */
  packs(models: string): Promise<Outcome<readonly PackOffer[]>>;
  /**
   * Makes a pack ready. The pack before it serves until then, and is released only if all goes
   * well. The backend stays that of the first call: onnxruntime cannot change its number of
   * threads, or start again after it failed, so another backend needs another worker.
   */
  load(
    models: string,
    packId: string,
    backend: Backend,
    onEvent: (event: LoadEvent) => void,
  ): Promise<Outcome<LoadedPack>>;
  /** Ends the downloads of a `load`, which then settles with `cancelled`. */
  stopLoading(): void;
  compose(
    job: number,
    photo: ImageBitmap,
    request: ComposeRequest,
    onEvent: (event: ComposeEvent) => void,
  ): Promise<Outcome<ComposeResult>>;
  /**
   * Makes a caption book of a person's lines, all of them, in their order: a file to be kept,
   * exported, and given to `useOwnBooks`. Waits for the jobs before it. A few hundred lines a call
   * take a moment; it cannot be cancelled.
   */
  embedLines(lines: readonly OwnLine[]): Promise<Outcome<Uint8Array<ArrayBuffer>>>;
  /**
   * The books that the jobs from now on choose from besides ours, instead of those given before. May
   * be called before any `load`. Of several, those that can be read are used even when the outcome
   * is a failure (`book-invalid`).
   */
  useOwnBooks(books: readonly Uint8Array[]): Promise<Outcome<void>>;
  /** Looked at between steps; the job then settles with `cancelled`. Unknown jobs are ignored. */
  cancel(job: number): void;
}
