import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-node';
import { parseCatalog, parseVocabulary, type Pack, type Vocabulary } from './packs/schema.ts';
import { EXPAND_WEIGHTS_ONCE, Graphs } from './runtime/graphs.ts';

const MODELS = new URL('../../public/models/', import.meta.url);

export interface ShippedPack {
  readonly pack: Pack;
  readonly table: Vocabulary;
  readonly graphs: Graphs;
}

export const shippedPacks = parseCatalog(
  JSON.parse(readFileSync(models('catalog.json'), 'utf8')),
).packs;

/** The worker's own graphs on onnxruntime-node. */
export async function openShipped(pack: Pack): Promise<ShippedPack> {
  const { encoder, start, step, vocabulary } = pack.files;
  const bytes = (path: string) => new Uint8Array(readFileSync(models(path)));
  const table = parseVocabulary(JSON.parse(readFileSync(models(vocabulary.path), 'utf8')));
  const graphs = await Graphs.open(
    ort,
    { encoder: bytes(encoder.path), start: bytes(start.path), step: bytes(step.path) },
    { intraOpNumThreads: 1, ...EXPAND_WEIGHTS_ONCE },
  );
  return { pack, table, graphs };
}

function models(path: string): URL {
  return new URL(path, MODELS);
}
