import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components/RadioGroup';
import { useTranslation } from 'react-i18next';
import { type Language } from '../../workers/captioner/contract.ts';
import { LANGUAGES } from '../i18n/i18n.ts';

interface Props {
  readonly language: Language;
  readonly onChange: (language: Language) => void;
}

/** The language of the post, apart from that of the app: one may read Korean and post in English. */
export function LanguageSwitch({ language, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <RadioGroup
      className="language-switch"
      orientation="horizontal"
      value={language}
      onChange={(value) => {
        const chosen = LANGUAGES.find((candidate) => candidate === value);
        if (chosen) onChange(chosen);
      }}
    >
      <Label className="section-heading">{t('post.language')}</Label>
      <div className="segments">
        {LANGUAGES.map((candidate) => (
          <RadioField key={candidate} value={candidate}>
            <RadioButton className="segment" lang={candidate}>
              {t(`post.${candidate}`)}
            </RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}
