import { CaptionerError } from './failure.ts';
import { fetchFile, type RemoteFile } from './fetchFile.ts';
import type { ModelStore } from './store.ts';

interface Files {
  readonly [name: string]: RemoteFile;
}

type Contents<F extends Files> = { readonly [N in keyof F]: Uint8Array<ArrayBuffer> };

export interface Obtained<F extends Files> {
  readonly files: Contents<F>;
  /** False when some file could not be kept. */
  readonly stored: boolean;
}

export interface ObtainedBoth<F extends Files, E extends Files> extends Obtained<F> {
  /** Or why they could not be had. */
  readonly extras: Contents<E> | CaptionerError;
}

export type OnDownload = (loadedBytes: number, totalBytes: number) => void;

export interface ObtainOptions {
  /** Told the sums over what has to come over the network; never called when nothing does. */
  readonly onDownload: OnDownload;
  /** Stops the downloads. */
  readonly signal: AbortSignal;
  /** As `fetchFile` has it. */
  readonly stallMs?: number;
}

/**
 * Files from the store, and what is missing there from the network. Each one is kept as soon as it
 * is verified, so a cut download goes on where it stopped, give or take one file.
 *
 * @throws CaptionerError as `fetchFile`; the first failure stops the other downloads
 */
export async function obtain<F extends Files>(
  files: F,
  store: ModelStore,
  options: ObtainOptions,
): Promise<Obtained<F>> {
  return await obtainBoth(files, {}, store, options);
}

/**
 * The same, with files that it goes without: they are fetched at the same time and counted together,
 * and a failure of theirs stops nothing.
 */
export async function obtainBoth<F extends Files, E extends Files>(
  files: F,
  extras: E,
  store: ModelStore,
  { onDownload, signal, stallMs }: ObtainOptions,
): Promise<ObtainedBoth<F, E>> {
  const [needed, optional] = await Promise.all([find(files, store), find(extras, store)]);
  const count = new ByteCount(
    [...needed.missing.values(), ...optional.missing.values()],
    onDownload,
  );
  const controller = new AbortController();
  const stop = () => controller.abort();
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  const download = async (file: RemoteFile): Promise<Download> => {
    const onBytes = (loaded: number) => count.set(file, loaded);
    const bytes = await fetchFile(file, controller.signal, onBytes, stallMs);
    return { bytes, stored: await store.put(file.url, bytes) };
  };
  try {
    const [first, second] = await Promise.all([
      complete<F>(needed, download),
      complete<E>(optional, download).catch(unlessCancelled),
    ]);
    const both = second instanceof CaptionerError ? null : second;
    return {
      files: first.files,
      extras: both?.files ?? (second as CaptionerError),
      stored: first.stored && (both?.stored ?? true),
    };
  } finally {
    signal.removeEventListener('abort', stop);
    stop(); // those that still run, when one has failed
  }
}

function unlessCancelled(error: unknown): CaptionerError {
  if (error instanceof CaptionerError && error.code !== 'cancelled') return error;
  throw error;
}

interface Found {
  readonly kept: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  readonly missing: ReadonlyMap<string, RemoteFile>;
}

async function find(files: Files, store: ModelStore): Promise<Found> {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  const missing = new Map<string, RemoteFile>();
  const look = async ([name, file]: [string, RemoteFile]) => {
    const bytes = await store.getFile(file);
    if (bytes) kept.set(name, bytes);
    else missing.set(name, file);
  };
  await Promise.all(Object.entries(files).map(look));
  return { kept, missing };
}

interface Download {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly stored: boolean;
}

async function complete<F extends Files>(
  { kept, missing }: Found,
  download: (file: RemoteFile) => Promise<Download>,
): Promise<Obtained<F>> {
  const downloads = await Promise.all(
    [...missing].map(async ([name, file]) => ({ name, ...(await download(file)) })),
  );
  const contents = [...kept, ...downloads.map(({ name, bytes }) => [name, bytes] as const)];
  return {
    files: Object.fromEntries(contents) as Contents<F>,
    stored: downloads.every(({ stored }) => stored),
  };
}

/** Adds up several downloads, and tells of every half per cent rather than of every chunk. */
class ByteCount {
  readonly #loaded: Map<RemoteFile, number>;
  readonly #total: number;
  readonly #onDownload: OnDownload;
  #told = -1;

  constructor(files: readonly RemoteFile[], onDownload: OnDownload) {
    this.#loaded = new Map(files.map((file) => [file, 0]));
    this.#total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    this.#onDownload = onDownload;
  }

  set(file: RemoteFile, loadedBytes: number): void {
    this.#loaded.set(file, loadedBytes);
    const loaded = [...this.#loaded.values()].reduce((sum, bytes) => sum + bytes, 0);
    const step = Math.floor((200 * loaded) / this.#total);
    if (step === this.#told) return;
    this.#told = step;
    this.#onDownload(loaded, this.#total);
  }
}
