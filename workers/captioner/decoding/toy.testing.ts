import { decode, type Step } from './decode.ts';
import { type BeamSearch, type SearchSettings } from './search.ts';

/**
 * A toy decoder for tests: logits are a fixed random function of the whole sentence so far, so that a wrong
 * parent, a wrong row or a stale state shows at once. Its state is what a real one hides: the tokens of each row.
 */
export interface Toy {
  readonly vocabularySize: number;
  readonly step: Step<readonly (readonly number[])[]>;
  readonly start: readonly (readonly number[])[];
  readonly steps: () => number;
}

export const START = 0;
export const END = 1;
const REGIONS = 3;

/** Mulberry32: a small seeded generator, uniform in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function hash(tokens: readonly number[]): number {
  return tokens.reduce((sum, token) => (Math.imul(sum, 31) + token + 17) >>> 0, 7);
}

export function toyLogits(seed: number, sentence: readonly number[], size: number): number[] {
  const random = seeded(hash([seed, ...sentence]));
  return Array.from({ length: size }, () => 4 * random() - 2);
}

/** The attention of a sentence: tells which one it was. */
export function toyAttention(sentence: readonly number[]): number[] {
  return [sentence.length, sentence.at(-1) ?? -1, hash(sentence) % 1000];
}

export function makeToy(seed: number, vocabularySize: number, attends = true): Toy {
  let steps = 0;
  return {
    vocabularySize,
    start: [[]],
    steps: () => steps,
    step: (state, parents, tokens) => {
      steps += 1;
      const next = tokens.map((token, row) => [...(state[parents[row] ?? -1] ?? [NaN]), token]);
      const attention = attends ? Float32Array.from(next.flatMap(toyAttention)) : null;
      if (attention && attention.length !== REGIONS * tokens.length) throw new Error('bad toy');
      const logits = Float32Array.from(next.flatMap((row) => toyLogits(seed, row, vocabularySize)));
      return Promise.resolve({ logits, attention, state: next });
    },
  };
}

export function settings(overrides: Partial<SearchSettings> = {}): SearchSettings {
  return {
    startToken: START,
    endToken: END,
    allowed: [1, 2, 3, 4],
    beamWidth: 1,
    lengthExponent: 0.7,
    minLength: 1,
    maxLength: 4,
    noRepeatNgram: 0,
    ...overrides,
  };
}

/** Runs the searches to their end; returns the number of steps that took. */
export async function run(toy: Toy, ...searches: BeamSearch[]): Promise<number> {
  const { vocabularySize } = toy;
  let steps = 0;
  const running = decode(searches, toy.start, toy.step, () => undefined, { vocabularySize });
  for await (const done of running) steps = done;
  return steps;
}
