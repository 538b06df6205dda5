import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Step } from '../../workers/captioner/decoding/decode.ts';

/** Tensors by their name in the graph. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** What is fixed for a photo, what the first step starts from, and the concepts' probabilities. */
export interface Started {
  readonly memory: Tensors;
  /** One row. */
  readonly state: Tensors;
  readonly tags: Float32Array;
}

export interface GraphPaths {
  readonly encoder: string;
  readonly start: string;
  readonly step: string;
}

const NEXT = 'next_';
const TOKEN = 'token';
const TAGS = 'tags';
const LOGITS = 'logits';

/**
 * The three graphs of a pack in onnxruntime-node. They describe themselves: an input of `step` is
 * state when `step` also gives its `next_…`, and memory otherwise.
 */
export class Graphs {
  readonly #encoder: InferenceSession;
  readonly #start: InferenceSession;
  readonly #step: InferenceSession;
  readonly #memoryNames: readonly string[];
  readonly #stateNames: readonly string[];
  /** All but the attention maps, which no score looks at. */
  readonly #fetches: readonly string[];

  private constructor(encoder: InferenceSession, start: InferenceSession, step: InferenceSession) {
    this.#encoder = encoder;
    this.#start = start;
    this.#step = step;
    const inputs = step.inputNames.filter((name) => name !== TOKEN);
    this.#stateNames = inputs.filter((name) => step.outputNames.includes(NEXT + name));
    this.#fetches = [LOGITS, ...this.#stateNames.map((name) => NEXT + name)];
    this.#memoryNames = inputs.filter((name) => !this.#stateNames.includes(name));
  }

  /** @param models the folder that the paths are relative to */
  static async open(models: string, paths: GraphPaths, threads: number): Promise<Graphs> {
    const options: InferenceSession.SessionOptions = {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // Expands the int8 weights once at load, as the browser's runtime does by itself; computing
      // from them at each run is three times slower.
      extra: { session: { disable_quant_qdq: '1' } },
    };
    const [encoder, start, step] = await Promise.all(
      [paths.encoder, paths.start, paths.step].map((path) =>
        InferenceSession.create(join(models, path), options),
      ),
    );
    if (encoder === undefined || start === undefined || step === undefined)
      throw new Error('A graph is missing');
    return new Graphs(encoder, start, step);
  }

  /** @param pixels [3, size, size], RGB, 0–255 */
  async start(pixels: Float32Array, size: number): Promise<Started> {
    const { grid } = await this.#encoder.run({
      pixels: new Tensor('float32', pixels, [1, 3, size, size]),
    });
    const started = await this.#start.run({ grid: need(grid, 'grid') });
    return {
      memory: pick(started, this.#memoryNames),
      state: pick(started, this.#stateNames),
      tags: floats(need(started[TAGS], TAGS)),
    };
  }

  /** The decoder of one photo, as `decode` calls it: row i reads a token and goes on from a row of the state. */
  stepOver(memory: Tensors): Step<Tensors> {
    return async (state, parents, tokens) => {
      const token = new Tensor('int32', Int32Array.from(tokens), [tokens.length]);
      const feeds = { ...memory, ...gatherRows(state, parents), [TOKEN]: token };
      const stepped = await this.#step.run(feeds, this.#fetches);
      const next = this.#stateNames.map((name) => [name, need(stepped[NEXT + name], NEXT + name)]);
      return {
        logits: floats(need(stepped[LOGITS], LOGITS)),
        attention: null,
        state: Object.fromEntries(next) as Tensors,
      };
    };
  }
}

/** The given rows of a state, in the given order; a row may be taken more than once. */
export function gatherRows(state: Tensors, rows: readonly number[]): Tensors {
  return Object.fromEntries(
    Object.entries(state).map(([name, tensor]) => {
      const [, ...rest] = tensor.dims;
      const width = rest.reduce((product, side) => product * side, 1);
      const from = floats(tensor);
      const to = new Float32Array(rows.length * width);
      for (const [at, row] of rows.entries())
        to.set(from.subarray(row * width, (row + 1) * width), at * width);
      return [name, new Tensor('float32', to, [rows.length, ...rest])];
    }),
  );
}

function pick(from: Tensors, names: readonly string[]): Tensors {
  return Object.fromEntries(names.map((name) => [name, need(from[name], name)]));
}

function need(tensor: Tensor | undefined, name: string): Tensor {
  if (tensor === undefined) throw new Error(`The graph gives no ${name}`);
  return tensor;
}

function floats(tensor: Tensor): Float32Array {
  if (tensor.data instanceof Float32Array) return tensor.data;
  throw new Error(`float32 expected, ${tensor.type} found`);
}
