/**
 * `npm run evaluate -- --data <folder> --pack <id> --split test`: runs a pack as shipped, with the
 * worker's own decoding code, over the photos of a split, and scores what it says.
 */
import { Command, Option } from 'commander';
import { failed, positive } from './commandLine.ts';
import { DEFAULT_PACK, evaluate, type EvaluateOptions } from './evaluate.ts';
import { SHIPPED_MODELS } from './pack/catalog.ts';

const program = new Command('evaluate')
  .description(
    'Runs a pack over a split of the data folder and scores it. A full run of a shipped pack writes evaluation/results/, and one of the default pack docs/results.md; anything else goes below evaluation/.cache/.',
  )
  .requiredOption('--data <folder>', 'the data folder (training/README.md says what it holds)')
  .option('--pack <id>', 'the pack in the catalog', DEFAULT_PACK)
  .addOption(
    new Option('--split <split>', 'the photos').choices(['train', 'dev', 'test']).default('test'),
  )
  .option('--limit <photos>', 'only so many photos, evenly spaced', positive)
  .option('--tasks <tasks...>', 'only these tasks')
  .option('--models <folder>', 'a models folder other than the shipped one', SHIPPED_MODELS)
  .option(
    '--compare <folder>',
    'a models folder with the same pack in float weights, to compare with',
  )
  .option('--threads <count>', "onnxruntime's threads", positive, 1)
  .option('--reuse', 'take predictions from the cache where pack, settings and photos are the same')
  .option('--only-predict', 'fill the cache of predictions, and score nothing')
  .showHelpAfterError();

try {
  const options = program.parse().opts<EvaluateOptions>();
  await evaluate(options);
} catch (error) {
  failed(error);
}
