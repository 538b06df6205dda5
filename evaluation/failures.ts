/**
 * `npm run failures -- --data <folder> --count 40`: the photos that a pack did worst on, with what
 * people wrote and what it wrote.
 */
import { Command, Option } from 'commander';
import { failed, positive } from './commandLine.ts';
import { evenly, photosOfSplit, type Split } from './data/tables.ts';
import { CACHE, DEFAULT_PACK } from './evaluate.ts';
import { findPack, SHIPPED_MODELS } from './pack/catalog.ts';
import { predict } from './predict.ts';
import { listFailures } from './scorer.ts';

interface Options {
  readonly data: string;
  readonly pack: string;
  readonly split: Split;
  readonly count: number;
  readonly limit?: number;
  readonly models: string;
}

const program = new Command('failures')
  .description(
    'Lists the photos with the worst plain English description and hashtags together. Predictions come from the cache where pack, settings and photos are the same.',
  )
  .requiredOption('--data <folder>', 'the data folder (training/README.md says what it holds)')
  .option('--pack <id>', 'the pack in the catalog', DEFAULT_PACK)
  .addOption(
    new Option('--split <split>', 'the photos').choices(['train', 'dev', 'test']).default('test'),
  )
  .option('--count <photos>', 'how many to list', positive, 40)
  .option('--limit <photos>', 'look at only so many photos, evenly spaced', positive)
  .option('--models <folder>', 'a models folder other than the shipped one', SHIPPED_MODELS)
  .showHelpAfterError();

async function run({ data, pack, split, count, limit, models }: Options): Promise<void> {
  const photos = evenly(await photosOfSplit(data, split), limit ?? null);
  const stored = findPack(models, pack);
  const request = { data, stored, photos, label: `${pack}, ${split}`, tasks: null, threads: 1 };
  const { path } = await predict({ ...request, reuse: true, cache: CACHE });
  console.log(await listFailures({ data, split, predictions: path, count }));
}

try {
  await run(program.parse().opts<Options>());
} catch (error) {
  failed(error);
}
