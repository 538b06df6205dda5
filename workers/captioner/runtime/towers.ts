import type { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { CaptionerError } from '../packs/failure.ts';
import { guarded, takeFloats, type Ort } from './guarded.ts';
import type { Floats } from './tensors.ts';

export interface TowerFiles {
  readonly photoTower: Uint8Array<ArrayBuffer>;
  readonly textTower: Uint8Array<ArrayBuffer>;
}

/** A vector's length may be off by so much: sums in float32, weights in int8. */
const LENGTH_TOLERANCE = 0.01;

/**
 * The match model of a pack: two graphs that map photos and texts into one space, where the cosine
 * of two vectors tells how well they go together. Calls must not overlap, nor those of `Graphs`.
 */
export class Towers {
  readonly #ort: Ort;
  readonly #photo: InferenceSession;
  readonly #text: InferenceSession;

  private constructor(ort: Ort, photo: InferenceSession, text: InferenceSession) {
    this.#ort = ort;
    this.#photo = photo;
    this.#text = text;
  }

  /** @throws CaptionerError `runtime-failed` or `out-of-memory` */
  static async open(
    ort: Ort,
    { photoTower, textTower }: TowerFiles,
    options: InferenceSession.SessionOptions,
  ): Promise<Towers> {
    return await guarded(async () => {
      const photo = await ort.InferenceSession.create(photoTower, options);
      try {
        return new Towers(ort, photo, await ort.InferenceSession.create(textTower, options));
      } catch (error) {
        await photo.release();
        throw error;
      }
    });
  }

  /** Frees the sessions; no call may follow, and none may be under way. */
  async release(): Promise<void> {
    await guarded(async () => {
      await this.#photo.release();
      await this.#text.release();
    });
  }

  /**
   * @param grid a photo's feature grid [1, L, C]
   * @returns a vector of length 1
   */
  async seePhoto({ data, dims }: Floats): Promise<Float32Array> {
    const grid = new this.#ort.Tensor('float32', data, dims);
    const [vector] = await this.#run(this.#photo, { grid }, 1);
    return vector ?? new Float32Array();
  }

  /**
   * @param texts ids of each text's pieces
   * @param padding fills the ends of the shorter ones
   * @returns a vector of length 1 for each
   */
  async readTexts(texts: readonly (readonly number[])[], padding: number): Promise<Float32Array[]> {
    if (texts.length === 0) return [];
    const width = Math.max(1, ...texts.map((text) => text.length));
    const ids = new Int32Array(texts.length * width).fill(padding);
    for (const [row, text] of texts.entries()) ids.set(text, row * width);
    const pieces = new this.#ort.Tensor('int32', ids, [texts.length, width]);
    return await this.#run(this.#text, { pieces }, texts.length);
  }

  /** Runs a tower; the rows of what comes out. */
  async #run(
    tower: InferenceSession,
    feeds: Record<string, Tensor>,
    rows: number,
  ): Promise<Float32Array[]> {
    const { vector } = await guarded(() => tower.run(feeds, ['vector']));
    const { data } = takeFloats(vector, 'vector');
    const width = data.length / rows;
    const vectors = Array.from({ length: rows }, (_, row) =>
      data.slice(row * width, (row + 1) * width),
    );
    if (vectors.every(hasLengthOne)) return vectors;
    throw new CaptionerError('runtime-failed', 'a tower gave a vector that is not of length 1');
  }
}

function hasLengthOne(vector: Float32Array): boolean {
  const squares = vector.reduce((sum, value) => sum + value * value, 0);
  return Math.abs(Math.sqrt(squares) - 1) <= LENGTH_TOLERANCE;
}
