/** A float32 array with a shape, outside any runtime. */
export interface Floats {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** Arrays by their name in the graph. */
export type NamedFloats = Readonly<Record<string, Floats>>;

/** The given rows of each array (along its first dimension), in the given order, repeats allowed. */
export function gatherRows(arrays: NamedFloats, rows: readonly number[]): NamedFloats {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, array]) => [name, gather(array, rows)]),
  );
}

function gather(array: Floats, rows: readonly number[]): Floats {
  const [count = 0, ...rest] = array.dims;
  if (rows.length === count && rows.every((row, at) => row === at)) return array;
  const width = rest.reduce((product, side) => product * side, 1);
  const data = new Float32Array(rows.length * width);
  rows.forEach((row, at) => {
    data.set(array.data.subarray(row * width, (row + 1) * width), at * width);
  });
  return { data, dims: [rows.length, ...rest] };
}
