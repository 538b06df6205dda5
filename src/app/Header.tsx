import { useStore } from '@nanostores/react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { type Language } from '../../workers/captioner/contract.ts';
import { openMyLines } from '../lines/opening.ts';
import { Icon } from '../ui/Icon.tsx';
import { Seal } from '../ui/Seal.tsx';
import { $theme, toggleTheme } from './theme.ts';

interface Props {
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
}

export function Header({ language, onLanguage }: Props) {
  const { t } = useTranslation();
  const theme = useStore($theme);
  const other = language === 'ko' ? 'en' : 'ko';
  return (
    <header className="header">
      <p className="brand">
        <Seal className="seal" />
        {t('app.name')}
      </p>
      <div className="header-actions">
        <Button className="header-button" onPress={() => void openMyLines()}>
          <Icon name="lines" />
          <span className="header-words">{t('lines.label')}</span>
        </Button>
        <Button
          className="header-button"
          lang={other}
          onPress={() => {
            onLanguage(other);
          }}
        >
          {t('app.otherLanguage')}
        </Button>
        <Button
          className="header-button"
          aria-label={theme === 'dark' ? t('app.toLight') : t('app.toDark')}
          onPress={toggleTheme}
        >
          <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
        </Button>
      </div>
    </header>
  );
}
