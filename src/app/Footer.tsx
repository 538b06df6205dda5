import { useStore } from '@nanostores/react';
import { useTranslation } from 'react-i18next';
import { $engine } from '../engine/status.ts';

/** Where the writing is done and how it stands. */
export function Footer() {
  const { t } = useTranslation();
  const engine = useStore($engine);
  return (
    <footer className="footer quiet">
      <p
        className="engine-status"
        data-testid="engine-status"
        data-state={engine.state}
        {...(engine.backend !== null && { 'data-backend': engine.backend })}
      >
        {t(`engine.${engine.state}`)}
      </p>
      {engine.stored === false && <p>{t('engine.notStored')}</p>}
    </footer>
  );
}
