import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createRef } from 'react';
import { I18nextProvider } from 'react-i18next';
import { afterEach, describe, expect, it } from 'vitest';
import { createI18n } from '../i18n/i18n.ts';
import { TagInput } from './TagInput.tsx';

afterEach(cleanup);

function show(tags: readonly string[] = []) {
  const added: string[] = [];
  render(
    <I18nextProvider i18n={createI18n('ko')}>
      <TagInput tags={tags} inputRef={createRef()} onAdd={(written) => added.push(written)} />
    </I18nextProvider>,
  );
  return { added, input: screen.getByRole<HTMLInputElement>('textbox') };
}

const type = (input: HTMLInputElement, value: string) => {
  fireEvent.change(input, { target: { value } });
};

describe('TagInput', () => {
  it('leaves Enter, comma and space to the input method while it composes', () => {
    const { added, input } = show();
    fireEvent.compositionStart(input);
    type(input, '바닷가');
    for (const key of ['Enter', ',', ' ']) {
      fireEvent.keyDown(input, { key, isComposing: true });
      fireEvent.keyDown(input, { key, keyCode: 229 }); // Safari: after the composition
    }
    expect(added).toEqual([]);
    fireEvent.compositionEnd(input);
    fireEvent.keyDown(input, { key: 'Enter' });
    expect(added).toEqual(['바닷가']);
    expect(input.value).toBe('');
  });

  it('ends a tag at a separator that comes without a key event, as from phone keyboards', () => {
    const { added, input } = show();
    type(input, 'sea ');
    expect(added).toEqual(['sea ']);
  });

  it('takes what is left in the field when the focus leaves it', () => {
    const { added, input } = show();
    type(input, '노을');
    fireEvent.blur(input);
    expect(added).toEqual(['노을']);
  });

  it('keeps what is no tag, and says why', () => {
    const { added, input } = show();
    type(input, '2024');
    fireEvent.keyDown(input, { key: 'Enter' });
    expect(added).toEqual([]);
    expect(input.value).toBe('2024');
    expect(screen.getByRole('alert').textContent).toContain('글자');
  });

  it('says when a tag is there already, whatever its case', () => {
    const { input } = show(['Sea']);
    type(input, 'SEA');
    fireEvent.keyDown(input, { key: 'Enter' });
    expect(screen.getByRole('alert').textContent).toContain('SEA');
  });
});
