import { type Language } from '../../workers/captioner/contract.ts';

export type Theme = 'light' | 'dark';

/** What a person chose about the app itself; `null` follows the browser. */
export interface Preferences {
  readonly language: Language | null;
  readonly theme: Theme | null;
  readonly postLanguage: Language | null;
  /** The captioning system that writes, by its id. */
  readonly pack: string | null;
  /** Words that no caption may hold. */
  readonly banned: readonly string[];
}

const KEY = 'hanmadi:preferences';
const NONE: Preferences = {
  language: null,
  theme: null,
  postLanguage: null,
  pack: null,
  banned: [],
};

/**
 * Reads the preferences. They lie in `localStorage`, unlike everything else that is kept: they
 * must be known before the first paint, and IndexedDB answers only after it.
 */
export function readPreferences(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return { ...NONE, ...pickKnown(stored) };
  } catch {
    return NONE; // blocked storage, or not our JSON
  }
}

/** Keeps a change. A browser that refuses storage forgets it at the end of the visit. */
export function writePreferences(change: Partial<Preferences>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...readPreferences(), ...change }));
  } catch {
    // Private mode: the choice holds for this visit.
  }
}

function pickKnown(stored: unknown): Partial<Preferences> {
  if (typeof stored !== 'object' || stored === null) return {};
  const { language, theme, postLanguage, pack, banned } = stored as Record<string, unknown>;
  return {
    ...(isLanguage(language) && { language }),
    ...(isLanguage(postLanguage) && { postLanguage }),
    ...(typeof pack === 'string' && { pack }),
    ...(Array.isArray(banned) && { banned: banned.filter((word) => typeof word === 'string') }),
    ...((theme === 'light' || theme === 'dark') && { theme }),
  };
}

function isLanguage(value: unknown): value is Language {
  return value === 'ko' || value === 'en';
}
