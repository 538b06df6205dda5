/** The worker of `npm run bench:lookup`: the captioner's own modules, timed on one thread. */
import { OwnBooks } from '../../workers/captioner/compose/ownBooks.ts';
import { Shelf } from '../../workers/captioner/compose/shelf.ts';
import { NO_WISHES } from '../../workers/captioner/contract.ts';
import type { Book } from '../../workers/captioner/matching/book.ts';
import { readBook } from '../../workers/captioner/matching/bookFile.ts';
import { chooseCaptions, type Supply } from '../../workers/captioner/matching/choose.ts';
import type { Scene } from '../../workers/captioner/matching/score.ts';
import { openPack, type OpenPack } from '../../workers/captioner/openPack.ts';
import { Library } from '../../workers/captioner/packs/library.ts';
import { obtain } from '../../workers/captioner/packs/obtain.ts';
import type { Match } from '../../workers/captioner/packs/schema.ts';
import { ModelStore } from '../../workers/captioner/packs/store.ts';
import { toPixels } from '../../workers/captioner/photo/toPixels.ts';
import { EXPAND_WEIGHTS_ONCE } from '../../workers/captioner/runtime/graphs.ts';
import { prepareRuntime } from '../../workers/captioner/runtime/onnxruntime.ts';
import { Towers } from '../../workers/captioner/runtime/towers.ts';
import type { Answer, LookupTimes, Question, Spread } from './protocol.ts';

const ROUNDS = 20;
/** So many rounds only warm up. */
const WARM_UP = 3;
const OWN_LINES = 5_000;
const OPTIONS = { onDownload: () => undefined, signal: new AbortController().signal };

self.addEventListener('message', ({ data }: MessageEvent<Question>) => {
  time(data).then(
    (times) => answer({ ok: true, times }),
    (error: unknown) => answer({ ok: false, detail: String(error) }),
  );
});

function answer(message: Answer): void {
  self.postMessage(message);
}

async function time({ models, photos }: Question): Promise<LookupTimes> {
  const store = await ModelStore.open(`lookup ${models}`);
  const shelf = new Shelf(await Library.open(models, store), store);
  const [pack] = shelf.library.packs;
  if (!pack?.match) throw new Error('the first pack has no match model');
  const { match } = pack;
  const opened = await openPack(shelf, pack.id, {
    tier: { backend: 'wasm', threads: 1 },
    isFirst: true,
    own: new OwnBooks(),
    onEvent: () => undefined,
    signal: OPTIONS.signal,
  });
  const towers = await Towers.open(
    prepareRuntime(null, 1),
    await shelf.fetchTowers(match, OPTIONS),
    { executionProviders: ['wasm'], ...EXPAND_WEIGHTS_ONCE },
  );
  const { scenes, encoder, photoTower } = await see(opened, towers, photos);
  const { ko, en, reading } = await readBooks(shelf, match);
  const supplies = [
    { what: 'book ko', supply: { written: [], book: ko, own: [] } },
    { what: 'book en', supply: { written: [], book: en, own: [] } },
    { what: 'both', supply: { written: [], book: ko, own: [{ ...en, language: null }] } },
  ];
  const lookups = supplies.map(({ what, supply }) => ({
    what,
    lines: [supply.book, ...supply.own].reduce((sum, { texts }) => sum + texts.length, 0),
    ...timeLookup(supply, scenes, match),
  }));
  return { lookups, encoder, photoTower, reading, own: await timeOwn(opened, en) };
}

async function see({ pack, table, graphs }: OpenPack, towers: Towers, photos: Question['photos']) {
  const encoder: number[] = [];
  const photoTower: number[] = [];
  const scenes: Scene[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const photo of photos) {
      const pixels = toPixels(photo, pack.inputSize);
      const from = performance.now();
      const grid = await graphs.encode(pixels, pack.inputSize);
      const encoded = performance.now();
      const vector = await towers.seePhoto(grid);
      const seen = performance.now();
      if (round < WARM_UP) continue;
      encoder.push(encoded - from);
      photoTower.push(seen - encoded);
      if (round > WARM_UP) continue;
      const { tags } = await graphs.start(grid);
      const concepts = new Map(table.hashtags.map(({ concept }, at) => [concept, tags[at] ?? 0]));
      scenes.push({ vector, concepts });
    }
  }
  return { scenes, encoder: spread(encoder), photoTower: spread(photoTower) };
}

async function readBooks({ library, store }: Shelf, { space }: Match) {
  const [ko, en] = [library.book('ko', space), library.book('en', space)];
  if (!ko || !en) throw new Error('a book is missing');
  const { files } = await obtain({ ko, en }, store, OPTIONS);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = performance.now();
    await readBook(files.ko);
    if (round >= WARM_UP) times.push(performance.now() - from);
  }
  return {
    ko: await readBook(files.ko),
    en: await readBook(files.en),
    reading: spread(times),
  };
}

function timeLookup(supply: Supply, scenes: readonly Scene[], { ranking }: Match): Spread {
  const order = { language: 'ko', count: 5, wishes: NO_WISHES, avoid: [] } as const;
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const scene of scenes) {
      const from = performance.now();
      chooseCaptions(supply, scene, ranking, order);
      if (round >= WARM_UP) times.push(performance.now() - from);
    }
  }
  return spread(times);
}

async function timeOwn({ matcher }: OpenPack, { texts }: Book): Promise<LookupTimes['own']> {
  const lines = texts.slice(0, OWN_LINES).map((text) => ({ text, tags: ['beach'] }));
  const from = performance.now();
  await matcher?.makeBook(lines);
  return { lines: lines.length, milliseconds: performance.now() - from };
}

function spread(times: readonly number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b);
  return { median: sorted[sorted.length >> 1] ?? NaN, slowest: sorted.at(-1) ?? NaN };
}
