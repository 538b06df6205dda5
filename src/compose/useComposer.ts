import { useStore } from '@nanostores/react';
import { atom } from 'nanostores';
import { useState } from 'react';
import { makeCommands, type ComposeCommands } from './commands.ts';
import { rememberLine } from '../storage/recentLines.ts';
import { captionOffers } from '../post/post.ts';
import { currentSheet, reduce, type ComposeState } from './state.ts';

/** The Compose screen's state, and everything that changes it. */
export function useComposer(initial: ComposeState): {
  state: ComposeState;
  commands: ComposeCommands;
} {
  // A store rather than a reducer hook: commands go on after an `await` and need the newest state.
  const [{ $state, commands }] = useState(() => makeComposer(initial));
  return { state: useStore($state), commands };
}

function makeComposer(initial: ComposeState) {
  const $state = atom(initial);
  const commands = makeCommands({
    get: () => $state.get(),
    dispatch: (action) => {
      $state.set(reduce($state.get(), action));
      rememberCaption($state.get());
    },
  });
  return { $state, commands };
}

/** The photos that follow are not to get the caption that this one has. */
function rememberCaption(state: ComposeState): void {
  const { photo, language } = state;
  const sheet = currentSheet(state);
  if (!photo || sheet?.stage.name !== 'done') return;
  const { chosen, own } = captionOffers(sheet.post);
  if (chosen === null || chosen === own) return;
  rememberLine({ photoId: photo.id, language, text: chosen });
}
