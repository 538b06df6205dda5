import { type TaskId } from '../contract.ts';
import { wordForms } from './ngrams.ts';
import { BeamSearch, type SearchSettings } from './search.ts';

/** How a pack decodes one task: the catalog's `decoding[task]`. */
export interface DecodingSettings {
  readonly beamWidth: number;
  readonly lengthExponent: number;
  readonly minLength: number;
  readonly maxLength: number;
  readonly noRepeatNgram: number;
  /** No content word twice: `TokenTable.words`. */
  readonly noRepeatWord?: boolean;
}

/** One hashtag token: its id, its concept, and what people write for it, best first. */
export interface HashtagToken {
  readonly id: number;
  readonly concept: string;
  readonly en: readonly string[];
  readonly ko: readonly string[];
}

/** `vocabulary.json`: SentencePiece pieces by id, then hashtag tokens, then task tokens. */
export interface TokenTable {
  readonly pieces: readonly string[];
  readonly unknown: number;
  readonly end: number;
  readonly tasks: { readonly [T in TaskId]?: number | undefined };
  readonly hashtags: readonly HashtagToken[];
  /**
   * The pieces that start one content word, together: "▁dog", "▁dogs", "▁Dog". Which pieces these are is
   * counted where the pack is made (`training/words.py`): no language is known here.
   */
  readonly words?: readonly (readonly number[])[];
}

const HANGUL = /\p{Script=Hangul}/u;
// SentencePiece's control pieces; `</s>` is the end token, which every task may emit.
const CONTROL = /^<(?:s|\/s|unk|pad)>$/;

/** V of the decoder's logits. */
export function vocabularySize(table: TokenTable): number {
  return table.pieces.length + table.hashtags.length + Object.keys(table.tasks).length;
}

/** The token ids that a task may emit, ascending, the end token among them. */
export function allowedTokens(table: TokenTable, task: TaskId): readonly number[] {
  if (task === 'hashtags') {
    return [...table.hashtags.map(({ id }) => id), table.end].sort((a, b) => a - b);
  }
  const english = task.endsWith('-en');
  return table.pieces.flatMap((piece, id) => {
    if (id === table.end) return [id];
    if (id === table.unknown || CONTROL.test(piece)) return [];
    return english && HANGUL.test(piece) ? [] : [id];
  });
}

/**
 * The search for one task of a pack, by its settings and what `overrides` changes.
 *
 * @throws RangeError when the vocabulary has no start token for the task.
 */
export function searchFor(
  table: TokenTable,
  task: TaskId,
  { noRepeatWord = false, ...settings }: DecodingSettings,
  overrides: Partial<SearchSettings> = {},
): BeamSearch {
  const startToken = table.tasks[task];
  if (startToken === undefined) throw new RangeError(`The vocabulary has no task ${task}`);
  return new BeamSearch({
    startToken,
    endToken: table.end,
    allowed: allowedTokens(table, task),
    onceOnly: wordForms(noRepeatWord ? (table.words ?? []) : []),
    ...settings,
    ...overrides,
  });
}
