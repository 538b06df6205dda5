import type { InferenceSessionFactory, Tensor, TensorConstructor } from 'onnxruntime-web/wasm';
import { CaptionerError } from '../packs/failure.ts';
import type { Floats } from './tensors.ts';

/** onnxruntime, of the web or of Node: the same interface. */
export interface Ort {
  readonly InferenceSession: InferenceSessionFactory;
  readonly Tensor: TensorConstructor;
}

/** Turns what onnxruntime throws into a failure with a code. */
export async function guarded<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const memory = /memory|bad_alloc|allocation/iu.test(detail);
    throw new CaptionerError(memory ? 'out-of-memory' : 'runtime-failed', detail, { cause: error });
  }
}

/** The tensor's numbers. CPU tensors own a plain array: nothing is left to be freed. */
export function takeFloats(tensor: Tensor | undefined, name: string): Floats {
  if (tensor?.data instanceof Float32Array) return { data: tensor.data, dims: tensor.dims };
  throw new CaptionerError('runtime-failed', `${name}: no float32 came out`);
}
