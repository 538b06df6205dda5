import { useEffect, useRef } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly text: string;
  readonly onClose: () => void;
}

/** The way out when the browser refuses the clipboard: the whole text, selected. */
export function ManualCopy({ text, onClose }: Props) {
  const { t } = useTranslation();
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    area.current?.focus();
    area.current?.select();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [text]);
  return (
    <div className="manual-copy" role="group" aria-label={t('out.manual')}>
      <p role="alert">{t('out.copyBlocked')}</p>
      <textarea ref={area} aria-label={t('out.manual')} readOnly value={text} rows={4} />
      <Button className="button small" onPress={onClose}>
        {t('out.close')}
      </Button>
    </div>
  );
}
