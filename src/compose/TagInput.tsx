import { useState, type KeyboardEvent, type RefObject } from 'react';
import { Button } from 'react-aria-components/Button';
import { Input, Label, TextField } from 'react-aria-components/TextField';
import { useTranslation } from 'react-i18next';
import { hasTag, splitTags } from '../post/tag.ts';
import { isInputMethods } from '../ui/composition.ts';
import { Icon } from '../ui/Icon.tsx';

/** Keys that end a tag. A space or comma that arrives without a key event is seen in `onChange`. */
const END_KEYS = new Set(['Enter', ',', ' ', '、', '，']);
const ENDS_TAG = /\S[\s,，、#＃]$/u;

interface Props {
  readonly tags: readonly string[];
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly onAdd: (written: string) => void;
}

/** Where a person adds tags of their own. During Hangul composition every key is the input method's. */
export function TagInput({ tags, inputRef, onAdd }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);

  const commit = (written: string) => {
    const found = splitTags(written);
    const twin = found.find((tag) => hasTag(tags, tag));
    if (written.trim() !== '' && found.length === 0) {
      setError(t('tags.invalid'));
      return;
    }
    setError(twin !== undefined && found.length === 1 ? t('tags.duplicate', { tag: twin }) : null);
    setText('');
    if (found.length > 0) onAdd(written);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (isInputMethods(event) || !END_KEYS.has(event.key)) return;
    event.preventDefault();
    commit(text);
  };

  return (
    <TextField className="tag-input" value={text} isInvalid={error !== null}>
      <Label className="visually-hidden">{t('tags.add')}</Label>
      <div className="tag-input-row">
        <span aria-hidden="true">#</span>
        <Input
          ref={inputRef}
          placeholder={t('tags.add')}
          enterKeyHint="done"
          autoCapitalize="none"
          autoComplete="off"
          onKeyDown={onKeyDown}
          onChange={(event) => {
            const { value } = event.target;
            const isComposing = (event.nativeEvent as InputEvent).isComposing;
            if (!isComposing && ENDS_TAG.test(value)) commit(value);
            else setText(value);
          }}
          onBlur={(event) => {
            commit(event.target.value);
          }}
        />
        {text.trim() !== '' && (
          <Button
            className="button small"
            onPress={() => {
              commit(text);
            }}
          >
            <Icon name="plus" />
            {t('tags.addButton')}
          </Button>
        )}
      </div>
      {error !== null && (
        <p className="warning" role="alert">
          {error}
        </p>
      )}
    </TextField>
  );
}
