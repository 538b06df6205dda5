import { fetchFile, type RemoteFile } from './fetchFile.ts';
import type { ModelStore } from './store.ts';

interface Files {
  readonly [name: string]: RemoteFile;
}

export interface Obtained<F extends Files> {
  readonly files: { readonly [N in keyof F]: Uint8Array<ArrayBuffer> };
  /** False when some file could not be kept. */
  readonly stored: boolean;
}

export type OnDownload = (loadedBytes: number, totalBytes: number) => void;

/**
 * Files from the store, and what is missing there from the network. Each one is kept as soon as it
 * is verified, so a cut download goes on where it stopped, give or take one file.
 *
 * @param onDownload told the sums over what has to come over the network; never called when nothing does
 * @param signal stops the downloads
 * @throws CaptionerError as `fetchFile`; the first failure stops the other downloads
 */
export async function obtain<F extends Files>(
  files: F,
  store: ModelStore,
  onDownload: OnDownload,
  signal: AbortSignal,
): Promise<Obtained<F>> {
  const entries = Object.entries<RemoteFile>(files);
  const kept = await Promise.all(entries.map(([, file]) => store.getFile(file)));
  const missing = entries.flatMap(([, file], at) => (kept[at] ? [] : [file]));
  const downloads = await downloadAll(missing, store, onDownload, signal);
  const found = entries.map(([name, file], at) => [name, kept[at] ?? downloads.get(file)?.bytes]);
  return {
    files: Object.fromEntries(found) as Obtained<F>['files'],
    stored: [...downloads.values()].every(({ stored }) => stored),
  };
}

interface Download {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly stored: boolean;
}

async function downloadAll(
  files: readonly RemoteFile[],
  store: ModelStore,
  onDownload: OnDownload,
  signal: AbortSignal,
): Promise<ReadonlyMap<RemoteFile, Download>> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  const count = new ByteCount(files, onDownload);
  try {
    const downloads = files.map(async (file): Promise<[RemoteFile, Download]> => {
      const bytes = await fetchFile(file, controller.signal, (loaded) => count.set(file, loaded));
      return [file, { bytes, stored: await store.put(file.url, bytes) }];
    });
    return new Map(await Promise.all(downloads));
  } finally {
    signal.removeEventListener('abort', stop);
    stop(); // those that still run, when one has failed
  }
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
