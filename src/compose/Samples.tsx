import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { SAMPLES } from '../photo/sampleList.ts';
import { sampleUrl } from '../photo/samples.ts';
import './samples.css';

interface Props {
  readonly onSample: (file: string) => void;
}

/** Photos to try the page with, and who made them. */
export function Samples({ onSample }: Props) {
  const { t } = useTranslation();
  return (
    <section className="samples" aria-labelledby="samples-heading">
      <h2 id="samples-heading" className="section-heading">
        {t('empty.samples')}
      </h2>
      <ul className="sample-list">
        {SAMPLES.map((sample) => (
          <li key={sample.id}>
            <Button
              className="sample"
              data-testid="sample-photo"
              onPress={() => {
                onSample(sample.file);
              }}
            >
              <img
                src={sampleUrl(sample.file)}
                alt={t(`sample.${sample.id}`)}
                width={sample.width}
                height={sample.height}
                draggable={false}
              />
            </Button>
          </li>
        ))}
      </ul>
      <details className="credits">
        <summary>{t('sample.credits')}</summary>
        <ul>
          {SAMPLES.map(({ id, author, licence, licenceUrl }) => (
            <li key={id}>
              {t(`sample.${id}`)} · {author} ·{' '}
              {licenceUrl ? <a href={licenceUrl}>{licence}</a> : t('sample.publicDomain')}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
