import type { Matcher } from './compose/matcher.ts';
import { openMatcher } from './compose/openMatcher.ts';
import type { OwnBooks } from './compose/ownBooks.ts';
import type { Shelf } from './compose/shelf.ts';
import type { LoadEvent } from './contract.ts';
import { CaptionerError } from './packs/failure.ts';
import { obtainBoth } from './packs/obtain.ts';
import { parseVocabulary, type Pack, type Vocabulary } from './packs/schema.ts';
import { EXPAND_WEIGHTS_ONCE, Graphs } from './runtime/graphs.ts';
import { dropRuntimeBytes, prepareRuntime, WASM_FILE } from './runtime/onnxruntime.ts';
import { runSelfTest } from './runtime/selfTest.ts';
import type { Tier } from './runtime/tiers.ts';
import { Towers, type TowerFiles } from './runtime/towers.ts';

/** A pack that runs on this device, and has shown that it gives the right numbers. */
export interface OpenPack {
  readonly pack: Pack;
  readonly table: Vocabulary;
  readonly graphs: Graphs;
  /** `null` for packs without a match model. */
  readonly matcher: Matcher | null;
  /** False when some file could not be kept for the next visit. */
  readonly stored: boolean;
}

export interface OpenOptions {
  readonly tier: Tier;
  /** Whether the runtime has not been started in this worker. */
  readonly isFirst: boolean;
  /** Captions are chosen from these as well. */
  readonly own: OwnBooks;
  readonly onEvent: (event: LoadEvent) => void;
  /** Ends the downloads; what comes after them takes a second, and goes on. */
  readonly signal: AbortSignal;
}

const SESSION = { executionProviders: ['wasm'], ...EXPAND_WEIGHTS_ONCE };

/**
 * Gets a pack's files and, for the first pack, the runtime's; starts the runtime and tests the pack.
 * The towers of its match model come along if they can be had: a pack writes without them.
 *
 * @throws CaptionerError
 */
export async function openPack(
  shelf: Shelf,
  packId: string,
  { tier, isFirst, own, onEvent, signal }: OpenOptions,
): Promise<OpenPack> {
  const { library, store } = shelf;
  const pack = library.pack(packId);
  const { encoder, start, step, vocabulary } = pack.files;
  const ofPack = {
    encoder: library.locate(encoder),
    start: library.locate(start),
    step: library.locate(step),
    vocabulary: library.locate(vocabulary),
  };
  const { files, extras, stored } = await obtainBoth(
    { ...ofPack, ...(isFirst && { wasm: WASM_FILE }) },
    { ...(pack.match && shelf.locateTowers(pack.match)) },
    store,
    {
      onDownload: (loadedBytes, totalBytes) =>
        onEvent({ type: 'download', loadedBytes, totalBytes }),
      signal,
    },
  );
  await store.keepOnly([...library.urls(), WASM_FILE.url]);
  const table = parseVocabulary(JSON.parse(new TextDecoder().decode(files.vocabulary)));
  onEvent({ type: 'warm-up' });
  const ort = prepareRuntime(files.wasm ?? null, tier.threads);
  const graphs = await Graphs.open(ort, files, SESSION);
  dropRuntimeBytes();
  await runSelfTest(graphs, pack.inputSize, table, pack.selfTest);
  const towerFiles = extras instanceof CaptionerError ? {} : extras;
  const openTowers = (of: TowerFiles) => Towers.open(ort, of, SESSION);
  const matcher = await openMatcher(pack, table, { shelf, own, openTowers }, towerFiles);
  return { pack, table, graphs, matcher, stored };
}
