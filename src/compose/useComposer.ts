import { useStore } from '@nanostores/react';
import { atom } from 'nanostores';
import { useState } from 'react';
import { makeCommands, type ComposeCommands } from './commands.ts';
import { reduce, type ComposeState } from './state.ts';

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
    },
  });
  return { $state, commands };
}
