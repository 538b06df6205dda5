/**
 * `npm run evaluate -- --data <folder> --pack <id> --split test`: runs a pack as shipped, with the
 * worker's own decoding code, over the photos of a split, and scores what it says.
 */
import { Command, InvalidArgumentError, Option } from 'commander';
import { evaluate, type EvaluateOptions } from './evaluate.ts';
import { SHIPPED_MODELS } from './pack/catalog.ts';

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('A whole number from 1 on.');
  return value;
}

const program = new Command('evaluate')
  .description(
    'Runs a pack over a split of the data folder and scores it. A full run of the shipped pack writes evaluation/results/ and docs/results.md; a partial one, or one of other models, writes below evaluation/.cache/.',
  )
  .requiredOption('--data <folder>', 'the data folder (training/README.md says what it holds)')
  .option('--pack <id>', 'the pack in the catalog', 'hanmadi')
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
  .showHelpAfterError();

try {
  const options = program.parse().opts<EvaluateOptions>();
  await evaluate(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof Error && error.cause !== undefined) console.error(error.cause);
  process.exitCode = 1;
}
