import { useEffect, useRef } from 'react';
import { clearDraft, saveDraft, saveDraftWords } from '../storage/draft.ts';
import { type ComposeState } from './state.ts';

const SAVE_DELAY_MS = 400;

/** Keeps what is on the screen, so that a closed or killed page comes back as it was. */
export function useDraft(state: ComposeState): void {
  const { photo, sheets, language } = state;
  const keptPhoto = useRef<string | null>(null);
  const pendingSave = useRef<(() => void) | null>(null);
  const keptResults = useRef<readonly unknown[]>([]);
  useEffect(() => {
    if (!photo) {
      // Nothing was kept yet on a fresh page: a draft may be on its way in.
      if (keptPhoto.current !== null) void clearDraft();
      keptPhoto.current = null;
      pendingSave.current = null;
      return undefined;
    }
    const posts = { ko: sheets.ko?.post ?? null, en: sheets.en?.post ?? null };
    const words = { photoId: photo.id, language, posts };
    const save = async () => {
      if (keptPhoto.current === photo.id) {
        await saveDraftWords(words);
        return;
      }
      keptPhoto.current = photo.id;
      const jpeg = await photo.jpeg.arrayBuffer();
      if (keptPhoto.current === photo.id) await saveDraft({ id: photo.id, jpeg }, words);
    };
    // A new photo is kept at once: Android may kill the page at any moment. So is what the model wrote:
    // Firefox drops what a page that is left begins to keep. Typing can wait for its pauses.
    const results = [sheets.ko?.post.choices, sheets.en?.post.choices];
    const isNew = results.some((choices, at) => choices !== keptResults.current[at]);
    keptResults.current = results;
    const delay = keptPhoto.current === photo.id && !isNew ? SAVE_DELAY_MS : 0;
    const timer = setTimeout(() => pendingSave.current?.(), delay);
    pendingSave.current = () => {
      clearTimeout(timer);
      pendingSave.current = null;
      void save();
    };
    return () => {
      clearTimeout(timer);
    };
  }, [photo, sheets, language]);
  useEffect(() => {
    // The page may be closed, or the screen may crash, within the delay.
    const saveNow = () => pendingSave.current?.();
    window.addEventListener('pagehide', saveNow);
    return () => {
      window.removeEventListener('pagehide', saveNow);
      saveNow();
    };
  }, []);
}
