import { type Language } from '../../workers/captioner/contract.ts';

/** A caption that was used for a photo. */
export interface RecentLine {
  readonly photoId: string;
  readonly language: Language;
  readonly text: string;
}

const KEY = 'hanmadi:recent-lines';
/** Photos of a burst are posted within one sitting. */
const KEPT = 20;

let recent: readonly RecentLine[] | null = null;

/**
 * The captions used last, newest last: photos that look alike are not to get the same one in a row.
 * They lie in `localStorage`, as preferences do: a burst may go on after a reload.
 */
export function recentLines(): readonly RecentLine[] {
  recent ??= read();
  return recent;
}

/** Remembers what a photo's caption is now, in place of what it was. */
export function rememberLine(line: RecentLine): void {
  const last = recentLines().at(-1);
  if (last?.photoId === line.photoId && last.text === line.text) return;
  const others = recentLines().filter(
    ({ photoId, language }) => photoId !== line.photoId || language !== line.language,
  );
  recent = [...others, line].slice(-KEPT);
  try {
    localStorage.setItem(KEY, JSON.stringify(recent));
  } catch {
    // Private mode: they are remembered for this visit.
  }
}

function read(): readonly RecentLine[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isLine).slice(-KEPT) : [];
  } catch {
    return []; // blocked storage, or not our JSON
  }
}

function isLine(value: unknown): value is RecentLine {
  if (typeof value !== 'object' || value === null) return false;
  const { photoId, language, text } = value as Record<string, unknown>;
  const isLanguage = language === 'ko' || language === 'en';
  return typeof photoId === 'string' && typeof text === 'string' && isLanguage;
}
