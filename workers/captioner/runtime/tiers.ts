import type { Backend } from '../contract.ts';

/** One way to run a pack on this device. */
export interface Tier {
  readonly backend: Backend;
  readonly threads: number;
}

/** More threads than this bring a model of this size nothing. */
const MAX_THREADS = 4;

/** What the choice of tiers looks at. */
export interface Device {
  /** Without isolation there is no shared memory, and without that there are no threads. */
  readonly crossOriginIsolated: boolean;
  readonly hardwareConcurrency: number;
  readonly userAgent: string;
}

export function thisDevice(): Device {
  const { hardwareConcurrency, userAgent } = navigator;
  return { crossOriginIsolated, hardwareConcurrency, userAgent };
}

/** The tiers that this device may be able to run, best first; each must still pass its self-test. */
export function findTiers(device: Device): readonly Tier[] {
  const threads = Math.min(MAX_THREADS, device.hardwareConcurrency);
  const threaded = device.crossOriginIsolated && threads > 1 && !isAppleMobile(device.userAgent);
  const tiers: readonly (Tier | null)[] = [
    threaded ? { backend: 'wasm-threads', threads } : null,
    { backend: 'wasm', threads: 1 },
  ];
  return tiers.filter((tier) => tier !== null);
}

/** Crashes reported there come from memory, of which every thread takes some. */
function isAppleMobile(userAgent: string): boolean {
  return /iPhone|iPad|iPod/u.test(userAgent);
}
