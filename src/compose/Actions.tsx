import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { type Post } from '../post/post.ts';
import { postText } from '../post/text.ts';
import { Icon } from '../ui/Icon.tsx';
import { canShare, copyText, share, shareData } from './clipboard.ts';
import { CopyButton } from './CopyButton.tsx';
import { ManualCopy } from './ManualCopy.tsx';
import './out.css';

interface Props {
  readonly post: Post;
  readonly jpeg: Blob;
  /** Half a caption is not for copying. */
  readonly writing: boolean;
}

/** About the words as they were then: once they change, it no longer holds. */
interface Notice {
  readonly kind: 'shared' | 'sharePasteFailed' | 'shareFailed';
  readonly text: string;
}

/** Getting the words out: copy, and the share sheet where there is one. */
export function Actions({ post, jpeg, writing }: Props) {
  const { t } = useTranslation();
  const text = postText(post);
  const data = useMemo(() => shareData(jpeg, text), [jpeg, text]);
  const [blocked, setBlocked] = useState<string | null>(null);
  const [notice, setNotice] = useState<Notice | null>(null);

  const shareNow = () => {
    // Instagram drops the text that comes with a photo, so it goes to the clipboard as well: first,
    // and in this task, since both need the tap.
    const copying = copyText(text);
    const sharing = share(data);
    void copying.then((copied) => {
      setNotice({ kind: copied ? 'shared' : 'sharePasteFailed', text });
      if (!copied) setBlocked(text);
    });
    void sharing.then((outcome) => {
      if (outcome === 'failed') setNotice({ kind: 'shareFailed', text });
    });
  };

  return (
    <div className="actions">
      {blocked !== null && (
        <ManualCopy
          text={blocked}
          onClose={() => {
            setBlocked(null);
          }}
        />
      )}
      {notice?.text === text && (
        <p className="notice" role="status">
          {t(`out.${notice.kind}`)}
        </p>
      )}
      <div className="action-row">
        <CopyButton
          className="button primary large grow"
          testId="copy"
          text={text}
          label={t('out.copy')}
          disabled={writing}
          onBlocked={setBlocked}
        />
        {canShare(data) && (
          <Button
            className="button large"
            data-testid="share"
            isDisabled={writing || text === ''}
            onPress={shareNow}
          >
            <Icon name="share" />
            {t('out.share')}
          </Button>
        )}
      </div>
    </div>
  );
}
