import { atom } from 'nanostores';
import type { Backend, PackOffer } from '../../workers/captioner/contract.ts';

/** How the captioner stands, for the screen. */
export interface EngineStatus {
  /** `failed`: it could not start, or died; the next `compose` tries again. */
  readonly state: 'idle' | 'loading' | 'ready' | 'busy' | 'failed';
  /** The pack that is loaded. */
  readonly packId: string | null;
  /** The pack that is being made ready to take its place. */
  readonly changingTo: string | null;
  /** Where it computes; `null` until it is loaded. */
  readonly backend: Backend | null;
  /** While `loading`, what still comes over the network; `null` when nothing (more) does. */
  readonly download: { readonly loadedBytes: number; readonly totalBytes: number } | null;
  /** While `loading`: everything is here, and the runtime starts. */
  readonly warmingUp: boolean;
  /** Whether the model's files were kept for the next visit; `null` until that is known. */
  readonly stored: boolean | null;
}

export const IDLE: EngineStatus = {
  state: 'idle',
  packId: null,
  changingTo: null,
  backend: null,
  download: null,
  warmingUp: false,
  stored: null,
};

/** Written by the engine only. */
export const $engine = atom<EngineStatus>(IDLE);

/** The packs to choose from; none until the first one is loaded. Written by the engine only. */
export const $packs = atom<readonly PackOffer[]>([]);
