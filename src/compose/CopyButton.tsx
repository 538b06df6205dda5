import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/Icon.tsx';
import { copyText } from './clipboard.ts';

const COPIED_SHOWN_MS = 4000;

interface Props {
  readonly text: string;
  readonly label: string;
  readonly className: string;
  readonly testId?: string;
  readonly disabled?: boolean;
  readonly onBlocked: (text: string) => void;
}

/** Copies in the same task as the tap, and says "copied" only once it is true. */
export function CopyButton({ text, label, className, testId, disabled = false, onBlocked }: Props) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  const copy = () => {
    void copyText(text).then((done) => {
      clearTimeout(timer.current);
      setCopied(done ? text : null);
      if (!done) onBlocked(text);
      timer.current = setTimeout(() => {
        setCopied(null);
      }, COPIED_SHOWN_MS);
    });
  };
  // A text that changed since is not on the clipboard.
  const isCopied = copied !== null && copied === text;
  return (
    <>
      <Button
        className={className}
        onPress={copy}
        isDisabled={disabled || text === ''}
        {...(testId !== undefined && { 'data-testid': testId })}
      >
        <Icon name={isCopied ? 'check' : 'copy'} />
        {isCopied ? t('out.copied') : label}
      </Button>
      <span className="visually-hidden" role="status">
        {isCopied ? t('out.copied') : ''}
      </span>
    </>
  );
}
