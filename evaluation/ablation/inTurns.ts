import { clock } from '../progress.ts';

/** Work items at a time: each keeps one core busy. */
const AT_ONCE = 2;

/**
 * Runs `run` on every item, two at a time, and says after each how long the rest will take.
 * @returns in the order of the items
 * @throws what the first failing item threw; what had not begun by then is left undone
 */
export async function inTurns<T, R>(
  what: string,
  items: readonly T[],
  run: (item: T) => Promise<R>,
): Promise<R[]> {
  const began = performance.now();
  const results: R[] = [];
  const queue = [...items.entries()];
  let done = 0;
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [at, item] = next;
      try {
        results[at] = await run(item);
      } catch (error) {
        queue.length = 0;
        throw error;
      }
      done += 1;
      const each = (performance.now() - began) / 1000 / done;
      const left = clock(each * (items.length - done));
      console.log(`${what}: ${done} of ${items.length} · about ${left} left`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}
