import { createRoot } from 'react-dom/client';
import { restoreState } from '../compose/restore.ts';
import { wantPack } from '../engine/captioner.ts';
import { startOwnLines } from '../lines/store.ts';
import { browserLanguage, createI18n } from '../i18n/i18n.ts';
import { $engine } from '../engine/status.ts';
import { readPreferences, writePreferences } from '../storage/preferences.ts';
import { App } from './App.tsx';
import { showLanguage } from './language.ts';
import { startTheme } from './theme.ts';
import './tokens.css';
import './base.css';
import '../ui/button.css';
import '../ui/notes.css';
import './shell.css';

/** Starts the page: preferences and draft first, so that nothing jumps after the first paint. */
async function start(): Promise<void> {
  startTheme();
  const preferences = readPreferences();
  const language = preferences.language ?? browserLanguage(navigator.languages);
  wantPack(preferences.pack);
  rememberPack();
  void startOwnLines();
  const i18n = createI18n(language);
  showLanguage(i18n, language);
  const initial = await restoreState(preferences.postLanguage ?? language);
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  createRoot(root).render(<App i18n={i18n} language={language} initial={initial} />);
}

/** Remembers the pack that a person changed to, once it works: not one that failed, or was stopped. */
function rememberPack(): void {
  $engine.listen(({ packId }, earlier) => {
    const before = earlier?.packId ?? null;
    if (packId !== null && before !== null && packId !== before) writePreferences({ pack: packId });
  });
}

void start();
