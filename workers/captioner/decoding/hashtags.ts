import { type HashtagSuggestion } from '../contract.ts';
import { type TokenTable } from './tasks.ts';

/** How a pack ranks hashtags: the catalog's `hashtags`. */
export interface HashtagSettings {
  readonly maximum: number;
  /** How much the decoder's choice counts against the tag head's probability, 0 to 1. */
  readonly decoderWeight: number;
  /** The least score that is offered. */
  readonly threshold: number;
}

/**
 * Two witnesses of what a photo shows: the tag head's probability of every concept, and the concepts that the
 * decoder chose. Ordered by their weighted mean; ties go by the order of the lexicon.
 *
 * @param tagProbabilities one for each hashtag of the vocabulary, in its order.
 */
export function rankHashtags(
  table: TokenTable,
  tagProbabilities: Float32Array,
  decoded: ReadonlySet<string>,
  { maximum, decoderWeight, threshold }: HashtagSettings,
): HashtagSuggestion[] {
  return table.hashtags
    .map(({ concept, en, ko }, index) => {
      const chosen = decoded.has(concept) ? 1 : 0;
      const probability =
        (1 - decoderWeight) * (tagProbabilities[index] ?? 0) + decoderWeight * chosen;
      return { concept, text: { en, ko }, probability };
    })
    .filter(({ probability }) => probability >= threshold)
    .sort((a, b) => b.probability - a.probability)
    .slice(0, maximum);
}
