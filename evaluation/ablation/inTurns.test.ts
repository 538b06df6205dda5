import { expect, test } from 'vitest';
import { inTurns } from './inTurns.ts';

test('results are in the order of the items, whichever is done first', async () => {
  let running = 0;
  let most = 0;
  const results = await inTurns('testing', [30, 1, 10, 5], async (milliseconds) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((done) => setTimeout(done, milliseconds));
    running -= 1;
    return 2 * milliseconds;
  });
  expect(results).toEqual([60, 2, 20, 10]);
  expect(most).toBe(2);
});

test('after a failure nothing more is begun', async () => {
  const begun: number[] = [];
  const run = inTurns('testing', [1, 2, 3, 4], async (item) => {
    begun.push(item);
    await Promise.resolve();
    if (item === 1) throw new Error('no');
  });
  await expect(run).rejects.toThrow('no');
  expect(begun).toEqual([1, 2]);
});
