import { useTranslation } from 'react-i18next';
import { Seal } from '../ui/Seal.tsx';

/** Shown when the page itself broke: a sentence and a way on. */
export function Crashed() {
  const { t } = useTranslation();
  return (
    <main className="crashed" role="alert">
      <Seal className="crashed-seal" />
      <p>{t('app.crashed')}</p>
      <p className="quiet">{t('app.crashedHint')}</p>
      <button
        type="button"
        className="button primary"
        onClick={() => {
          window.location.reload();
        }}
      >
        {t('app.reload')}
      </button>
    </main>
  );
}
