import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-node';
import type { Matcher } from './compose/matcher.ts';
import { openMatcher } from './compose/openMatcher.ts';
import type { OwnBooks } from './compose/ownBooks.ts';
import { Shelf } from './compose/shelf.ts';
import type { HostAnswer } from './packs/host.testing.ts';
import { Library } from './packs/library.ts';
import { ModelStore } from './packs/store.ts';
import { EXPAND_WEIGHTS_ONCE } from './runtime/graphs.ts';
import { Towers } from './runtime/towers.ts';
import type { ShippedPack } from './shippedPack.testing.ts';

const MODELS = new URL('../../public/models/', import.meta.url);

/** Sends what the app would download. */
export const sendModels: HostAnswer = (response, path) => {
  response.end(readFileSync(new URL(path.replace(/^\//u, ''), MODELS)));
};

/**
 * The match model of a shipped pack on onnxruntime-node.
 *
 * @param models address of a host that has the folder `models/`
 * @param withTowers false: as if they could not be had with the pack
 */
export async function openShippedMatcher(
  { pack, table }: ShippedPack,
  models: string,
  own: OwnBooks,
  withTowers = true,
): Promise<Matcher> {
  const store = await ModelStore.open('test');
  const shelf = new Shelf(await Library.open(models, store), store);
  const openTowers = (files: Parameters<typeof Towers.open>[1]) =>
    Towers.open(ort, files, { intraOpNumThreads: 1, ...EXPAND_WEIGHTS_ONCE });
  const options = { onDownload: () => undefined, signal: new AbortController().signal };
  const files = pack.match && withTowers ? await shelf.fetchTowers(pack.match, options) : {};
  const matcher = await openMatcher(pack, table, { shelf, own, openTowers }, files);
  if (!matcher) throw new Error(`${pack.id} has no match model`);
  return matcher;
}
