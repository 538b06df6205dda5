import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components/RadioGroup';
import { useTranslation } from 'react-i18next';
import { type Language } from '../../workers/captioner/contract.ts';
import { captionOffers, type CaptionChoice, type Post } from '../post/post.ts';

interface Props {
  readonly post: Post;
  readonly onChoose: (caption: string) => void;
}

/** The captions on offer, those offered before, and the person's own once they wrote one. */
export function CaptionChoices({ post, onChoose }: Props) {
  const { t } = useTranslation();
  const { own, now, earlier, chosen } = captionOffers(post);
  const [showsEarlier, setShowsEarlier] = useState(false);
  // What stands in the field is always among those to choose from.
  const kept = showsEarlier ? [] : earlier.filter(({ text }) => text === chosen);
  const isOpen = showsEarlier && earlier.length > 0;
  if (now.length + earlier.length === 0) return null;
  return (
    <RadioGroup className="choices" value={chosen} onChange={onChoose}>
      <Label className="section-heading">{t('caption.options')}</Label>
      {own !== null && <Choice text={own} language={post.language} marks={[t('caption.own')]} />}
      {[...kept, ...now].map((choice) => (
        <OfferedChoice key={choice.text} choice={choice} language={post.language} />
      ))}
      {earlier.length > 0 && (
        <Button
          className="link earlier"
          aria-expanded={isOpen}
          onPress={() => {
            setShowsEarlier(!isOpen);
          }}
        >
          {t('caption.earlier', { count: earlier.length })}
        </Button>
      )}
      {isOpen &&
        earlier.map((choice) => (
          <OfferedChoice key={choice.text} choice={choice} language={post.language} />
        ))}
    </RadioGroup>
  );
}

interface OfferedProps {
  readonly choice: CaptionChoice;
  readonly language: Language;
}

/** With where it comes from, its tone, and how surely it fits: in words, and quietly. */
function OfferedChoice({ choice: { text, source, tone, confidence }, language }: OfferedProps) {
  const { t } = useTranslation();
  const marks = [
    t(`caption.source.${source}`),
    ...(tone === null ? [] : [t(`caption.tone.${tone}`)]),
    ...(confidence === null ? [] : [t(`caption.certainty.${confidence}`)]),
  ];
  return <Choice text={text} language={language} marks={marks} />;
}

interface ChoiceProps {
  readonly text: string;
  readonly language: Language;
  readonly marks: readonly string[];
}

function Choice({ text, language, marks }: ChoiceProps) {
  return (
    <RadioField value={text}>
      <RadioButton className="choice" data-testid="caption-option">
        <span className="choice-dot" aria-hidden="true" />
        <span className="choice-words">
          <span className="choice-text" lang={language}>
            {text}
          </span>
          <span className="choice-marks quiet">
            {marks.map((mark) => (
              <span key={mark}>{mark}</span>
            ))}
          </span>
        </span>
      </RadioButton>
    </RadioField>
  );
}
