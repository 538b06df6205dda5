import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { sampleUrl } from '../photo/samples.ts';
import { Icon } from '../ui/Icon.tsx';
import './emptySheet.css';

interface Props {
  readonly reading: boolean;
  /** There is a post to go back to. */
  readonly onPrevious: (() => void) | null;
  readonly onChoose: () => void;
  readonly onTake: () => void;
}

/** The invitation: a sheet of wongoji (원고지), Korean manuscript paper, one letter to a square. */
export function EmptySheet({ reading, onPrevious, onChoose, onTake }: Props) {
  const { t } = useTranslation();
  const lines = t('empty.headline', { returnObjects: true });
  return (
    <section className="wongoji-frame">
      <div className="wongoji">
        <h1 className="visually-hidden">{lines.join(' ')}</h1>
        <div className="wongoji-headline" aria-hidden="true">
          {lines.map((line, index) => (
            <WongojiLine key={line} text={line} hasCaret={index === lines.length - 1} />
          ))}
        </div>
        <div className="wongoji-print" aria-hidden="true">
          <img src={sampleUrl('flower.jpg')} alt="" width={640} height={427} draggable={false} />
        </div>
        <div className="wongoji-note">
          <p className="lead">{t('empty.lead')}</p>
          <div className="empty-actions">
            <Button className="button primary large" onPress={onChoose} isPending={reading}>
              <Icon name="photo" />
              {reading ? t('post.reading') : t('empty.choose')}
            </Button>
            <Button className="button large touch-only" onPress={onTake} isDisabled={reading}>
              <Icon name="camera" />
              {t('empty.camera')}
            </Button>
            <p className="quiet mouse-only">{t('empty.dropHint')}</p>
          </div>
          {onPrevious && (
            <Button className="link" onPress={onPrevious}>
              {t('post.back')}
            </Button>
          )}
          <p className="privacy">
            <Icon name="lock" />
            {t('empty.privacy')}
          </p>
        </div>
      </div>
    </section>
  );
}

function WongojiLine({ text, hasCaret }: { text: string; hasCaret: boolean }) {
  const letters = [...new Intl.Segmenter().segment(text)];
  return (
    <div className="wongoji-line">
      {letters.map(({ segment, index }) => (
        <span key={index} className="wongoji-square">
          {segment}
        </span>
      ))}
      {hasCaret && <span className="wongoji-caret" />}
    </div>
  );
}
