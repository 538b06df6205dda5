import { atom } from 'nanostores';
import { readPreferences, writePreferences, type Theme } from '../storage/preferences.ts';

/** `--desk` of tokens.css. */
const BAR_COLOURS: Readonly<Record<Theme, string>> = { light: '#f3ebdf', dark: '#171310' };

/** The theme on the screen: the person's choice, else the browser's. */
export const $theme = atom<Theme>('light');

/** Applies the theme and follows the browser until the person chooses. */
export function startTheme(): void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    show(readPreferences().theme ?? (dark.matches ? 'dark' : 'light'));
  };
  dark.addEventListener('change', apply);
  apply();
}

export function toggleTheme(): void {
  const theme = $theme.get() === 'dark' ? 'light' : 'dark';
  writePreferences({ theme });
  show(theme);
}

function show(theme: Theme): void {
  $theme.set(theme);
  document.documentElement.dataset['theme'] = theme;
  // The browser's own bar follows the page, not the system.
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    meta.content = BAR_COLOURS[theme];
  }
}
