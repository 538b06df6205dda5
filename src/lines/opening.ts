import { atom } from 'nanostores';
import { type ComponentType } from 'react';

export interface MyLinesProps {
  readonly onClose: () => void;
}

type Opening =
  | { readonly name: 'closed' }
  | { readonly name: 'open'; readonly Dialog: ComponentType<MyLinesProps> }
  /** Its code could not be fetched. */
  | { readonly name: 'failed' };

/** Whether "My lines" is on the screen. */
export const $myLines = atom<Opening>({ name: 'closed' });

const load = () => import('./MyLines.tsx');

/** Fetches the dialog's code ahead, so that it opens without a network as well. */
export function preloadMyLines(): void {
  // A failure here is no failure yet: the import is tried again when it is needed.
  load().catch(() => undefined);
}

export async function openMyLines(): Promise<void> {
  try {
    const { MyLines } = await load();
    $myLines.set({ name: 'open', Dialog: MyLines });
  } catch {
    $myLines.set({ name: 'failed' });
  }
}

export function closeMyLines(): void {
  $myLines.set({ name: 'closed' });
}
