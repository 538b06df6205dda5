import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { TaskId } from './contract.ts';
import { decode } from './decoding/decode.ts';
import { searchFor, vocabularySize } from './decoding/tasks.ts';
import type { Pack } from './packs/schema.ts';
import { readGoldenPhoto } from './goldenPhotos.testing.ts';
import { runSelfTest } from './runtime/selfTest.ts';
import { openShipped, shippedPacks, type ShippedPack } from './shippedPack.testing.ts';

const FOLDER = new URL('../../evaluation/golden/', import.meta.url);
/** int8 weights expanded by two runtimes, and float32 sums in another order. */
const TOLERANCE = 0.02;

interface Golden {
  readonly sha256: Readonly<Record<string, string>>;
  readonly photos: readonly {
    readonly file: string;
    readonly tasks: { readonly [T in TaskId]?: Decoded };
  }[];
}

interface Decoded {
  readonly tokens: readonly number[];
  readonly logProbabilities: readonly number[];
}

const readGolden = (id: string) =>
  JSON.parse(readFileSync(new URL(`${id}.json`, FOLDER), 'utf8')) as Golden;

/** A golden file of another export says nothing about this pack. */
function isOf(golden: Golden, { files }: Pack): boolean {
  return Object.entries(files).every(([name, { sha256 }]) => golden.sha256[name] === sha256);
}

describe.each(shippedPacks)('pack $id', (pack) => {
  const golden = readGolden(pack.id);

  test('passes its self-test', async () => {
    const { table, graphs } = await openShipped(pack);
    await runSelfTest(graphs, pack.inputSize, table, pack.selfTest);
  });

  test('a self-test with other numbers fails', async () => {
    const { table, graphs } = await openShipped(pack);
    const { gridMean, tokens, logProbabilities } = pack.selfTest;
    const failed = expect.objectContaining({ code: 'self-test-failed' }) as Error;
    for (const wrong of [
      { ...pack.selfTest, gridMean: gridMean.map((mean) => mean + 0.03) },
      { ...pack.selfTest, tokens: [...tokens].fill(3) },
      { ...pack.selfTest, logProbabilities: logProbabilities.map((value) => value - 0.03) },
    ]) {
      await expect(runSelfTest(graphs, pack.inputSize, table, wrong)).rejects.toEqual(failed);
    }
  });

  test('says what PyTorch says, of every photo, in every task', async (context) => {
    context.skip(!isOf(golden, pack), 'the golden file is of another export of this pack');
    expect(golden.photos.map(({ file }) => file)).toEqual(photoFiles());
    const opened = await openShipped(pack);
    for (const { file, tasks } of golden.photos) {
      expect(Object.keys(tasks).sort()).toEqual([...pack.tasks].sort());
      const spoken = await speak(opened, await readGoldenPhoto(file));
      for (const task of pack.tasks) expectSame(`${file} ${task}`, spoken.get(task), tasks[task]);
    }
  });
});

function photoFiles(): string[] {
  return readdirSync(new URL('photos/', FOLDER)).filter((name) => name.endsWith('.png'));
}

/** Greedy, all tasks in one batch of steps: how they are batched must not matter. */
async function speak({ pack, table, graphs }: ShippedPack, pixels: Float32Array) {
  const { memory, state } = await graphs.start(await graphs.encode(pixels, pack.inputSize));
  const searches = new Map(
    pack.tasks.map((task) => {
      const settings = pack.decoding[task];
      if (!settings) throw new Error(`no settings for ${task}`);
      return [task, searchFor(table, task, settings, { beamWidth: 1 })];
    }),
  );
  const steps = decode([...searches.values()], state, graphs.stepper(memory), () => undefined, {
    vocabularySize: vocabularySize(table),
  });
  while ((await steps.next()).done !== true);
  return new Map([...searches].map(([task, search]) => [task, search.finished()[0]]));
}

function expectSame(
  what: string,
  actual: Decoded | undefined,
  expected: Decoded | undefined,
): void {
  expect(actual?.tokens, what).toEqual(expected?.tokens);
  const values = expected?.logProbabilities ?? [];
  expect(values.length, what).toBe(actual?.logProbabilities.length);
  const far = values.map((value, at) => Math.abs(value - (actual?.logProbabilities[at] ?? NaN)));
  expect(Math.max(...far), what).toBeLessThan(TOLERANCE);
}
