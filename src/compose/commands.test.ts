import { Blob } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { type Photo } from '../photo/photo.ts';
import { makeCommands } from './commands.ts';
import { initialState, reduce, type ComposeState } from './state.ts';

/** Only its identity matters here. */
const photo = (id: string) => ({ id }) as Photo;

/** A file that is refused once it is read. */
const notes = () => new Blob(['우유, 달걀, 빵']) as unknown as File;

function start(initial: ComposeState) {
  let state = initial;
  const commands = makeCommands({
    get: () => state,
    dispatch: (action) => {
      state = reduce(state, action);
    },
  });
  return { commands, get: () => state };
}

/** Longer than it takes to read a few bytes. */
const afterReading = () => new Promise((resolve) => setTimeout(resolve, 200));

describe('commands', () => {
  it('say why a file is refused, and leave the mark of other files off the post before', async () => {
    const { commands, get } = start({ ...initialState('ko'), photo: photo('a') });
    commands.takeIntake({ kind: 'photo', file: notes(), others: 2 });
    await expect.poll(() => get().problem).toEqual({ kind: 'text' });
    expect(get()).toMatchObject({ photo: { id: 'a' }, others: 0, reading: false });
  });

  it('drop a file that is still being opened when the photo is put away', async () => {
    const { commands, get } = start({ ...initialState('ko'), photo: photo('a') });
    commands.openFile(notes());
    commands.putAway();
    await afterReading();
    expect(get()).toMatchObject({ photo: null, problem: null, reading: false });
  });

  it('drop a file that is still being opened when the previous post is taken', async () => {
    const previous = { photo: photo('a'), sheets: { ko: null, en: null }, language: 'ko' } as const;
    const { commands, get } = start({ ...initialState('ko'), previous });
    commands.openFile(notes());
    commands.takePrevious();
    await afterReading();
    expect(get()).toMatchObject({ photo: { id: 'a' }, problem: null, reading: false });
  });
});
