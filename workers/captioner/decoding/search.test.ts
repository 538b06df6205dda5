import { describe, expect, it } from 'vitest';
import { BeamSearch, type Hypothesis, type SearchSettings } from './search.ts';
import { END, makeToy, run, settings, START, toyAttention, toyLogits } from './toy.testing.ts';

const SIZE = 5;
const SEEDS = Array.from({ length: 12 }, (_, seed) => seed);

function logProbability(seed: number, prefix: readonly number[], token: number): number {
  const logits = toyLogits(seed, prefix, SIZE);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
  return (logits[token] ?? NaN) - Math.log(sum);
}

/** What the model thinks of a whole sentence, one value a token and one for its end. */
function judged(seed: number, tokens: readonly number[]): number[] {
  const sentence = [START, ...tokens];
  return [...tokens, END].map((token, i) => logProbability(seed, sentence.slice(0, i + 1), token));
}

function everySentence({ allowed, minLength, maxLength }: SearchSettings): number[][] {
  const tokens = allowed.filter((token) => token !== END);
  const grow = (sentence: number[]): number[][] => [
    ...(sentence.length >= minLength ? [sentence] : []),
    ...(sentence.length < maxLength ? tokens.flatMap((t) => grow([...sentence, t])) : []),
  ];
  return grow([]);
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

async function search(
  seed: number,
  overrides: Partial<SearchSettings>,
): Promise<readonly Hypothesis[]> {
  const beam = new BeamSearch(settings(overrides));
  await run(makeToy(seed, SIZE), beam);
  expect(beam.done).toBe(true);
  return beam.finished();
}

describe('beam search', () => {
  it.each(SEEDS)('reports the log-probabilities the model gave (seed %i)', async (seed) => {
    for (const { tokens, logProbabilities, total } of await search(seed, { beamWidth: 3 })) {
      const expected = judged(seed, tokens);
      expect(logProbabilities).toHaveLength(expected.length);
      logProbabilities.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i] ?? NaN, 4);
      });
      expect(total).toBeCloseTo(sum(expected), 4);
    }
  });

  it.each(SEEDS)('is exhaustive when wider than all prefixes (seed %i)', async (seed) => {
    const wide = settings({ beamWidth: 200, maxLength: 3 });
    const [best] = await search(seed, wide);
    const scores = everySentence(wide).map((tokens) => ({
      tokens,
      score: sum(judged(seed, tokens)) / (tokens.length + 1) ** wide.lengthExponent,
    }));
    const winner = scores.reduce((a, b) => (b.score > a.score ? b : a));
    expect(best?.tokens).toEqual(winner.tokens);
    expect(best?.score).toBeCloseTo(winner.score, 4);
  });

  it.each(SEEDS)('of width one takes the likeliest token at every step (seed %i)', async (seed) => {
    const [best] = await search(seed, { beamWidth: 1, minLength: 0 });
    const tokens: number[] = [];
    while (tokens.length < 4) {
      const prefix = [START, ...tokens];
      const next = [1, 2, 3, 4].reduce((a, b) =>
        logProbability(seed, prefix, b) > logProbability(seed, prefix, a) ? b : a,
      );
      if (next === END) break;
      tokens.push(next);
    }
    expect(best?.tokens).toEqual(tokens);
  });

  it('finds sentences that greedy search misses, and orders what it finds', async () => {
    let better = 0;
    for (const seed of SEEDS) {
      const [greedy] = await search(seed, { beamWidth: 1 });
      const beam = await search(seed, { beamWidth: 4 });
      const scores = beam.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      if ((scores[0] ?? -Infinity) > (greedy?.score ?? -Infinity) + 1e-6) better += 1;
    }
    expect(better).toBeGreaterThan(3);
  });

  it.each(SEEDS)('keeps each hypothesis its own attention maps (seed %i)', async (seed) => {
    for (const { tokens, attention } of await search(seed, { beamWidth: 3 })) {
      const sentence = [START, ...tokens];
      // The step that chose the end has a map too: it is that of the last token's successor.
      expect(attention.map((map) => [...map])).toEqual(
        sentence.map((_, i) => [...Float32Array.from(toyAttention(sentence.slice(0, i + 1)))]),
      );
    }
  });

  it('has no maps where the decoder has no attention', async () => {
    const beam = new BeamSearch(settings({ beamWidth: 2 }));
    await run(makeToy(1, SIZE, false), beam);
    expect(beam.finished()[0]?.attention).toEqual([]);
  });

  it('breaks ties by row, then by token id', () => {
    const beam = new BeamSearch(settings({ beamWidth: 2, minLength: 2, maxLength: 2 }));
    const flat = new Float32Array(2 * SIZE);
    beam.advance(flat, SIZE, null, 0);
    expect(beam.next()).toEqual({ tokens: [2, 3], parents: [0, 0] });
    beam.advance(flat, SIZE, null, 0);
    expect(beam.next()).toEqual({ tokens: [2, 3], parents: [0, 0] });
    beam.advance(flat, SIZE, null, 0);
    expect(beam.finished().map(({ tokens }) => tokens)).toEqual([
      [2, 2],
      [2, 3],
    ]);
  });

  it('shows the best of what is growing while it writes', async () => {
    const beam = new BeamSearch(settings({ beamWidth: 3, minLength: 3 }));
    const toy = makeToy(5, SIZE);
    expect(beam.best().tokens).toEqual([]);
    const { logits } = await toy.step([[]], [0], [START]);
    beam.advance(logits, SIZE, null, 0);
    expect(beam.best().tokens).toHaveLength(1);
    await run(toy, beam).catch(() => undefined);
  });
});

describe('constraints', () => {
  it.each(SEEDS)('hold for every hypothesis (seed %i)', async (seed) => {
    const found = await search(seed, {
      allowed: [1, 3, 4],
      beamWidth: 4,
      minLength: 2,
      maxLength: 5,
      noRepeatNgram: 2,
    });
    expect(found.length).toBeGreaterThan(0);
    for (const { tokens } of found) {
      expect(tokens.length).toBeGreaterThanOrEqual(2);
      expect(tokens.length).toBeLessThanOrEqual(5);
      expect(tokens.every((token) => token === 3 || token === 4)).toBe(true);
      const pairs = tokens.slice(1).map((token, i) => `${String(tokens[i])} ${String(token)}`);
      expect(new Set(pairs).size).toBe(pairs.length);
    }
  });

  it.each(SEEDS)('let no token come twice when asked (seed %i)', async (seed) => {
    for (const { tokens } of await search(seed, { beamWidth: 2, maxLength: 3, noRepeatNgram: 1 })) {
      expect(new Set(tokens).size).toBe(tokens.length);
    }
  });

  it.each(SEEDS)('find the best sentence without a word said again (seed %i)', async (seed) => {
    // 2 and 4 are forms of one word; 3 is no content word, and may come again.
    const onceOnly = new Map([2, 4].map((token) => [token, [2, 4]] as const));
    const wide = settings({ beamWidth: 200, maxLength: 3, minLength: 3, onceOnly });
    const [best] = await search(seed, wide);
    const candidates = everySentence(wide).filter(
      (tokens) => tokens.filter((token) => token !== 3).length <= 1,
    );
    const scores = candidates.map((tokens) => sum(judged(seed, tokens)) / 4 ** 0.7);
    expect(candidates).toHaveLength(7);
    expect(best?.tokens).toEqual(candidates[scores.indexOf(Math.max(...scores))]);
  });

  it('end a search that has nothing left to say', async () => {
    const found = await search(1, { allowed: [1, 2], minLength: 3, noRepeatNgram: 1 });
    expect(found).toEqual([]);
  });
});

describe('diverse beam search', () => {
  const apart = { beamWidth: 2, groups: 3, minLength: 2, maxLength: 4 };

  it.each(SEEDS)(
    'opens every group with another token when sameness is dear (seed %i)',
    async (seed) => {
      const found = await search(seed, { ...apart, beamWidth: 1, diversity: 100 });
      const first = found.map(({ tokens }) => tokens[0]);
      expect(new Set(first).size).toBe(3);
    },
  );

  it.each(SEEDS)(
    'is plain beam search in every group when it costs nothing (seed %i)',
    async (seed) => {
      const [plain] = await search(seed, { ...apart, groups: 1 });
      const found = await search(seed, { ...apart, diversity: 0 });
      expect(found.map(({ tokens }) => tokens)).toEqual(
        [plain, plain, plain].map((h) => h?.tokens),
      );
    },
  );

  it.each(SEEDS)('leaves the penalty out of the scores (seed %i)', async (seed) => {
    for (const { tokens, total } of await search(seed, { ...apart, diversity: 1 })) {
      expect(total).toBeCloseTo(sum(judged(seed, tokens)), 4);
    }
  });
});
