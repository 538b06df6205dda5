import { useStore } from '@nanostores/react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type PackOffer } from '../../workers/captioner/contract.ts';
import { $engine, $packs } from '../engine/status.ts';
import './packSelect.css';

interface Props {
  readonly onChoose: (packId: string) => void;
}

/**
 * Which captioning system writes, for those who want to know. The browser's own control: a phone
 * shows its own list, and nothing more has to be downloaded for it.
 */
export function PackSelect({ onChoose }: Props) {
  const { t } = useTranslation();
  const { packId, changingTo } = useStore($engine);
  const packs = useStore($packs);
  const { named, described } = usePackWords(packId);
  const id = useId();
  const current = packs.find((pack) => pack.id === (changingTo ?? packId));
  if (packs.length < 2 || !current) return null;
  return (
    <div className="pack-select">
      <label className="section-heading" htmlFor={id}>
        {t('pack.label')}
      </label>
      <select
        id={id}
        data-testid="pack-select"
        aria-describedby={`${id}-about`}
        value={current.id}
        onChange={(event) => {
          onChoose(event.target.value);
        }}
      >
        {packs.map((pack) => (
          <option key={pack.id} value={pack.id}>
            {named(pack)}
          </option>
        ))}
      </select>
      <p className="quiet" id={`${id}-about`}>
        {described(current)}
      </p>
      <PackList packs={packs} />
    </div>
  );
}

/** What each system is: to be read before one is downloaded. */
function PackList({ packs }: { packs: readonly PackOffer[] }) {
  const { t, i18n } = useTranslation();
  const { described } = usePackWords(null);
  const language = i18n.language === 'ko' ? 'ko' : 'en';
  return (
    <details className="pack-list quiet">
      <summary>{t('pack.differ')}</summary>
      <dl>
        {packs.map((pack) => (
          <div key={pack.id}>
            <dt>{pack.title[language]}</dt>
            <dd>{described(pack)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** @param loadedId the pack in use: it is at hand even where the browser keeps nothing */
function usePackWords(loadedId: string | null) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'ko' ? 'ko' : 'en';
  const megabytes = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 1,
  });
  return {
    named: ({ id, title, missingBytes }: PackOffer): string => {
      if (missingBytes === 0) return t('pack.onDevice', { title: title[language] });
      if (id === loadedId) return title[language];
      const size = megabytes.format(missingBytes / 1e6);
      return t('pack.toDownload', { title: title[language], size });
    },
    described: ({ id, system }: PackOffer): string =>
      i18n.exists(`pack.about.${id}`) ? t(`pack.about.${id as 'hanmadi'}`) : system,
  };
}
