import { useEffect, useRef, useState } from 'react';
import { Button, type ButtonProps } from 'react-aria-components/Button';
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
  const [keptThem, setKeptThem] = useState(false);
  if (asks) {
    return (
      <AskToClear
        count={lines.length}
        onClear={() => {
          void clearLines();
          onCleared();
        }}
        onKeep={() => {
          setAsks(false);
          setKeptThem(true);
        }}
      />
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
      <FocusedButton
        className="link"
        takesFocus={keptThem}
        onPress={() => {
          setAsks(true);
        }}
      >
        {t('lines.clear')}
      </FocusedButton>
    </div>
  );
}

interface AskProps {
  readonly count: number;
  readonly onClear: () => void;
  readonly onKeep: () => void;
}

function AskToClear({ count, onClear, onKeep }: AskProps) {
  const { t } = useTranslation();
  return (
    <div className="failure" role="group" aria-labelledby="clear-ask">
      <p id="clear-ask">{t('lines.clearAsk', { count })}</p>
      <div className="lines-row">
        <Button className="button primary" onPress={onClear}>
          {t('lines.clear')}
        </Button>
        <FocusedButton className="button" takesFocus aria-describedby="clear-ask" onPress={onKeep}>
          {t('lines.clearKeep')}
        </FocusedButton>
      </div>
    </div>
  );
}

/** Takes the focus from the button that was pressed, and went away for it. */
function FocusedButton({ takesFocus, ...props }: ButtonProps & { readonly takesFocus: boolean }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (takesFocus) button.current?.focus();
  }, [takesFocus]);
  return <Button ref={button} {...props} />;
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
