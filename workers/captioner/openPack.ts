import type { LoadEvent } from './contract.ts';
import type { TokenTable } from './decoding/tasks.ts';
import type { Library } from './packs/library.ts';
import { obtain } from './packs/obtain.ts';
import { parseVocabulary, type Pack } from './packs/schema.ts';
import type { ModelStore } from './packs/store.ts';
import { EXPAND_WEIGHTS_ONCE, Graphs } from './runtime/graphs.ts';
import { dropRuntimeBytes, prepareRuntime, WASM_FILE } from './runtime/onnxruntime.ts';
import { runSelfTest } from './runtime/selfTest.ts';
import type { Tier } from './runtime/tiers.ts';

/** A pack that runs on this device, and has shown that it gives the right numbers. */
export interface OpenPack {
  readonly pack: Pack;
  readonly table: TokenTable;
  readonly graphs: Graphs;
  /** False when some file could not be kept for the next visit. */
  readonly stored: boolean;
}

export interface OpenOptions {
  readonly tier: Tier;
  /** Whether the runtime has not been started in this worker. */
  readonly isFirst: boolean;
  readonly onEvent: (event: LoadEvent) => void;
  /** Ends the downloads; what comes after them takes a second, and goes on. */
  readonly signal: AbortSignal;
}

/**
 * Gets a pack's files and, for the first pack, the runtime's; starts the runtime and tests the pack.
 *
 * @throws CaptionerError
 */
export async function openPack(
  library: Library,
  store: ModelStore,
  packId: string,
  { tier, isFirst, onEvent, signal }: OpenOptions,
): Promise<OpenPack> {
  const pack = library.pack(packId);
  const { encoder, start, step, vocabulary } = pack.files;
  const ofPack = {
    encoder: library.locate(encoder),
    start: library.locate(start),
    step: library.locate(step),
    vocabulary: library.locate(vocabulary),
  };
  const { files, stored } = await obtain(
    { ...ofPack, ...(isFirst && { wasm: WASM_FILE }) },
    store,
    (loadedBytes, totalBytes) => onEvent({ type: 'download', loadedBytes, totalBytes }),
    signal,
  );
  await store.keepOnly([...library.urls(), WASM_FILE.url]);
  const table = parseVocabulary(JSON.parse(new TextDecoder().decode(files.vocabulary)));
  onEvent({ type: 'warm-up' });
  const ort = prepareRuntime(files.wasm ?? null, tier.threads);
  const options = { executionProviders: ['wasm'], ...EXPAND_WEIGHTS_ONCE };
  const graphs = await Graphs.open(ort, files, options);
  dropRuntimeBytes();
  await runSelfTest(graphs, pack.inputSize, table, pack.selfTest);
  return { pack, table, graphs, stored };
}
