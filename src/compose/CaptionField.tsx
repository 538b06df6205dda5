import { useRef } from 'react';
import { Label, TextArea, TextField } from 'react-aria-components/TextField';
import { useTranslation } from 'react-i18next';
import { type Language } from '../../workers/captioner/contract.ts';
import { CAPTION_LIMIT, countCharacters } from '../post/instagram.ts';
import { useAutosize } from '../ui/useAutosize.ts';

/** From here on the person is told how much of Instagram's limit is left. */
const COUNT_FROM = CAPTION_LIMIT - 300;

interface Props {
  readonly caption: string;
  readonly language: Language;
  readonly writing: boolean;
  readonly onChange: (caption: string) => void;
}

/** The caption, on ruled lines, edited in place. */
export function CaptionField({ caption, language, writing, onChange }: Props) {
  const { t } = useTranslation();
  const area = useRef<HTMLTextAreaElement>(null);
  useAutosize(area, caption);
  const count = countCharacters(caption);
  return (
    <TextField className="caption-field" value={caption} onChange={onChange}>
      <Label className="visually-hidden">{t('caption.label')}</Label>
      <TextArea
        ref={area}
        className="caption ruled"
        data-testid="caption"
        lang={language}
        rows={2}
        placeholder={writing ? '' : t('caption.placeholder')}
      />
      {count > COUNT_FROM && (
        <p className={count > CAPTION_LIMIT ? 'warning' : 'quiet'}>
          {count > CAPTION_LIMIT
            ? t('caption.tooLong', { count, limit: CAPTION_LIMIT })
            : t('caption.counter', { count, limit: CAPTION_LIMIT })}
        </p>
      )}
    </TextField>
  );
}
