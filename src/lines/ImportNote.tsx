import { useStore } from '@nanostores/react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { $engine } from '../engine/status.ts';
import { CAPTION_LIMIT, countCharacters } from '../post/instagram.ts';
import { $import, cancelImport, type ImportReport } from './importing.ts';
import { LINE_LIMIT, type Refusal } from './ownLine.ts';

/** So many refused lines are shown one by one. */
const SHOWN = 5;
const START_LENGTH = 40;

/** What becomes of the lines that were brought: progress, and then what was added and what was not. */
export function ImportNote() {
  const { t } = useTranslation();
  const status = useStore($import);
  return (
    <div className="import-note">
      {status.name === 'preparing' && <Progress done={status.done} total={status.total} />}
      <div role="status">
        {status.name === 'reading' && <p className="quiet">{t('lines.reading')}</p>}
        {status.name === 'cancelled' && <p className="notice">{t('lines.cancelled')}</p>}
        {status.name === 'done' && <Report report={status.report} />}
      </div>
      {status.name === 'refused' && (
        <p className="notice" role="alert">
          {t(`lines.problem.${status.problem}`)}
        </p>
      )}
    </div>
  );
}

function Progress({ done, total }: { done: number; total: number }) {
  const { t } = useTranslation();
  const { state, download } = useStore($engine);
  // The first lines of all may have to wait for the model itself.
  const words =
    state === 'loading'
      ? t(download ? 'stage.downloading' : 'stage.preparing')
      : t('lines.preparing', { done, total });
  const value = state === 'loading' ? (download?.loadedBytes ?? 0) : done;
  const max = state === 'loading' ? (download?.totalBytes ?? 1) : total;
  return (
    <div className="import-progress">
      <p>{words}</p>
      <progress value={value} max={max} aria-label={t('lines.label')} />
      <Button className="link" onPress={cancelImport}>
        {t('lines.cancel')}
      </Button>
    </div>
  );
}

function Report({ report: { added, known, refused } }: { report: ImportReport }) {
  const { t } = useTranslation();
  const full = refused.filter(({ reason }) => reason === 'full').length;
  const others = refused.filter(({ reason }) => reason !== 'full');
  if (added + known + refused.length === 0)
    return <p className="notice">{t('lines.nothingFound')}</p>;
  return (
    <div className="notice import-report">
      <p>
        {added > 0 ? t('lines.added', { count: added }) : t('lines.addedNone')}
        {known > 0 && ` ${t('lines.known', { count: known })}`}
      </p>
      {others.length > 0 && (
        <ul>
          {others.slice(0, SHOWN).map((refusal) => (
            <RefusedLine key={refusal.at} refusal={refusal} />
          ))}
          {others.length > SHOWN && (
            <li>{t('lines.moreRefused', { count: others.length - SHOWN })}</li>
          )}
        </ul>
      )}
      {full > 0 && <p>{t('lines.full', { count: full, limit: LINE_LIMIT })}</p>}
    </div>
  );
}

function RefusedLine({ refusal: { at, text, reason } }: { refusal: Refusal }) {
  const { t } = useTranslation();
  const why =
    reason === 'too-long'
      ? t('lines.tooLong', { at, length: countCharacters(text), limit: CAPTION_LIMIT })
      : t('lines.unreadable', { at });
  return (
    <li>
      {why} <q>{startOf(text)}</q>
    </li>
  );
}

/** Enough of a line to know it by; no letter is cut in two. */
export function startOf(text: string): string {
  const letters = [...new Intl.Segmenter().segment(text.slice(0, START_LENGTH * 4))];
  const start = letters
    .slice(0, START_LENGTH)
    .map(({ segment }) => segment)
    .join('');
  return start.length < text.length ? `${start}…` : start;
}
