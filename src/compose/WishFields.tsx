import { useState, type KeyboardEvent } from 'react';
import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components/RadioGroup';
import { Input, Text, TextField } from 'react-aria-components/TextField';
import { useTranslation } from 'react-i18next';
import { type Tone, type Wishes } from '../../workers/captioner/contract.ts';
import { isInputMethods } from '../ui/composition.ts';

const TONES: readonly Tone[] = ['everyday', 'funny', 'romantic', 'calm', 'short'];
const ANY = 'any';

interface Props {
  readonly wishes: Wishes;
  readonly onWish: (wishes: Wishes) => void;
}

/** What a person wants of the captions. Each change takes effect at once. */
export function WishFields({ wishes, onWish }: Props) {
  const { t } = useTranslation();
  const { tone, length, emoji, banned } = wishes;
  return (
    <div className="wishes">
      <Choice
        label={t('wishes.tone')}
        value={tone}
        options={TONES.map((value) => ({ value, label: t(`caption.tone.${value}`) }))}
        onChange={(chosen) => {
          onWish({ ...wishes, tone: chosen });
        }}
      />
      <Choice
        label={t('wishes.length')}
        value={length}
        options={(['short', 'long'] as const).map((value) => ({
          value,
          label: t(`wishes.lengths.${value}`),
        }))}
        onChange={(chosen) => {
          onWish({ ...wishes, length: chosen });
        }}
      />
      <Choice
        label={t('wishes.emoji')}
        value={emoji === null ? null : emoji ? 'with' : 'without'}
        options={(['with', 'without'] as const).map((value) => ({
          value,
          label: t(`wishes.emojis.${value}`),
        }))}
        onChange={(chosen) => {
          onWish({ ...wishes, emoji: chosen === null ? null : chosen === 'with' });
        }}
      />
      <BannedWords
        banned={banned}
        onChange={(words) => {
          onWish({ ...wishes, banned: words });
        }}
      />
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T | null;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T | null) => void;
}

function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  const { t } = useTranslation();
  return (
    <RadioGroup
      className="wish"
      orientation="horizontal"
      value={value ?? ANY}
      onChange={(chosen) => {
        onChange(options.find((option) => option.value === chosen)?.value ?? null);
      }}
    >
      <Label className="section-heading">{label}</Label>
      <div className="wish-options">
        {[{ value: ANY, label: t('wishes.any') }, ...options].map((option) => (
          <RadioField key={option.value} value={option.value}>
            <RadioButton className="wish-option">{option.label}</RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}

interface BannedProps {
  readonly banned: readonly string[];
  readonly onChange: (words: readonly string[]) => void;
}

/** Takes effect with Enter, or when the field is left: not at each letter. */
function BannedWords({ banned, onChange }: BannedProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => banned.join(', '));
  const commit = () => {
    const words = splitWords(text);
    if (words.join() !== banned.join()) onChange(words);
  };
  return (
    <TextField className="wish" value={text} onChange={setText}>
      <Label className="section-heading">{t('wishes.banned')}</Label>
      <Input
        className="text-input"
        autoCapitalize="none"
        autoComplete="off"
        enterKeyHint="done"
        onBlur={commit}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === 'Enter' && !isInputMethods(event)) commit();
        }}
      />
      <Text slot="description" className="quiet">
        {t('wishes.bannedHint')}
      </Text>
    </TextField>
  );
}

/** The words between commas, each one once. */
export function splitWords(text: string): string[] {
  const words = text
    .normalize('NFC')
    .split(/[,，、\n]/u)
    .map((word) => word.trim());
  return [...new Set(words)].filter((word) => word !== '');
}
