/**
 * `npm run evaluate -- --data <folder> --pack <id> --split test`: runs a pack as shipped, with the
 * worker's own decoding code, over the photos of a split, and scores what it says.
 */
import { Command, Option } from 'commander';
import { failed, positive } from './commandLine.ts';
import { DEFAULT_PACK, evaluate, type EvaluateOptions } from './evaluate.ts';
import { evaluateMatch } from './match/evaluateMatch.ts';
import { SHIPPED_MODELS } from './pack/catalog.ts';

interface Options {
  readonly task: 'captions' | 'match';
  readonly onlyRecall?: boolean;
}

const program = new Command('evaluate')
  .description(
    'Runs a pack over a split of the data folder and scores it. A full run of a shipped pack writes evaluation/results/, and one of the default pack docs/results.md; anything else goes below evaluation/.cache/.',
  )
  .requiredOption('--data <folder>', 'the data folder (training/README.md says what it holds)')
  .option('--pack <id>', 'the pack in the catalog', DEFAULT_PACK)
  .addOption(
    new Option('--split <split>', 'the photos').choices(['train', 'dev', 'test']).default('test'),
  )
  .addOption(
    new Option('--task <task>', 'score what it writes, or how it matches photos and lines')
      .choices(['captions', 'match'])
      .default('captions'),
  )
  .option('--only-recall', 'with --task match: find texts, but offer none (much faster)')
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
  const options = program.parse().opts<EvaluateOptions & Options>();
  if (options.task === 'match') await evaluateMatch(options);
  else await evaluate(options);
  // The worker's `nextTask` holds a message port open, and with it the process.
  process.exit();
} catch (error) {
  failed(error);
}
