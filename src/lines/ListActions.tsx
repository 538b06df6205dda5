import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { type OwnLine } from '../../workers/captioner/contract.ts';
import { writeCsv } from './csv.ts';
import { clearLines } from './store.ts';

/** Long enough for a slow browser to begin the download; then the bytes are let go. */
const DOWNLOAD_STARTS_MS = 60_000;

interface Props {
  readonly lines: readonly OwnLine[];
  readonly onCleared: () => void;
}

/** Taking all lines along, and removing all of them, which is asked twice. */
export function ListActions({ lines, onCleared }: Props) {
  const { t } = useTranslation();
  const [asks, setAsks] = useState(false);
  if (asks) {
    return (
      <div className="failure" role="alertdialog" aria-labelledby="clear-ask">
        <p id="clear-ask">{t('lines.clearAsk', { count: lines.length })}</p>
        <div className="lines-row">
          <Button
            className="button primary"
            onPress={() => {
              void clearLines();
              setAsks(false);
              onCleared();
            }}
          >
            {t('lines.clear')}
          </Button>
          <Button
            className="button"
            autoFocus
            onPress={() => {
              setAsks(false);
            }}
          >
            {t('lines.clearKeep')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="lines-row">
      <Button
        className="button"
        onPress={() => {
          download(writeCsv(lines), 'hanmadi-lines.csv');
        }}
      >
        {t('lines.export')}
      </Button>
      <Button
        className="link"
        onPress={() => {
          setAsks(true);
        }}
      >
        {t('lines.clear')}
      </Button>
    </div>
  );
}

function download(csv: string, name: string): void {
  const url = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, DOWNLOAD_STARTS_MS);
}
