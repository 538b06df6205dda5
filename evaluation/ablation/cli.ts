/**
 * `npm run ablation -- --data <folder>`: every shipped pack on the test split, side by side, with
 * the published systems' figures beside them: `docs/ablation.md` and `docs/results.md`.
 */
import { Command } from 'commander';
import { failed, positive } from '../commandLine.ts';
import { SHIPPED_MODELS } from '../pack/catalog.ts';
import { ablation, type AblationOptions } from './ablation.ts';

const program = new Command('ablation')
  .description(
    'Evaluates every pack on the test split and compares them. A full run of the shipped packs writes evaluation/results/, docs/ablation.md and docs/results.md; any other writes below evaluation/.cache/ablation/.',
  )
  .requiredOption('--data <folder>', 'the data folder (training/README.md says what it holds)')
  .option('--models <folder>', 'a models folder other than the shipped one', SHIPPED_MODELS)
  .option('--limit <photos>', 'only so many photos, evenly spaced', positive)
  .option('--reuse', 'take predictions from the cache where pack, settings and photos are the same')
  .option('--only-tables', 'write the tables again from the results files, and measure nothing')
  .showHelpAfterError();

try {
  await ablation(program.parse().opts<AblationOptions>());
} catch (error) {
  failed(error);
}
