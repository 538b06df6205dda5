import { describe, expect, it } from 'vitest';
import { decode, DecodeStopped } from './decode.ts';
import { BeamSearch } from './search.ts';
import { makeToy, run, settings } from './toy.testing.ts';

const SIZE = 5;

describe('decode', () => {
  it('gives several searches in one batch what each would find alone', async () => {
    const make = () => [
      new BeamSearch(settings({ beamWidth: 3 })),
      new BeamSearch(settings({ beamWidth: 1, startToken: 4, maxLength: 2 })),
      new BeamSearch(settings({ beamWidth: 2, groups: 2, diversity: 1, startToken: 3 })),
    ];
    for (let seed = 0; seed < 10; seed += 1) {
      const together = make();
      await run(makeToy(seed, SIZE), ...together);
      for (const [i, alone] of make().entries()) {
        await run(makeToy(seed, SIZE), alone);
        expect(together[i]?.finished()).toEqual(alone.finished());
      }
    }
  });

  it('takes as many steps as the longest search', async () => {
    const toy = makeToy(3, SIZE);
    const long = new BeamSearch(settings({ minLength: 6, maxLength: 6 }));
    await run(toy, new BeamSearch(settings({ minLength: 1, maxLength: 1 })), long);
    expect(toy.steps()).toBe(7);
  });

  it('stops between steps, and releases the state once', async () => {
    const toy = makeToy(3, SIZE);
    const released: unknown[] = [];
    let steps = 0;
    const running = async () => {
      const search = new BeamSearch(settings({ minLength: 9, maxLength: 9 }));
      const options = { vocabularySize: SIZE, shouldStop: () => steps === 3 };
      const release = (state: unknown) => released.push(state);
      for await (const done of decode([search], toy.start, toy.step, release, options))
        steps = done;
    };
    await expect(running()).rejects.toBeInstanceOf(DecodeStopped);
    expect(toy.steps()).toBe(3);
    expect(released).toHaveLength(1);
  });

  it('releases the state when the reader goes away', async () => {
    const toy = makeToy(3, SIZE);
    const released: unknown[] = [];
    const release = (state: unknown) => released.push(state);
    const search = new BeamSearch(settings({ minLength: 9, maxLength: 9 }));
    const running = decode([search], toy.start, toy.step, release, { vocabularySize: SIZE });
    await running.next();
    await running.return();
    expect(released).toHaveLength(1);
  });

  it('does not release a state that a failed step had taken over', async () => {
    const released: unknown[] = [];
    const fails = () => Promise.reject(new Error('device lost'));
    const running = async () => {
      const search = new BeamSearch(settings());
      const release = (state: unknown) => released.push(state);
      await decode([search], [[]], fails, release, { vocabularySize: SIZE }).next();
    };
    await expect(running()).rejects.toThrow('device lost');
    expect(released).toEqual([]);
  });

  it('has nothing to do without searches', async () => {
    const toy = makeToy(1, SIZE);
    expect(await run(toy)).toBe(0);
  });
});
