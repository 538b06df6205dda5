import type { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import type { Step } from '../decoding/decode.ts';
import { CaptionerError } from '../packs/failure.ts';
import { guarded, takeFloats, type Ort } from './guarded.ts';
import { gatherRows, type Floats, type NamedFloats } from './tensors.ts';

export interface GraphFiles {
  readonly encoder: Uint8Array<ArrayBuffer>;
  readonly start: Uint8Array<ArrayBuffer>;
  readonly step: Uint8Array<ArrayBuffer>;
}

/** What `start` makes of a photo's grid. */
export interface Started {
  /** The same for every step and every row. */
  readonly memory: NamedFloats;
  /** Of one row: where every search begins. */
  readonly state: NamedFloats;
  /** Probability of each concept, in the vocabulary's order. */
  readonly tags: Float32Array;
}

const NEXT = 'next_';

/**
 * Session options that have the int8 weights expanded once, when a session opens. By itself
 * onnxruntime does so for convolutions alone: the decoder's matrices and its embedding would be
 * expanded anew in every step (Chromium, one thread, medians: a step of one row 4.6 → 1.0 ms, of
 * ten rows 7.6 → 3.8 ms, the encoder the same; logits within 0.00001).
 */
export const EXPAND_WEIGHTS_ONCE = {
  extra: { session: { disable_quant_qdq: '1' } },
} as const satisfies InferenceSession.SessionOptions;

/**
 * The three graphs of a pack, as sessions. They describe themselves: an input of `step` is state
 * when `step` also gives its `next_…`, and memory otherwise. Arrays go in and come out outside the
 * runtime, so that no tensor outlives a call. Calls must not overlap.
 */
export class Graphs {
  readonly #ort: Ort;
  readonly #encoder: InferenceSession;
  readonly #start: InferenceSession;
  readonly #step: InferenceSession;
  readonly #memoryNames: readonly string[];
  readonly #stateNames: readonly string[];

  private constructor(
    ort: Ort,
    [encoder, start, step]: readonly [InferenceSession, InferenceSession, InferenceSession],
  ) {
    this.#ort = ort;
    this.#encoder = encoder;
    this.#start = start;
    this.#step = step;
    const inputs = step.inputNames.filter((name) => name !== 'token');
    this.#stateNames = inputs.filter((name) => step.outputNames.includes(NEXT + name));
    this.#memoryNames = inputs.filter((name) => !this.#stateNames.includes(name));
  }

  /** @throws CaptionerError `runtime-failed` or `out-of-memory` */
  static async open(
    ort: Ort,
    files: GraphFiles,
    options: InferenceSession.SessionOptions,
  ): Promise<Graphs> {
    const create = (bytes: Uint8Array<ArrayBuffer>) => ort.InferenceSession.create(bytes, options);
    return await guarded(async () => {
      // One after the other: the peak of memory is lower, and nothing runs in parallel anyway.
      const encoder = await create(files.encoder);
      const start = await create(files.start);
      return new Graphs(ort, [encoder, start, await create(files.step)]);
    });
  }

  /** Frees the sessions; no call may follow, and none may be under way. */
  async release(): Promise<void> {
    await guarded(async () => {
      for (const session of [this.#encoder, this.#start, this.#step]) await session.release();
    });
  }

  /**
   * @param pixels [3, size, size], RGB, 0–255
   * @returns the feature grid [1, L, C]
   */
  async encode(pixels: Float32Array, size: number): Promise<Floats> {
    const feeds = { pixels: this.#tensor({ data: pixels, dims: [1, 3, size, size] }) };
    const { grid } = await this.#run(this.#encoder, feeds, ['grid']);
    return need(grid, 'grid');
  }

  async start(grid: Floats): Promise<Started> {
    const names = [...this.#memoryNames, ...this.#stateNames, 'tags'];
    const out = await this.#run(this.#start, { grid: this.#tensor(grid) }, names);
    return {
      memory: pick(out, this.#memoryNames),
      state: pick(out, this.#stateNames),
      tags: need(out['tags'], 'tags').data,
    };
  }

  /** The decoder over one photo's memory, for `decode`. Its states hold nothing to be freed. */
  stepper(memory: NamedFloats): Step<NamedFloats> {
    const names = ['logits', ...this.#stateNames.map((name) => NEXT + name)];
    return async (state, parents, tokens) => {
      const feeds = this.#tensors({ ...memory, ...gatherRows(state, parents) });
      feeds['token'] = new this.#ort.Tensor('int32', Int32Array.from(tokens), [tokens.length]);
      const out = await this.#run(this.#step, feeds, names);
      const next = this.#stateNames.map((name) => [name, need(out[NEXT + name], NEXT + name)]);
      return {
        logits: need(out['logits'], 'logits').data,
        attention: null,
        state: Object.fromEntries(next) as NamedFloats,
      };
    };
  }

  #tensor({ data, dims }: Floats): Tensor {
    return new this.#ort.Tensor('float32', data, dims);
  }

  #tensors(arrays: NamedFloats): Record<string, Tensor> {
    const entries = Object.entries(arrays).map(([name, array]) => [name, this.#tensor(array)]);
    return Object.fromEntries(entries) as Record<string, Tensor>;
  }

  async #run(
    session: InferenceSession,
    feeds: Record<string, Tensor>,
    names: readonly string[],
  ): Promise<NamedFloats> {
    const out = await guarded(() => session.run(feeds, names));
    return Object.fromEntries(names.map((name) => [name, takeFloats(out[name], name)]));
  }
}

function pick(from: NamedFloats, names: readonly string[]): NamedFloats {
  return Object.fromEntries(names.map((name) => [name, need(from[name], name)]));
}

function need(array: Floats | undefined, name: string): Floats {
  if (array) return array;
  throw new CaptionerError('runtime-failed', `the graphs do not fit: no ${name}`);
}
