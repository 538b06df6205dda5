import { atom } from 'nanostores';
import { type FailureCode, type OwnLine } from '../../workers/captioner/contract.ts';
import { embedLines, setOwnBooks } from '../engine/captioner.ts';
import { $engine } from '../engine/status.ts';
import {
  changeOwnLines,
  loadOwnLines,
  NO_OWN_LINES,
  type KeptBook,
  type KeptLine,
  type OwnLines,
} from '../storage/ownLines.ts';
import {
  appendLines,
  dropLines,
  pendingLines,
  planBatches,
  restoreLine,
  takeBooks,
} from './collection.ts';

export interface OwnLinesStatus {
  readonly own: OwnLines;
  /** False when the browser keeps nothing (private mode, a full disk): they end with this visit. */
  readonly kept: boolean;
  /** Why the lines that are in no book yet could not be embedded; they are tried again. */
  readonly failure: FailureCode | null;
}

/** The person's own lines. Written here only. */
export const $ownLines = atom<OwnLinesStatus>({ own: NO_OWN_LINES, kept: true, failure: null });

export type Preparation = 'ready' | 'cancelled' | 'failed';

interface PrepareOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

let starting: Promise<void> | null = null;

/** Reads what the last visits left, and gives it to the captioner. Once a visit; never throws. */
export function startOwnLines(): Promise<void> {
  starting ??= loadOwnLines().then((own) => {
    if (own) show({ own });
    // Lines that could not be embedded when they came: now they can.
    $engine.listen(({ state }, earlier) => {
      if (state === 'ready' && earlier?.state !== 'ready') void prepareLeft();
    });
  });
  return starting;
}

/** Keeps new lines. They are offered once they are prepared. */
export async function addLines(lines: readonly OwnLine[]): Promise<readonly KeptLine[]> {
  const before = new Set(ownLines().lines.map(({ id }) => id));
  await change((own) => appendLines(own, lines));
  return ownLines().lines.filter(({ id }) => !before.has(id));
}

export async function removeLines(ids: readonly number[]): Promise<void> {
  await change((own) => dropLines(own, new Set(ids)));
  void prepareLeft();
}

export async function putBackLine(line: KeptLine): Promise<void> {
  await change((own) => restoreLine(own, line));
  void prepareLeft();
}

/** Forgets all lines. */
export async function clearLines(): Promise<void> {
  await change(() => NO_OWN_LINES);
}

let lastPreparation: Promise<unknown> = Promise.resolve();

/**
 * Has the lines that are in no book yet embedded, in turns with the posts that are being written.
 * Starts the captioner if need be. What was done when it is cancelled or fails is kept.
 */
export function prepareLines(options: PrepareOptions): Promise<Preparation> {
  const preparation = lastPreparation.then(() => embedAll(options));
  lastPreparation = preparation;
  return preparation;
}

async function embedAll({ signal, onProgress }: PrepareOptions): Promise<Preparation> {
  const batches = planBatches(ownLines());
  const total = batches.reduce((sum, { lines }) => sum + lines.length, 0);
  const books: KeptBook[] = [];
  let done = 0;
  let failure: FailureCode | null = null;
  for (const { language, lines } of batches) {
    onProgress?.(done, total);
    const outcome = await embedLines(
      lines.map(({ text, tags }) => ({ text, tags })),
      signal,
    );
    if (!outcome.ok) {
      failure = outcome.failure.code;
      break;
    }
    books.push({ language, ids: lines.map(({ id }) => id), bytes: outcome.value });
    done += lines.length;
  }
  if (books.length > 0) await change((own) => takeBooks(own, books));
  if (failure === 'cancelled') return 'cancelled';
  $ownLines.set({ ...$ownLines.get(), failure });
  return failure === null ? 'ready' : 'failed';
}

/** Embeds what is left, but starts nothing for it: the captioner is awake, or will be. */
async function prepareLeft(): Promise<void> {
  const { state } = $engine.get();
  if (state !== 'ready' && state !== 'busy') return;
  if (pendingLines(ownLines()).length === 0) return;
  await prepareLines({ signal: new AbortController().signal });
}

function ownLines(): OwnLines {
  return $ownLines.get().own;
}

/** Changes one after the other: each one is made to what the one before left. */
let lastChange: Promise<unknown> = Promise.resolve();

function change(make: (own: OwnLines) => OwnLines): Promise<void> {
  const changing = lastChange.then(async () => {
    // Once something could not be kept, what is on the screen is more than what is kept.
    const { kept, own } = $ownLines.get();
    const stored = await changeOwnLines(kept ? make : () => make(own));
    show({ own: stored ?? make(own), kept: stored !== null });
  });
  lastChange = changing;
  return changing;
}

function show(next: Partial<OwnLinesStatus>): void {
  const before = $ownLines.get();
  const after = { ...before, ...next };
  $ownLines.set(after);
  if (after.own.books !== before.own.books) setOwnBooks(after.own.books.map(({ bytes }) => bytes));
}
