import 'fake-indexeddb/auto';
import { Blob } from 'node:buffer';
import { cleanup, renderHook } from '@testing-library/react';
import { clear } from 'idb-keyval';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Photo } from '../photo/photo.ts';
import { emptyPost } from '../post/post.ts';
import { loadDraft } from '../storage/draft.ts';
import { initialState, type ComposeState } from './state.ts';
import { useDraft } from './useDraft.ts';

/** The bitmap is never looked at here, and Node has none; the JPEG's bytes are. */
const photo = { id: 'a', jpeg: new Blob([new Uint8Array([0xff, 0xd8])]) } as unknown as Photo;

const withCaption = (caption: string): ComposeState => ({
  ...initialState('ko'),
  photo,
  sheets: {
    ko: { post: { ...emptyPost('ko'), caption }, stage: { name: 'done' }, wishes: null },
    en: null,
  },
});

const keptCaption = async () => (await loadDraft())?.words.posts.ko?.caption ?? null;

/** A screen whose first caption is kept already. */
async function showKept() {
  const screen = renderHook(useDraft, { initialProps: withCaption('하나') });
  await expect.poll(keptCaption).toBe('하나');
  return screen;
}

describe('useDraft', () => {
  beforeEach(() => clear());
  afterEach(cleanup);

  it('keeps last words when the page is closed within the delay', async () => {
    const { rerender } = await showKept();
    rerender(withCaption('둘'));
    window.dispatchEvent(new Event('pagehide'));
    await expect.poll(keptCaption, { timeout: 300 }).toBe('둘');
  });

  it('keeps last words when the screen goes within the delay', async () => {
    const { rerender, unmount } = await showKept();
    rerender(withCaption('둘'));
    unmount();
    await expect.poll(keptCaption).toBe('둘');
  });

  it('forgets a photo that is put away, words that wait to be kept included', async () => {
    const { rerender, unmount } = await showKept();
    rerender(withCaption('둘'));
    rerender(initialState('ko'));
    unmount();
    await expect.poll(loadDraft).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 600)); // longer than the delay
    expect(await loadDraft()).toBeNull();
  });
});
