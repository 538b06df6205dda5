import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components/RadioGroup';
import { useTranslation } from 'react-i18next';
import { chosenCaption, type CaptionChoice, type Post } from '../post/post.ts';

interface Props {
  readonly post: Post;
  readonly onChoose: (choice: number | 'own') => void;
}

/** The captions on offer, and the person's own once they wrote one. */
export function CaptionChoices({ post, onChoose }: Props) {
  const { t } = useTranslation();
  const chosen = chosenCaption(post);
  const isOffered = post.choices.some(({ text }) => text === post.ownCaption);
  const own = isOffered ? null : post.ownCaption;
  if (post.choices.length + (own === null ? 0 : 1) < 2) return null;
  return (
    <RadioGroup
      className="choices"
      value={chosen === null ? null : String(chosen)}
      onChange={(value) => {
        onChoose(value === 'own' ? 'own' : Number(value));
      }}
    >
      <Label className="section-heading">{t('caption.options')}</Label>
      {own !== null && <Choice value="own" text={own} mark={t('caption.own')} post={post} />}
      {post.choices.map((choice, index) => (
        <Choice
          key={choice.text}
          value={String(index)}
          text={choice.text}
          mark={toneMark(choice, t)}
          post={post}
        />
      ))}
    </RadioGroup>
  );
}

function toneMark({ tone }: CaptionChoice, t: ReturnType<typeof useTranslation>['t']) {
  return tone === null || tone === 'everyday' ? null : t(`caption.tone.${tone}`);
}

interface ChoiceProps {
  readonly value: string;
  readonly text: string;
  readonly mark: string | null;
  readonly post: Post;
}

function Choice({ value, text, mark, post }: ChoiceProps) {
  return (
    <RadioField value={value}>
      <RadioButton className="choice" data-testid="caption-option">
        <span className="choice-dot" aria-hidden="true" />
        <span className="choice-text" lang={post.language}>
          {text}
        </span>
        {mark !== null && <span className="choice-mark">{mark}</span>}
      </RadioButton>
    </RadioField>
  );
}
