import { NO_WISHES, type Language } from '../../workers/captioner/contract.ts';
import { loadPhoto } from '../photo/loadPhoto.ts';
import { type Post } from '../post/post.ts';
import { loadDraft } from '../storage/draft.ts';
import { readPreferences } from '../storage/preferences.ts';
import { initialState, withoutHalfWords, type ComposeState, type Sheet } from './state.ts';

/** Waiting longer for a draft would be worse than starting without it. */
const RESTORE_LIMIT_MS = 1500;

/** The screen as the last visit left it; empty when nothing was kept. Never throws, always settles. */
export async function restoreState(language: Language): Promise<ComposeState> {
  const { banned } = readPreferences();
  const empty = initialState(language, { ...NO_WISHES, banned });
  const limit = new Promise<ComposeState>((resolve) => {
    setTimeout(() => {
      resolve(empty);
    }, RESTORE_LIMIT_MS);
  });
  return Promise.race([restore(empty), limit]);
}

async function restore(empty: ComposeState): Promise<ComposeState> {
  const draft = await loadDraft();
  if (!draft) return empty;
  const outcome = await loadPhoto(new Blob([draft.photo.jpeg], { type: 'image/jpeg' }));
  if (!outcome.ok) return empty;
  const { posts, language } = draft.words;
  return {
    ...empty,
    language,
    photo: { ...outcome.photo, id: draft.photo.id },
    sheets: { ko: restoreSheet(posts.ko), en: restoreSheet(posts.en) },
  };
}

function restoreSheet(post: Post | null): Sheet | null {
  if (!post) return null;
  if (post.packId !== null) return { post, stage: { name: 'done' }, wishes: null };
  return { post: withoutHalfWords(post), stage: { name: 'stopped' }, wishes: null };
}
