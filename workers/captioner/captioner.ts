import { Composer } from './compose/composer.ts';
import type {
  Backend,
  Capabilities,
  CaptionerApi,
  ComposeEvent,
  ComposeRequest,
  ComposeResult,
  FailureCode,
  LoadedPack,
  LoadEvent,
  Outcome,
  PackOffer,
} from './contract.ts';
import { DecodeStopped } from './decoding/decode.ts';
import { openPack } from './openPack.ts';
import { CaptionerError, toFailure } from './packs/failure.ts';
import { Library } from './packs/library.ts';
import { summarize } from './packs/schema.ts';
import { ModelStore } from './packs/store.ts';
import type { Graphs } from './runtime/graphs.ts';
import { toPixels } from './photo/toPixels.ts';
import { findTiers, thisDevice } from './runtime/tiers.ts';

interface Shelf {
  readonly store: ModelStore;
  readonly library: Library;
}

/** The worker's own state: the catalog, the pack that is loaded, the jobs. */
export class Captioner implements CaptionerApi {
  /** By the address of `models/`; a failed one is not kept. */
  readonly #shelves = new Map<string, Shelf>();
  #open: {
    readonly composer: Composer;
    readonly graphs: Graphs;
    readonly backend: Backend;
  } | null = null;
  /** Of the `load` that goes on, if one does. */
  #loading: AbortController | null = null;
  /** Settles when the last job has: jobs run one after the other. */
  #lastJob: Promise<unknown> = Promise.resolve();
  /** Jobs that have not settled, and whether they were cancelled. */
  readonly #jobs = new Map<number, { cancelled: boolean }>();

  probe(): Capabilities {
    return { backends: findTiers(thisDevice()).map(({ backend }) => backend) };
  }

  packs(models: string): Promise<Outcome<readonly PackOffer[]>> {
    return settle('catalog-invalid', async () => {
      const { library, store } = await this.#shelf(models);
      return await library.offers(store);
    });
  }

  load(
    models: string,
    packId: string,
    backend: Backend,
    onEvent: (event: LoadEvent) => void,
  ): Promise<Outcome<LoadedPack>> {
    return settle('runtime-failed', async () => {
      const tier = findTiers(thisDevice()).find((candidate) => candidate.backend === backend);
      const before = this.#open;
      if (!tier || (before && before.backend !== backend))
        throw new CaptionerError('runtime-failed', `${backend} cannot run here`);
      const { library, store } = await this.#shelf(models);
      const loading = new AbortController();
      this.#loading = loading;
      const { signal } = loading;
      const options = { tier, isFirst: before === null, onEvent, signal };
      const opened = await openPack(library, store, packId, options);
      const { pack, table, graphs, stored } = opened;
      this.#open = { composer: new Composer(pack, table, graphs), graphs, backend };
      // Not before: until here, the pack that was open would have served on.
      await this.#lastJob;
      await before?.graphs.release();
      return { pack: summarize(pack), backend, threads: tier.threads, stored };
    });
  }

  stopLoading(): void {
    this.#loading?.abort();
  }

  compose(
    job: number,
    photo: ImageBitmap,
    request: ComposeRequest,
    onEvent: (event: ComposeEvent) => void,
  ): Promise<Outcome<ComposeResult>> {
    const state = { cancelled: false };
    this.#jobs.set(job, state);
    const outcome = this.#lastJob.then(() =>
      settle('runtime-failed', async () => {
        if (state.cancelled) throw new DecodeStopped();
        if (!this.#open) throw new CaptionerError('runtime-failed', 'no pack is loaded');
        const read = (size: number) => toPixels(photo, size);
        return await this.#open.composer.compose(read, request, onEvent, () => state.cancelled);
      }).finally(() => {
        photo.close();
        this.#jobs.delete(job);
      }),
    );
    this.#lastJob = outcome;
    return outcome;
  }

  cancel(job: number): void {
    const state = this.#jobs.get(job);
    if (state) state.cancelled = true;
  }

  async #shelf(models: string): Promise<Shelf> {
    const open = this.#shelves.get(models);
    if (open) return open;
    const store = await ModelStore.open(`hanmadi ${models}`);
    const shelf = { store, library: await Library.open(models, store) };
    this.#shelves.set(models, shelf);
    return shelf;
  }
}

/** Nothing is thrown across `postMessage`: a class would be lost on the way. */
async function settle<T>(fallback: FailureCode, work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof DecodeStopped) {
      return { ok: false, failure: { code: 'cancelled', detail: 'by the caller' } };
    }
    return { ok: false, failure: toFailure(error, fallback) };
  }
}
