/** Vectors of length 1 are kept as int8: a component is `value / INT8_SCALE`. */
export const INT8_SCALE = 127;

/** A vector of length 1 as int8. */
export function quantize(vector: Float32Array): Int8Array<ArrayBuffer> {
  return Int8Array.from(vector, (value) => Math.round(value * INT8_SCALE));
}

/** Cosine of two int8 vectors. */
export function cosine(a: Int8Array, b: Int8Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum / INT8_SCALE ** 2;
}

/** Cosine of a vector and the row of int8 vectors that begins at `start`. */
export function cosineOfRow(rows: Int8Array, start: number, vector: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < vector.length; at += 1) sum += (rows[start + at] ?? 0) * (vector[at] ?? 0);
  return sum / INT8_SCALE;
}
