import { useStore } from '@nanostores/react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { type FailureCode } from '../../workers/captioner/contract.ts';
import { $engine, type EngineStatus } from '../engine/status.ts';
import { ConfidenceNote } from './ConfidenceNote.tsx';
import { type Sheet, type Stage } from './state.ts';

interface Props {
  readonly sheet: Sheet | null;
  readonly onWrite: () => void;
  readonly onStop: () => void;
}

/** What is happening, in words; what went wrong, and what to do; how sure we are of the result. */
export function WritingStatus({ sheet, onWrite, onStop }: Props) {
  const { t } = useTranslation();
  const stage = sheet?.stage ?? { name: 'stopped' };
  switch (stage.name) {
    case 'writing':
      return <Writing stage={stage} onStop={onStop} />;
    case 'failed':
      return <Failed code={stage.code} onWrite={onWrite} />;
    case 'stopped':
      return (
        <Button className="button" onPress={onWrite}>
          {t('stage.writeAgain')}
        </Button>
      );
    case 'done':
      return sheet && <ConfidenceNote post={sheet.post} beside="captions" />;
  }
}

/** Of a download; with a pack loaded, it can only have been that of another one. */
const NOT_TO_BE_HAD: ReadonlySet<FailureCode> = new Set([
  'offline',
  'download-failed',
  'download-corrupt',
]);

function Failed({ code, onWrite }: { code: FailureCode; onWrite: () => void }) {
  const { t } = useTranslation();
  const { packId } = useStore($engine);
  const isOfOther = packId !== null && NOT_TO_BE_HAD.has(code);
  return (
    <div className="failure" role="alert">
      <p>{t(`failure.${code}`)}</p>
      {isOfOther && <p>{t('pack.unavailable')}</p>}
      <Button className="button small" onPress={onWrite}>
        {t(isOfOther ? 'stage.writeAgain' : 'stage.retry')}
      </Button>
    </div>
  );
}

type WritingStage = Extract<Stage, { name: 'writing' }>;
type Progress = NonNullable<EngineStatus['download']>;

function Writing({ stage, onStop }: { stage: WritingStage; onStop: () => void }) {
  const { t } = useTranslation();
  const engine = useStore($engine);
  return (
    <div className="writing">
      {engine.download && (
        <Download
          title={t('stage.downloading')}
          hint={t('stage.downloadHint')}
          {...engine.download}
        />
      )}
      {stage.download && <Download title={t('stage.book')} {...stage.download} />}
      <div className="writing-row">
        <p className="quiet writing-now">{t(`stage.${nowDoing(stage, engine)}`)}</p>
        <Button className="link" onPress={onStop}>
          {t('stage.cancel')}
        </Button>
      </div>
    </div>
  );
}

function nowDoing(stage: WritingStage, engine: EngineStatus) {
  if (engine.state === 'loading') return engine.warmingUp ? 'warmUp' : 'preparing';
  switch (stage.part) {
    case null:
      return 'looking';
    case 'caption':
      return 'caption';
    case 'hashtags':
      return 'hashtags';
    case 'alt-text':
      return 'altText';
  }
}

interface DownloadProps extends Progress {
  readonly title: string;
  readonly hint?: string;
}

/** What is fetched once and kept, in real bytes. */
function Download({ title, hint, loadedBytes, totalBytes }: DownloadProps) {
  const { t, i18n } = useTranslation();
  const megabytes = new Intl.NumberFormat(i18n.language, {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 1,
    minimumFractionDigits: 1,
  });
  const inWords = t('stage.downloaded', {
    loaded: megabytes.format(loadedBytes / 1e6),
    total: megabytes.format(totalBytes / 1e6),
  });
  return (
    <div className="download">
      <p>{title}</p>
      <progress value={loadedBytes} max={totalBytes} aria-label={title} />
      <div className="download-bytes quiet">
        <span>{inWords}</span>
      </div>
      {hint !== undefined && <p className="quiet">{hint}</p>}
    </div>
  );
}
