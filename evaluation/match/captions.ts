/**
 * `npm run captions -- --data <folder>`: writes `docs/captions.html`, test photos with the captions
 * that would be offered for them, for a person to judge.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { failed, positive } from '../commandLine.ts';
import { readPhotos } from '../data/photos.ts';
import { squash } from '../data/pixels.ts';
import { photosOfSplit } from '../data/tables.ts';
import { DEFAULT_PACK, PAGES, writePage } from '../evaluate.ts';
import { findPack, SHIPPED_MODELS } from '../pack/catalog.ts';
import { Progress } from '../progress.ts';
import { readAnnotations } from './annotations.ts';
import { captionsPage, photoFile, type Sheet } from './captionsPage.ts';
import { ALTERNATIVES } from './evaluateMatch.ts';
import { Poster } from './poster.ts';
import { drawn } from './draw.ts';

interface Options {
  readonly data: string;
  readonly pack: string;
  readonly count: number;
  readonly seed: number;
  readonly models: string;
  readonly out: string;
}

/** Beside the page, and not in the repository: the photos belong to others. */
const PHOTOS = 'captions-photos';

const program = new Command('captions')
  .description('Writes a page of test photos with the captions that would be offered for them.')
  .requiredOption('--data <folder>', 'the data folder (training/README.md says what it holds)')
  .option('--pack <id>', 'the pack in the catalog', DEFAULT_PACK)
  .option('--count <photos>', 'how many photos', positive, 100)
  .option('--seed <number>', 'which photos are drawn', positive, 1)
  .option('--models <folder>', 'a models folder other than the shipped one', SHIPPED_MODELS)
  .option('--out <folder>', 'where the page goes', PAGES)
  .showHelpAfterError();

async function run({ data, pack, count, seed, models, out }: Options): Promise<void> {
  const photos = drawn(await photosOfSplit(data, 'test'), count, seed);
  const annotations = await readAnnotations(data, photos);
  const poster = await Poster.open(findPack(models, pack), 1);
  const sheets = new Map<string, Sheet>();
  mkdirSync(join(out, PHOTOS), { recursive: true });
  const progress = new Progress(`captions of ${pack}`, photos.length);
  for await (const { id, bytes } of readPhotos(data, photos)) {
    const annotation = annotations.find(({ photo }) => photo === id);
    if (annotation === undefined) throw new Error(`no annotations of ${id}`);
    const pixels = await squash(bytes, poster.pack.inputSize);
    const ko = await poster.offer(id, pixels, 'ko', ALTERNATIVES);
    const en = await poster.offer(id, pixels, 'en', ALTERNATIVES);
    sheets.set(id, { annotation, offers: { ko, en } });
    writeFileSync(join(out, PHOTOS, photoFile(id)), bytes);
    progress.step();
  }
  const page = captionsPage({
    pack,
    seed,
    photos: PHOTOS,
    sheets: photos.flatMap(({ id }) => sheets.get(id) ?? []),
    books: { ko: poster.book('ko'), en: poster.book('en') },
  });
  writePage(out, 'captions.html', page);
}

try {
  await run(program.parse().opts<Options>());
  // The worker's `nextTask` holds a message port open, and with it the process.
  process.exit();
} catch (error) {
  failed(error);
}
