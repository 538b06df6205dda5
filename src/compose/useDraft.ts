import { useEffect, useRef } from 'react';
import { saveDraft, saveDraftWords } from '../storage/draft.ts';
import { type ComposeState } from './state.ts';

const SAVE_DELAY_MS = 400;

/** Keeps what is on the screen, so that a closed or killed page comes back as it was. */
export function useDraft(state: ComposeState): void {
  const { photo, sheets, language } = state;
  const keptPhoto = useRef<string | null>(null);
  useEffect(() => {
    if (!photo) return undefined;
    const posts = { ko: sheets.ko?.post ?? null, en: sheets.en?.post ?? null };
    const words = { photoId: photo.id, language, posts };
    const save = async () => {
      if (keptPhoto.current === photo.id) {
        await saveDraftWords(words);
        return;
      }
      keptPhoto.current = photo.id;
      await saveDraft({ id: photo.id, jpeg: await photo.jpeg.arrayBuffer() }, words);
    };
    // A new photo is kept at once: Android may kill the page at any moment.
    const delay = keptPhoto.current === photo.id ? SAVE_DELAY_MS : 0;
    const timer = setTimeout(() => void save(), delay);
    return () => {
      clearTimeout(timer);
    };
  }, [photo, sheets, language]);
}
