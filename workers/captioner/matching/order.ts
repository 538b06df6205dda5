/**
 * Indices by descending score, equals by index; −∞ and NaN are left out. Lazy: of many thousand lines
 * few are looked at, so a heap is built, not a sorted list.
 */
export function* inOrder(scores: Float32Array): Generator<number, void, undefined> {
  const heap = new Uint32Array(scores.length);
  let size = 0;
  for (let at = 0; at < scores.length; at += 1) {
    if ((scores[at] ?? NaN) > -Infinity) heap[size++] = at;
  }
  for (let parent = (size >> 1) - 1; parent >= 0; parent -= 1) sink(heap, size, parent, scores);
  while (size > 0) {
    const best = heap[0] ?? 0;
    size -= 1;
    heap[0] = heap[size] ?? 0;
    sink(heap, size, 0, scores);
    yield best;
  }
}

/** Moves an entry of the heap below those that come before it. */
function sink(heap: Uint32Array, size: number, from: number, scores: Float32Array): void {
  const entry = heap[from] ?? 0;
  let hole = from;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= size) break;
    if (child + 1 < size && isBefore(heap[child + 1] ?? 0, heap[child] ?? 0, scores)) child += 1;
    const below = heap[child] ?? 0;
    if (!isBefore(below, entry, scores)) break;
    heap[hole] = below;
    hole = child;
  }
  heap[hole] = entry;
}

function isBefore(a: number, b: number, scores: Float32Array): boolean {
  const difference = (scores[a] ?? 0) - (scores[b] ?? 0);
  return difference > 0 || (difference === 0 && a < b);
}
