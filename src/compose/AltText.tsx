import { useRef, useState } from 'react';
import { Label, Text, TextArea, TextField } from 'react-aria-components/TextField';
import { useTranslation } from 'react-i18next';
import { type Post } from '../post/post.ts';
import { useAutosize } from '../ui/useAutosize.ts';
import { ConfidenceNote } from './ConfidenceNote.tsx';
import { CopyButton } from './CopyButton.tsx';
import { ManualCopy } from './ManualCopy.tsx';

interface Props {
  readonly post: Post;
  readonly writing: boolean;
  readonly onChange: (altText: string) => void;
}

/** The alt text: a plain sentence, edited in place, copied on its own. */
export function AltText({ post, writing, onChange }: Props) {
  const { t } = useTranslation();
  const area = useRef<HTMLTextAreaElement>(null);
  const [blocked, setBlocked] = useState<string | null>(null);
  useAutosize(area, post.altText);
  return (
    <section className="alt">
      <TextField className="alt-field" value={post.altText} onChange={onChange}>
        <div className="alt-heading">
          <Label className="section-heading">{t('alt.label')}</Label>
          <CopyButton
            className="link"
            text={post.altText.trim().normalize('NFC')}
            label={t('alt.copy')}
            onBlocked={setBlocked}
          />
        </div>
        <TextArea
          ref={area}
          className="alt-text"
          data-testid="alt-text"
          lang={post.language}
          rows={1}
          placeholder={writing ? '' : t('alt.placeholder')}
        />
        <Text slot="description" className="quiet">
          {t('alt.hint')}
        </Text>
      </TextField>
      {!writing && <ConfidenceNote post={post} beside="alt-text" />}
      {blocked !== null && (
        <ManualCopy
          text={blocked}
          onClose={() => {
            setBlocked(null);
          }}
        />
      )}
    </section>
  );
}
