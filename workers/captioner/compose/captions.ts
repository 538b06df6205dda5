import type { CaptionOption, ComposeRequest, ComposeResult, Tone } from '../contract.ts';
import { DecodeStopped } from '../decoding/decode.ts';
import { sameness, wishFilter } from '../matching/wishes.ts';
import { CaptionerError } from '../packs/failure.ts';
import type { Fetched, Matcher, Seen } from './matcher.ts';

/** A caption of the decoder's. */
export interface WrittenCaption {
  readonly text: string;
  readonly tone: Tone;
  readonly meanLogProbability: number;
}

export interface Captions {
  readonly captions: readonly CaptionOption[];
  readonly book: ComposeResult['book'];
}

/** A match model at work on one post. */
export interface Matching {
  readonly matcher: Matcher;
  readonly fetching: Promise<Fetched>;
}

/**
 * The captions that are offered. Whatever goes wrong with books and match model, the decoder's are
 * there.
 *
 * @param matching `null` where the pack has no match model
 * @param altText says nothing that a caption would have to say again
 * @throws DecodeStopped
 */
export async function captionsFor(
  photo: Seen,
  written: readonly WrittenCaption[],
  altText: string | null,
  request: ComposeRequest,
  matching: Matching | null,
  signal: AbortSignal,
): Promise<Captions> {
  if (!matching) return { captions: writtenAsWished(written, request), book: 'none' };
  const fetched = await matching.fetching;
  if (signal.aborted) throw new DecodeStopped();
  const { language, alternatives: count, wishes } = request;
  const avoid = altText === null ? request.avoid : [...request.avoid, altText];
  try {
    const order = { language, count, wishes, avoid };
    return await matching.matcher.choose(fetched, photo, written, order);
  } catch (error) {
    if (!(error instanceof CaptionerError)) throw error;
    return { captions: writtenAsWished(written, request), book: error.code };
  }
}

/** The decoder's captions as wished, in their own order. */
export function writtenAsWished(
  written: readonly WrittenCaption[],
  { language, alternatives, wishes, avoid }: ComposeRequest,
): CaptionOption[] {
  const isAsWished = wishFilter(wishes, language);
  const avoided = new Set(avoid.map(sameness));
  const fitting = written.filter(({ text, tone }) => isAsWished(text, tone));
  const fresh = fitting.filter(({ text }) => !avoided.has(sameness(text)));
  return (fresh.length > 0 ? fresh : fitting).slice(0, alternatives).map((caption) => ({
    ...caption,
    source: 'written',
    match: null,
    probability: null,
    confidence: null,
  }));
}
