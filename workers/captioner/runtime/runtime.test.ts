import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gatherRows } from './tensors.ts';
import { findTiers } from './tiers.ts';
import { WASM_BYTES, WASM_SHA256 } from './wasmFile.ts';

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15';
const desktop = { crossOriginIsolated: true, hardwareConcurrency: 8, userAgent: 'X11; Linux' };
const ONE_THREAD = { backend: 'wasm', threads: 1 };

test.each([
  { what: 'eight cores', device: {}, threads: 4 },
  { what: 'two cores', device: { hardwareConcurrency: 2 }, threads: 2 },
  { what: 'one core', device: { hardwareConcurrency: 1 }, threads: null },
  { what: 'no isolation', device: { crossOriginIsolated: false }, threads: null },
  { what: 'an iPhone', device: { userAgent: IPHONE }, threads: null },
])('tiers of $what', ({ device, threads }) => {
  const tiers = findTiers({ ...desktop, ...device });
  expect(tiers).toEqual(
    threads === null ? [ONE_THREAD] : [{ backend: 'wasm-threads', threads }, ONE_THREAD],
  );
});

test('rows are gathered along the first dimension, whatever follows', () => {
  const state = {
    hidden: { data: Float32Array.of(1, 2, 3, 4, 5, 6), dims: [3, 2] },
    cell: { data: Float32Array.of(7, 8, 9), dims: [3, 1, 1] },
  };
  expect(gatherRows(state, [2, 0, 2, 1])).toEqual({
    hidden: { data: Float32Array.of(5, 6, 1, 2, 5, 6, 3, 4), dims: [4, 2] },
    cell: { data: Float32Array.of(9, 7, 9, 8), dims: [4, 1, 1] },
  });
  expect(gatherRows(state, [0, 1])['hidden']?.dims).toEqual([2, 2]);
  // Nothing moves, nothing is copied.
  expect(gatherRows(state, [0, 1, 2])['hidden']).toBe(state.hidden);
});

test('the size and the hash of the runtime are those of the installed one', () => {
  const path = '../../../node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm';
  const bytes = readFileSync(new URL(path, import.meta.url));
  expect(bytes.length).toBe(WASM_BYTES);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(WASM_SHA256);
});
