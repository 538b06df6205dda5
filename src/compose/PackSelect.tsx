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
  const { t, i18n } = useTranslation();
  const { packId, changingTo } = useStore($engine);
  const packs = useStore($packs);
  const id = useId();
  const current = packs.find((pack) => pack.id === (changingTo ?? packId));
  if (packs.length < 2 || !current) return null;
  const language = i18n.language === 'ko' ? 'ko' : 'en';
  const size = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 1,
  });
  const named = (pack: PackOffer) => {
    const download = size.format(pack.missingBytes / 1e6);
    return pack.missingBytes === 0 || pack.id === packId
      ? pack.title[language]
      : t('pack.toDownload', { title: pack.title[language], size: download });
  };
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
        {i18n.exists(`pack.about.${current.id}`)
          ? t(`pack.about.${current.id as 'hanmadi'}`)
          : current.system}
      </p>
    </div>
  );
}
