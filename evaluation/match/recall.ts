/** Ranks that are told. */
export const RANKS = [1, 5, 10] as const;
export type Recall = Readonly<Record<(typeof RANKS)[number], number>>;

/**
 * Each photo's own text among those of all photos: the share of photos for which it is one of the
 * first k. A text that scores the same does not come before.
 * @param photos vectors of length 1
 * @param texts those of one text of each photo, in the same order
 */
export function recallOf(photos: readonly Float32Array[], texts: readonly Float32Array[]): Recall {
  const places = photos.map((photo, at) => {
    const scores = texts.map((text) => dot(photo, text));
    const own = scores[at] ?? NaN;
    return scores.filter((score) => score > own).length;
  });
  const within = (k: number) => places.filter((place) => place < k).length / places.length;
  return { 1: within(1), 5: within(5), 10: within(10) };
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
