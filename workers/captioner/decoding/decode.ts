import { type BeamSearch } from './search.ts';

/** Logits [B, V] and attention maps [B, L] of one step, with the state after it. */
export interface StepResult<State> {
  readonly logits: Float32Array;
  readonly attention: Float32Array | null;
  readonly state: State;
}

/**
 * Runs the decoder on B rows at once: row i reads `tokens[i]` and goes on from row `parents[i]` of `state`
 * (the start state has one row). It takes `state` over: whatever has to be freed is freed by the callee.
 */
export type Step<State> = (
  state: State,
  parents: readonly number[],
  tokens: readonly number[],
) => Promise<StepResult<State>>;

export interface DecodeOptions {
  readonly vocabularySize: number;
  /** Looked at before every step. */
  readonly shouldStop?: () => boolean;
}

/** `shouldStop` said so; the searches hold what had been written. */
export class DecodeStopped extends Error {
  override readonly name = 'DecodeStopped';
}

/**
 * Runs several searches over one photo in one batch of steps, until each is done. Yields the number of steps
 * after each of them, so that the caller can show words as they come. The last state goes to `release`, on
 * every path but a failed step.
 */
export async function* decode<State>(
  searches: readonly BeamSearch[],
  start: State,
  step: Step<State>,
  release: (state: State) => void,
  { vocabularySize, shouldStop = () => false }: DecodeOptions,
): AsyncGenerator<number, void, undefined> {
  let state: State | null = start;
  // The first step of every search goes on from the one row of the start state.
  let firstRowOf = new Map(searches.map((search) => [search, 0]));
  try {
    for (let steps = 1; ; steps += 1) {
      const running = searches.filter((search) => !search.done);
      if (running.length === 0) return;
      if (shouldStop()) throw new DecodeStopped();
      const batch = gather(running, firstRowOf);
      const current = state;
      state = null;
      const result = await step(current, batch.parents, batch.tokens);
      state = result.state;
      const regions = result.attention ? result.attention.length / batch.tokens.length : 0;
      for (const search of running) {
        const firstRow = batch.firstRowOf.get(search);
        search.advance(result.logits, vocabularySize, result.attention, regions, firstRow);
      }
      firstRowOf = batch.firstRowOf;
      yield steps;
    }
  } finally {
    if (state !== null) release(state);
  }
}

/** The rows of all running searches, one after the other; parents are rows of the last batch. */
function gather(
  running: readonly BeamSearch[],
  lastFirstRowOf: ReadonlyMap<BeamSearch, number>,
): { tokens: number[]; parents: number[]; firstRowOf: Map<BeamSearch, number> } {
  const tokens: number[] = [];
  const parents: number[] = [];
  const firstRowOf = new Map<BeamSearch, number>();
  for (const search of running) {
    const rows = search.next();
    firstRowOf.set(search, tokens.length);
    tokens.push(...rows.tokens);
    const offset = lastFirstRowOf.get(search) ?? 0;
    parents.push(...rows.parents.map((parent) => parent + offset));
  }
  return { tokens, parents, firstRowOf };
}
