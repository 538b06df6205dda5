import { atom } from 'nanostores';
import { type Refusal, sortLines, type WrittenLine } from './ownLine.ts';
import { readText } from './plainText.ts';
import { type FileProblem, readFile } from './readFile.ts';
import { $ownLines, addLines, prepareLines, removeLines } from './store.ts';

/** How the last lines that somebody brought are doing. It outlives the dialog: an import goes on without it. */
export type ImportStatus =
  | { readonly name: 'idle' }
  | { readonly name: 'reading' }
  | { readonly name: 'preparing'; readonly done: number; readonly total: number }
  | { readonly name: 'cancelled' }
  | { readonly name: 'refused'; readonly problem: FileProblem }
  | { readonly name: 'done'; readonly report: ImportReport };

export interface ImportReport {
  readonly added: number;
  /** There already, or brought twice. */
  readonly known: number;
  readonly refused: readonly Refusal[];
}

export const $import = atom<ImportStatus>({ name: 'idle' });

/** The text that waits in the field: closing the dialog costs nobody what they pasted. */
export const $pasted = atom('');

let controller: AbortController | null = null;

/** Adds what somebody pasted or typed. What was refused stays in the field, to be mended. */
export async function importPasted(): Promise<void> {
  const pasted = $pasted.get();
  const report = await importLines(readText(pasted));
  if (!report || $pasted.get() !== pasted) return;
  $pasted.set(report.refused.map(({ text }) => text).join('\n'));
}

/** Adds the lines of a file. */
export async function importFile(file: File): Promise<void> {
  $import.set({ name: 'reading' });
  const outcome = await readFile(file);
  if (outcome.ok) await importLines(outcome.lines);
  else $import.set({ name: 'refused', problem: outcome.problem });
}

/** Stops the import that goes on, and takes back what it brought. */
export function cancelImport(): void {
  controller?.abort();
}

/** Leaves the last import's report behind. */
export function forgetReport(): void {
  if (!controller) $import.set({ name: 'idle' });
}

/**
 * Keeps the lines first, so that nothing can cost them, and prepares them then.
 * @returns `null` when it was cancelled
 */
async function importLines(written: readonly WrittenLine[]): Promise<ImportReport | null> {
  const { added, known, refused } = sortLines(written, $ownLines.get().own.lines);
  controller = new AbortController();
  const { signal } = controller;
  try {
    const kept = await addLines(added);
    const preparation =
      kept.length === 0 ? 'ready' : await prepareLines({ signal, onProgress: showProgress });
    if (preparation === 'cancelled') {
      await removeLines(kept.map(({ id }) => id));
      $import.set({ name: 'cancelled' });
      return null;
    }
    const report = { added: kept.length, known, refused };
    $import.set({ name: 'done', report });
    return report;
  } finally {
    controller = null;
  }
}

function showProgress(done: number, total: number): void {
  $import.set({ name: 'preparing', done, total });
}
