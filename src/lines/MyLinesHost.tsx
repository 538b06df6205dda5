import { useStore } from '@nanostores/react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/Icon.tsx';
import { $myLines, closeMyLines } from './opening.ts';

/** Where "My lines" appears; its code is fetched only then. */
export function MyLinesHost() {
  const { t } = useTranslation();
  const opening = useStore($myLines);
  switch (opening.name) {
    case 'closed':
      return null;
    case 'open':
      return <opening.Dialog onClose={closeMyLines} />;
    case 'failed':
      return (
        <div className="problem floating" role="alert">
          <p>{t('lines.notOpened')}</p>
          <Button className="icon-button" aria-label={t('photo.dismiss')} onPress={closeMyLines}>
            <Icon name="close" />
          </Button>
        </div>
      );
  }
}
