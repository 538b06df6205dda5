import { useStore } from '@nanostores/react';
import { useEffect } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog, Heading } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/Icon.tsx';
import { AddLines } from './AddLines.tsx';
import { forgetReport } from './importing.ts';
import { ImportNote } from './ImportNote.tsx';
import { LineList } from './LineList.tsx';
import { type MyLinesProps } from './opening.ts';
import { $ownLines } from './store.ts';
import './myLines.css';

/** The lines that a person brought: add, look through, remove, take along. */
export function MyLines({ onClose }: MyLinesProps) {
  const { t } = useTranslation();
  const { own, kept, failure } = useStore($ownLines);
  useEffect(() => forgetReport, []);
  return (
    <ModalOverlay
      className="lines-veil"
      isOpen
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className="lines-sheet">
        <Dialog className="lines-dialog">
          <div className="lines-heading">
            <Heading slot="title">{t('lines.label')}</Heading>
            <Button className="icon-button" aria-label={t('lines.close')} onPress={onClose}>
              <Icon name="close" />
            </Button>
          </div>
          <p className="quiet">{t('lines.about')}</p>
          {!kept && own.lines.length > 0 && <p className="notice">{t('lines.notKept')}</p>}
          {failure !== null && own.lines.length > 0 && (
            <p className="notice">
              {t('lines.notReady')} {t(`failure.${failure}`)}
            </p>
          )}
          <AddLines />
          <ImportNote />
          <LineList lines={own.lines} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
