import { expect, it, vi } from 'vitest';
import { emptyPost } from '../post/post.ts';
import { clearDraft, loadDraft, saveDraft, saveDraftWords } from './draft.ts';

// In a file of its own: idb-keyval keeps the first database that it gets, and here it must get none.
it('a draft never fails loudly where storage is blocked', async () => {
  const blocked = vi.fn(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
  Object.defineProperty(globalThis, 'indexedDB', { configurable: true, get: blocked });
  const posts = { ko: emptyPost('ko'), en: null };
  const words = { photoId: 'a', language: 'ko', posts } as const;
  await expect(saveDraft({ id: 'a', jpeg: new ArrayBuffer() }, words)).resolves.toBeUndefined();
  await expect(saveDraftWords(words)).resolves.toBeUndefined();
  await expect(clearDraft()).resolves.toBeUndefined();
  await expect(loadDraft()).resolves.toBeNull();
  expect(blocked).toHaveBeenCalledTimes(4);
});
