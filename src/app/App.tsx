import { useState } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { I18nextProvider } from 'react-i18next';
import { type i18n as I18n } from 'i18next';
import { type Language } from '../../workers/captioner/contract.ts';
import { ComposeScreen } from '../compose/ComposeScreen.tsx';
import { type ComposeState } from '../compose/state.ts';
import { MyLinesHost } from '../lines/MyLinesHost.tsx';
import { writePreferences } from '../storage/preferences.ts';
import { Crashed } from './Crashed.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Footer } from './Footer.tsx';
import { Header } from './Header.tsx';
import { showLanguage } from './language.ts';

interface Props {
  readonly i18n: I18n;
  readonly language: Language;
  readonly initial: ComposeState;
}

export function App({ i18n, language: first, initial }: Props) {
  const [language, setLanguage] = useState(first);
  const changeLanguage = (chosen: Language) => {
    void i18n.changeLanguage(chosen);
    writePreferences({ language: chosen });
    showLanguage(i18n, chosen);
    setLanguage(chosen);
  };
  return (
    <I18nextProvider i18n={i18n}>
      <I18nProvider locale={language}>
        <ErrorBoundary fallback={<Crashed />}>
          <Header language={language} onLanguage={changeLanguage} />
          <ComposeScreen initial={initial} appLanguage={language} />
          <Footer />
          <MyLinesHost />
        </ErrorBoundary>
      </I18nProvider>
    </I18nextProvider>
  );
}
