import { get, update } from 'idb-keyval';
import { type Language, type OwnLine } from '../../workers/captioner/contract.ts';

const KEY = 'own-lines';
const VERSION = 1;

/** A line of the person's own, under a number that it keeps. */
export interface KeptLine extends OwnLine {
  readonly id: number;
}

/** A caption book that the worker made of some of the lines. It can be made again at any time. */
export interface KeptBook {
  readonly language: Language;
  /** The lines in it. */
  readonly ids: readonly number[];
  /** The book file. Bytes: Safari loses Blobs in IndexedDB. */
  readonly bytes: Uint8Array;
}

/** What a person brought: the lines are theirs, the books are only made of them. */
export interface OwnLines {
  readonly version: typeof VERSION;
  readonly lines: readonly KeptLine[];
  readonly books: readonly KeptBook[];
}

export const NO_OWN_LINES: OwnLines = { version: VERSION, lines: [], books: [] };

/** The kept lines; `null` when there are none, they are of another version, or storage is blocked. */
export async function loadOwnLines(): Promise<OwnLines | null> {
  try {
    return known(await get<OwnLines>(KEY));
  } catch {
    return null;
  }
}

/**
 * Makes a change to what is kept, in one transaction: another tab may have changed it meanwhile.
 * @returns what is kept now; `null` when it could not be kept (private mode, a full disk), and what
 * was kept before is as it was
 */
export async function changeOwnLines(
  change: (kept: OwnLines) => OwnLines,
): Promise<OwnLines | null> {
  let changed: OwnLines | null = null;
  try {
    await update<OwnLines>(KEY, (kept) => {
      if (kept && !known(kept)) throw new DOMException('a later version wrote it', 'DataError');
      changed = change(known(kept) ?? NO_OWN_LINES);
      return changed;
    });
    return changed;
  } catch {
    return null;
  }
}

function known(kept: OwnLines | undefined): OwnLines | null {
  return kept?.version === VERSION ? kept : null;
}
