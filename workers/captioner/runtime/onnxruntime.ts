import * as ort from 'onnxruntime-web/wasm';
import scriptUrl from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { RemoteFile } from '../packs/fetchFile.ts';
import type { Ort } from './guarded.ts';
import { WASM_BYTES, WASM_SHA256 } from './wasmFile.ts';

/** Fetched, checked and kept like the packs' files. */
export const WASM_FILE: RemoteFile = {
  url: absolute(wasmUrl),
  bytes: WASM_BYTES,
  sha256: WASM_SHA256,
};

/**
 * Readies onnxruntime-web; the first session starts it. Neither the number of threads nor a failed
 * start can be changed afterwards.
 *
 * @param wasm null when it has been started
 */
export function prepareRuntime(wasm: Uint8Array<ArrayBuffer> | null, threads: number): Ort {
  if (!wasm) return ort;
  ort.env.wasm.wasmBinary = wasm;
  ort.env.wasm.wasmPaths = { mjs: absolute(scriptUrl) };
  ort.env.wasm.numThreads = threads;
  ort.env.logLevel = 'error';
  return ort;
}

/** To be called when it has started: the binary is compiled, its bytes are of no more use. */
export function dropRuntimeBytes(): void {
  delete ort.env.wasm.wasmBinary;
}

function absolute(url: string): string {
  return new URL(url, location.href).href;
}
