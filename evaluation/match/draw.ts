/**
 * `count` of the items, drawn without putting back, in the order drawn. The same seed draws the
 * same items on every machine (mulberry32, then Fisher and Yates).
 */
export function drawn<T>(items: readonly T[], count: number, seed: number): T[] {
  const left = [...items];
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  for (let at = 0; at < Math.min(count, left.length); at += 1) {
    const other = at + Math.floor(random() * (left.length - at));
    const [a, b] = [left[at] as T, left[other] as T];
    left[at] = b;
    left[other] = a;
  }
  return left.slice(0, count);
}
