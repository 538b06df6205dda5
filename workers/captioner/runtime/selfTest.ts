import { logSumExp } from '../decoding/scores.ts';
import { allowedTokens, vocabularySize, type TokenTable } from '../decoding/tasks.ts';
import { CaptionerError } from '../packs/failure.ts';
import type { SelfTest } from '../packs/schema.ts';
import type { Graphs, Started } from './graphs.ts';
import type { Floats } from './tensors.ts';

/** Sums in another order, and int8 weights expanded by another runtime; wrong kernels are far off. */
const TOLERANCE = 0.02;

/**
 * Runs the test pattern through all three graphs and compares with the numbers that the export
 * stored. A backend may compute wrong numbers without any error.
 *
 * @throws CaptionerError `self-test-failed`, or what the graphs throw
 */
export async function runSelfTest(
  graphs: Graphs,
  size: number,
  table: TokenTable,
  expected: SelfTest,
): Promise<void> {
  const grid = await graphs.encode(testPattern(size), size);
  compare('grid', channelMeans(grid, expected.gridMean.length), expected.gridMean);
  const spoken = await speak(graphs, await graphs.start(grid), table, expected);
  if (spoken.tokens.join() !== expected.tokens.join()) {
    throw failed(`tokens ${spoken.tokens.join()} instead of ${expected.tokens.join()}`);
  }
  compare('log-probabilities', spoken.logProbabilities, expected.logProbabilities);
}

/** Pixel (x, y, c) = ((x (3 + c) + y (5 − c)) 7 + 31 c) mod 256, planar RGB. */
export function testPattern(size: number): Float32Array {
  const pixels = new Float32Array(3 * size * size);
  let at = 0;
  for (let c = 0; c < 3; c += 1) {
    for (let y = 0; y < size; y += 1) {
      for (let x = 0; x < size; x += 1) {
        pixels[at] = ((x * (3 + c) + y * (5 - c)) * 7 + 31 * c) % 256;
        at += 1;
      }
    }
  }
  return pixels;
}

/** Means over the regions of the first channels of a grid [1, L, C]. */
function channelMeans({ data, dims }: Floats, count: number): number[] {
  const [, regions = 0, channels = 0] = dims;
  return Array.from({ length: count }, (_, channel) => {
    let sum = 0;
    for (let region = 0; region < regions; region += 1) {
      sum += data[region * channels + channel] ?? NaN;
    }
    return sum / regions;
  });
}

/** Greedy steps with no rule but the task's tokens: the decoder's numbers, not its sentences. */
async function speak(
  graphs: Graphs,
  { memory, state: first }: Started,
  table: TokenTable,
  { task, tokens: { length: steps } }: SelfTest,
): Promise<{ tokens: number[]; logProbabilities: number[] }> {
  const allowed = allowedTokens(table, task);
  const step = graphs.stepper(memory);
  const tokens: number[] = [];
  const logProbabilities: number[] = [];
  let state = first;
  for (let token = table.tasks[task] ?? NaN; tokens.length < steps;) {
    const result = await step(state, [0], [token]);
    const { logits } = result;
    if (logits.length !== vocabularySize(table)) throw failed(`${logits.length} logits`);
    const score = (id: number) => logits[id] ?? -Infinity;
    token = allowed.reduce((best, id) => (score(id) > score(best) ? id : best));
    tokens.push(token);
    logProbabilities.push(score(token) - logSumExp(logits));
    state = result.state;
  }
  return { tokens, logProbabilities };
}

function compare(what: string, actual: readonly number[], expected: readonly number[]): void {
  const far = expected.some((value, at) => !(Math.abs(value - (actual[at] ?? NaN)) <= TOLERANCE));
  if (far) throw failed(`${what} ${actual.join()} instead of ${expected.join()}`);
}

function failed(detail: string): CaptionerError {
  return new CaptionerError('self-test-failed', detail);
}
