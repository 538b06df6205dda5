import { Composer } from './compose/composer.ts';
import { OwnBooks } from './compose/ownBooks.ts';
import { Shelf } from './compose/shelf.ts';
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
  OwnLine,
  PackOffer,
} from './contract.ts';
import { DecodeStopped } from './decoding/decode.ts';
import { openPack, type OpenPack } from './openPack.ts';
import { CaptionerError, toFailure } from './packs/failure.ts';
import { Library } from './packs/library.ts';
import { summarize } from './packs/schema.ts';
import { ModelStore } from './packs/store.ts';
import { toPixels } from './photo/toPixels.ts';
import { findTiers, thisDevice } from './runtime/tiers.ts';

/** The worker's own state: the catalog, the pack that is loaded, the jobs. */
export class Captioner implements CaptionerApi {
  /** By the address of `models/`; a failed one is not kept. */
  readonly #shelves = new Map<string, Shelf>();
  #open: {
    readonly composer: Composer;
    readonly opened: OpenPack;
    readonly backend: Backend;
  } | null = null;
  readonly #own = new OwnBooks();
  /** Of the `load` that goes on, if one does. */
  #loading: AbortController | null = null;
  /** Settles when the last job has: jobs run one after the other. */
  #lastJob: Promise<unknown> = Promise.resolve();
  /** Those of `compose` that have not settled. */
  readonly #jobs = new Map<number, AbortController>();

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
      const shelf = await this.#shelf(models);
      const loading = new AbortController();
      this.#loading = loading;
      const { signal } = loading;
      const options = { tier, isFirst: before === null, own: this.#own, onEvent, signal };
      const opened = await openPack(shelf, packId, options);
      const { pack, stored } = opened;
      this.#open = { composer: new Composer(opened), opened, backend };
      // Not before: until here, the pack that was open would have served on.
      await this.#lastJob;
      await before?.opened.graphs.release();
      await before?.opened.matcher?.release();
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
    const controller = new AbortController();
    const { signal } = controller;
    this.#jobs.set(job, controller);
    const outcome = this.#inTurn(async () => {
      if (signal.aborted) throw new DecodeStopped();
      if (!this.#open) throw new CaptionerError('runtime-failed', 'no pack is loaded');
      const read = (size: number) => toPixels(photo, size);
      return await this.#open.composer.compose(read, request, onEvent, signal);
    });
    return outcome.finally(() => {
      photo.close();
      this.#jobs.delete(job);
    });
  }

  cancel(job: number): void {
    this.#jobs.get(job)?.abort();
  }

  embedLines(lines: readonly OwnLine[]): Promise<Outcome<Uint8Array<ArrayBuffer>>> {
    return this.#inTurn(async () => {
      const matcher = this.#open?.opened.matcher;
      if (!matcher)
        throw new CaptionerError('match-missing', 'no pack with a match model is loaded');
      return await matcher.makeBook(lines);
    });
  }

  useOwnBooks(books: readonly Uint8Array[]): Promise<Outcome<void>> {
    return this.#inTurn(() => this.#own.use(books));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<Outcome<T>> {
    const outcome = this.#lastJob.then(() => settle('runtime-failed', work));
    this.#lastJob = outcome;
    return outcome;
  }

  async #shelf(models: string): Promise<Shelf> {
    const open = this.#shelves.get(models);
    if (open) return open;
    const store = await ModelStore.open(`hanmadi ${models}`);
    const shelf = new Shelf(await Library.open(models, store), store);
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
