import { type KeyboardEvent } from 'react';

/** What keydown reports while an input method has the key; Safari sends it after the composition. */
const IME_KEY_CODE = 229;

/** True for a key that belongs to the input method: during Hangul composition, every one does. */
export function isInputMethods(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only sign of it in Safari
  return event.nativeEvent.isComposing || event.keyCode === IME_KEY_CODE;
}
