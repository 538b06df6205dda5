import { hasSha256 } from './digest.ts';
import { CaptionerError } from './failure.ts';

/** What a host may let us wait for, while nobody waits for anything else. */
const STALL_MS = 30_000;

/** A file at an address that never gets other contents. */
export interface RemoteFile {
  readonly url: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** Told the bytes received of one file so far; falls back to 0 when the file is asked for again. */
export type OnBytes = (loadedBytes: number) => void;

/**
 * The file's bytes, of the right length and SHA-256. A wrong answer is asked for once more, past
 * the browser's own cache, which may hold a broken copy.
 *
 * @param stallMs a host that sends nothing for so long has stopped answering
 * @throws CaptionerError `offline`, `download-failed`, `download-corrupt`, or `cancelled` (by the signal)
 */
export async function fetchFile(
  file: RemoteFile,
  signal: AbortSignal,
  onBytes: OnBytes,
  stallMs = STALL_MS,
): Promise<Uint8Array<ArrayBuffer>> {
  const once = (cache: RequestCache) => fetchOnce(file, signal, onBytes, stallMs, cache);
  try {
    return await once('default');
  } catch (error) {
    if (!(error instanceof CaptionerError) || error.code !== 'download-corrupt') throw error;
    return await once('reload');
  }
}

async function fetchOnce(
  file: RemoteFile,
  signal: AbortSignal,
  onBytes: OnBytes,
  stallMs: number,
  cache: RequestCache,
): Promise<Uint8Array<ArrayBuffer>> {
  onBytes(0);
  const bytes = await withStallLimit(signal, stallMs, async (limited, alive) => {
    const response = await ask(file.url, limited, cache);
    if (isPage(response)) throw corrupt(file.url, 'a web page instead');
    return await readExactly(response, file, (loaded) => {
      alive();
      onBytes(loaded);
    });
  });
  if (!(await hasSha256(bytes, file.sha256))) throw corrupt(file.url, 'another SHA-256');
  return bytes;
}

/**
 * JSON that may change under its address, so it is always asked for again.
 *
 * @throws CaptionerError as `fetchFile`
 */
export async function fetchJson(url: string): Promise<unknown> {
  const text = await withStallLimit(null, STALL_MS, async (limited) => {
    const response = await ask(url, limited, 'no-cache');
    if (isPage(response)) throw corrupt(url, 'a web page instead');
    return await response.text();
  });
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw corrupt(url, 'not JSON');
  }
}

async function ask(url: string, signal: AbortSignal, cache: RequestCache): Promise<Response> {
  const response = await fetch(url, { signal, cache });
  if (!response.ok) {
    throw new CaptionerError('download-failed', `${url}: status ${response.status}`);
  }
  return response;
}

/** A captive portal, or a host that answers any address with its front page. */
function isPage(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('text/html') ?? false;
}

async function readExactly(
  response: Response,
  { url, bytes: length }: RemoteFile,
  onBytes: OnBytes,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  let loaded = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    if (loaded + value.length > length) {
      await reader.cancel();
      throw corrupt(url, `more than ${length} bytes`);
    }
    bytes.set(value, loaded);
    loaded += value.length;
    onBytes(loaded);
  }
  if (loaded < length) throw corrupt(url, `${loaded} of ${length} bytes`);
  return bytes;
}

function corrupt(url: string, what: string): CaptionerError {
  return new CaptionerError('download-corrupt', `${url}: ${what}`);
}

/** Runs a download that must show a sign of life (`alive`) every so often, and says how it failed. */
async function withStallLimit<T>(
  signal: AbortSignal | null,
  stallMs: number,
  download: (signal: AbortSignal, alive: () => void) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(stop, stallMs);
  };
  alive();
  try {
    return await download(controller.signal, alive);
  } catch (error) {
    if (error instanceof CaptionerError) throw error;
    throw networkError(error, signal?.aborted === true, controller.signal.aborted);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

function networkError(error: unknown, cancelled: boolean, stalled: boolean): CaptionerError {
  const detail = error instanceof Error ? error.message : String(error);
  if (cancelled) return new CaptionerError('cancelled', detail);
  if (stalled) return new CaptionerError('download-failed', 'the host stopped answering');
  return new CaptionerError(navigator.onLine ? 'download-failed' : 'offline', detail);
}
