import { hasSha256 } from './digest.ts';
import type { RemoteFile } from './fetchFile.ts';

/**
 * Files kept on the device, in Cache Storage, by address. Where the browser has none (plain http)
 * or refuses it (private mode, full disk), nothing is kept and the app runs from memory.
 */
export class ModelStore {
  readonly #cache: Cache | null;

  private constructor(cache: Cache | null) {
    this.#cache = cache;
  }

  /** @param name of the cache; every deployment below the same origin needs its own */
  static async open(name: string): Promise<ModelStore> {
    try {
      return new ModelStore(await caches.open(name));
    } catch {
      return new ModelStore(null);
    }
  }

  /** What was kept under the address, or `null`. */
  async get(url: string): Promise<Uint8Array<ArrayBuffer> | null> {
    try {
      const response = await this.#cache?.match(url);
      return response ? new Uint8Array(await response.arrayBuffer()) : null;
    } catch {
      return null; // the entry is there, its body was evicted
    }
  }

  /** Whether something is kept under the address; its content is not looked at. */
  async has(url: string): Promise<boolean> {
    try {
      return (await this.#cache?.match(url)) !== undefined;
    } catch {
      return false;
    }
  }

  /**
   * The kept file, or `null`; one of another length or SHA-256 counts as absent. (A damaged file
   * would fail the self-test at every visit. The hash of everything takes 50 ms on a laptop.)
   */
  async getFile({
    url,
    bytes: length,
    sha256,
  }: RemoteFile): Promise<Uint8Array<ArrayBuffer> | null> {
    const bytes = await this.get(url);
    return bytes?.length === length && (await hasSha256(bytes, sha256)) ? bytes : null;
  }

  /** @returns whether it is kept now */
  async put(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
    if (!this.#cache) return false;
    try {
      await this.#cache.put(url, new Response(bytes));
      return true;
    } catch {
      return false; // most likely the quota
    }
  }

  /** Removes everything else. */
  async keepOnly(urls: readonly string[]): Promise<void> {
    try {
      for (const request of (await this.#cache?.keys()) ?? []) {
        if (!urls.includes(request.url)) await this.#cache?.delete(request);
      }
    } catch {
      // Old files cost space and nothing else; the next start tries again.
    }
  }
}
