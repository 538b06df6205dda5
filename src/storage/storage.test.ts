import 'fake-indexeddb/auto';
import { set } from 'idb-keyval';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyPost } from '../post/post.ts';
import { clearDraft, loadDraft, saveDraft, saveDraftWords } from './draft.ts';
import { readPreferences, writePreferences } from './preferences.ts';

describe('draft', () => {
  const photo = { id: 'a', jpeg: new Uint8Array([0xff, 0xd8]).buffer };
  const words = {
    photoId: 'a',
    language: 'ko',
    posts: { ko: { ...emptyPost('ko'), caption: '오늘은 바다' }, en: null },
  } as const;

  it('comes back as it was kept', async () => {
    await saveDraft(photo, words);
    const draft = await loadDraft();
    expect(draft?.words).toMatchObject(words);
    expect(new Uint8Array(draft?.photo.jpeg ?? new ArrayBuffer())).toEqual(
      new Uint8Array([0xff, 0xd8]),
    );
  });

  it('keeps later words with the photo that they belong to', async () => {
    await saveDraft(photo, words);
    await saveDraftWords({ ...words, language: 'en' });
    expect((await loadDraft())?.words.language).toBe('en');
    await saveDraftWords({ ...words, photoId: 'b' });
    expect(await loadDraft()).toBeNull();
  });

  it('is gone once it is cleared', async () => {
    await saveDraft(photo, words);
    await clearDraft();
    expect(await loadDraft()).toBeNull();
  });

  it('of the version before has captions without source or tone', async () => {
    const { shown, exhausted, book, ...post } = emptyPost('ko');
    expect([shown, exhausted, book]).toEqual([[], false, 'none']); // what was not kept then
    const choices = [{ text: '오늘은 바다', tone: 'instagram' }];
    await saveDraft(photo, words);
    const posts = { ko: { ...post, packId: 'hanmadi', choices }, en: null };
    await set('draft:words', { ...words, version: 1, posts });
    const choice = { text: '오늘은 바다', tone: null, source: 'written', confidence: null };
    const draft = await loadDraft();
    expect(draft?.words.posts.ko).toMatchObject({ choices: [choice], shown: [choice] });
  });

  it('is left alone when a later version of the app wrote it', async () => {
    await saveDraft(photo, words);
    await set('draft:words', { ...words, version: 99 });
    expect(await loadDraft()).toBeNull();
  });
});

describe('preferences', () => {
  beforeEach(() => {
    localStorage.clear();
  });

  it('follow the browser until something is chosen', () => {
    expect(readPreferences()).toEqual({
      language: null,
      theme: null,
      postLanguage: null,
      pack: null,
      banned: [],
    });
    writePreferences({ theme: 'dark' });
    writePreferences({ language: 'ko' });
    expect(readPreferences()).toEqual({
      language: 'ko',
      theme: 'dark',
      postLanguage: null,
      pack: null,
      banned: [],
    });
  });

  it.each(['{', '[]', '"x"', '{"language":"fr","theme":1,"banned":[1]}', 'null'])(
    'survive %s',
    (stored) => {
      localStorage.setItem('hanmadi:preferences', stored);
      expect(readPreferences()).toEqual({
        language: null,
        theme: null,
        postLanguage: null,
        pack: null,
        banned: [],
      });
    },
  );

  it('never fail loudly where storage is blocked', () => {
    const blocked = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(() => {
      writePreferences({ theme: 'dark' });
    }).not.toThrow();
    blocked.mockRestore();
  });
});
