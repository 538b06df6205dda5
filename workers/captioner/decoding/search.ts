import { bannedTokens, saidWords, type WordForms } from './ngrams.ts';
import { Best, logSumExp, type Continuation } from './scores.ts';

/** What one search may say, and how hard it looks. Lengths count tokens without the end token. */
export interface SearchSettings {
  readonly startToken: number;
  readonly endToken: number;
  /** Token ids in ascending order, the end token among them. */
  readonly allowed: readonly number[];
  /** Hypotheses kept in each group; 1 is greedy. */
  readonly beamWidth: number;
  /** Groups that are pushed apart from one another; 1 is plain beam search. */
  readonly groups?: number;
  /** What a token costs a group for each hypothesis of an earlier group that took it at the same step, in nats. */
  readonly diversity?: number;
  readonly lengthExponent: number;
  readonly minLength: number;
  readonly maxLength: number;
  /** No n-gram of this length twice, and no token right after itself; 0 allows repeats, 1 lets no token come twice. */
  readonly noRepeatNgram: number;
  /** Words that may be said once, in one of their forms; without it, any word may come again. */
  readonly onceOnly?: WordForms;
}

/** One sentence, finished or growing. */
export interface Hypothesis {
  readonly tokens: readonly number[];
  /** One for each token, then, once finished, the end token's. */
  readonly logProbabilities: readonly number[];
  /** One map over the regions for each token, as `logProbabilities`; empty where the decoder has no attention. */
  readonly attention: readonly Float32Array[];
  /** Sum of `logProbabilities`. */
  readonly total: number;
  /** `total / logProbabilities.length ** lengthExponent`: what finished hypotheses are ordered by. */
  readonly score: number;
}

const NO_WORDS: WordForms = new Map();
const EMPTY: Hypothesis = { tokens: [], logProbabilities: [], attention: [], total: 0, score: 0 };

interface Candidate extends Continuation {
  readonly hypothesis: Hypothesis;
}

interface Group {
  growing: readonly Hypothesis[];
  finished: Hypothesis[];
}

/**
 * Beam search, and diverse beam search (Vijayakumar et al. 2018, arXiv 1610.02424, Hamming diversity)
 * when there are several groups. It holds no model: `next` says which rows to run, `advance` takes their
 * logits. The penalty for sameness decides which candidates a group keeps; it is not part of a
 * hypothesis's score, so that hypotheses of all groups compare by what the model thinks of them.
 */
export class BeamSearch {
  readonly settings: SearchSettings;
  readonly #groups: Group[];
  #length = 0;
  /** Rows of the last step that the rows of the next one go on from. */
  #parents: readonly number[];

  constructor(settings: SearchSettings) {
    this.settings = settings;
    this.#groups = Array.from({ length: settings.groups ?? 1 }, () => ({
      growing: [EMPTY],
      finished: [],
    }));
    this.#parents = this.#groups.map(() => 0);
  }

  get done(): boolean {
    return this.#groups.every((group) => group.growing.length === 0);
  }

  /** The rows of the next step: a token each, and the row of this search's last step that it goes on from. */
  next(): { readonly tokens: readonly number[]; readonly parents: readonly number[] } {
    const tokens = this.#groups.flatMap((group) =>
      group.growing.map((hypothesis) => hypothesis.tokens.at(-1) ?? this.settings.startToken),
    );
    return { tokens, parents: this.#parents };
  }

  /**
   * Takes the model's answer to the rows of `next`: logits [rows, vocabularySize] and attention
   * [rows, regions] or `null`, both starting at row `firstRow` of a batch that other searches share.
   */
  advance(
    logits: Float32Array,
    vocabularySize: number,
    attention: Float32Array | null,
    regions: number,
    firstRow = 0,
  ): void {
    const taken = new Map<number, number>();
    const parents: number[] = [];
    let row = 0;
    for (const group of this.#groups) {
      const rows = group.growing.length;
      if (rows === 0) continue;
      const candidates = this.#candidates(group, logits, vocabularySize, firstRow + row, taken);
      const maps = group.growing.map((_, i) => {
        const from = (firstRow + row + i) * regions;
        return attention?.slice(from, from + regions) ?? null;
      });
      const kept = this.#grow(group, candidates, maps);
      for (const { row: parent, token } of kept) {
        parents.push(row + parent);
        taken.set(token, (taken.get(token) ?? 0) + 1);
      }
      row += rows;
    }
    this.#length += 1;
    this.#parents = parents;
  }

  /** The best candidates of a group, twice as many as it keeps, so that sentences can end without thinning it. */
  #candidates(
    group: Group,
    logits: Float32Array,
    vocabularySize: number,
    firstRow: number,
    taken: ReadonlyMap<number, number>,
  ): readonly Candidate[] {
    const { allowed, beamWidth, endToken, minLength, maxLength, noRepeatNgram } = this.settings;
    const { diversity = 0, onceOnly = NO_WORDS } = this.settings;
    const best = new Best<Candidate>(2 * beamWidth);
    const only = this.#length >= maxLength ? [endToken] : allowed;
    group.growing.forEach((hypothesis, row) => {
      const from = (firstRow + row) * vocabularySize;
      const rowLogits = logits.subarray(from, from + vocabularySize);
      const normaliser = logSumExp(rowLogits);
      const banned = bannedTokens(hypothesis.tokens, noRepeatNgram);
      const said = saidWords(hypothesis.tokens, onceOnly);
      for (const token of only) {
        const logProbability = (rowLogits[token] ?? -Infinity) - normaliser;
        const sameness = token === endToken ? 0 : (taken.get(token) ?? 0);
        const score = hypothesis.total + logProbability - diversity * sameness;
        if (score <= best.threshold) continue;
        if (banned.has(token) || said.has(token)) continue;
        if (token === endToken && this.#length < minLength) continue;
        best.offer({ row, hypothesis, token, logProbability, score });
      }
    });
    return best.inOrder();
  }

  /** Ends or extends hypotheses by the candidates, best first; returns those that go on. */
  #grow(
    group: Group,
    candidates: readonly Candidate[],
    maps: readonly (Float32Array | null)[],
  ): readonly Candidate[] {
    const { beamWidth, endToken } = this.settings;
    const kept: Candidate[] = [];
    for (const candidate of candidates) {
      if (kept.length === beamWidth) break;
      if (candidate.token !== endToken) kept.push(candidate);
      else group.finished.push(this.#extended(candidate, maps));
    }
    const enough = group.finished.length >= beamWidth;
    group.growing = enough ? [] : kept.map((candidate) => this.#extended(candidate, maps));
    return enough ? [] : kept;
  }

  /** The candidate's hypothesis, one token longer, or ended. */
  #extended(
    { row, hypothesis, token, logProbability }: Candidate,
    maps: readonly (Float32Array | null)[],
  ): Hypothesis {
    const map = maps[row];
    const logProbabilities = [...hypothesis.logProbabilities, logProbability];
    const total = hypothesis.total + logProbability;
    return {
      tokens: token === this.settings.endToken ? hypothesis.tokens : [...hypothesis.tokens, token],
      logProbabilities,
      attention: map ? [...hypothesis.attention, map] : hypothesis.attention,
      total,
      score: total / logProbabilities.length ** this.settings.lengthExponent,
    };
  }

  /** The finished hypotheses, best first; of several groups, the best of each, best first. */
  finished(): readonly Hypothesis[] {
    const ordered = this.#groups.map((group) => [...group.finished].sort(byScore));
    if (ordered.length === 1) return ordered.flat();
    return ordered.flatMap((group) => group.slice(0, 1)).sort(byScore);
  }

  /** The best hypothesis so far of the first group, finished or not: what is shown while it is being written. */
  best(): Hypothesis {
    const [first] = this.#groups;
    return [...(first?.finished ?? []), ...(first?.growing ?? [])].sort(byScore)[0] ?? EMPTY;
  }
}

/** `sort` is stable: equals stay in the order in which they were found. */
function byScore(a: Hypothesis, b: Hypothesis): number {
  return b.score - a.score;
}
