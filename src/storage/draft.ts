import { delMany, getMany, set, setMany } from 'idb-keyval';
import { type Language } from '../../workers/captioner/contract.ts';
import { type CaptionChoice, type Post } from '../post/post.ts';

const PHOTO_KEY = 'draft:photo';
const WORDS_KEY = 'draft:words';
const VERSION = 2;

/** The photo of the draft, as bytes: Safari loses Blobs in IndexedDB. */
export interface DraftPhoto {
  readonly id: string;
  readonly jpeg: ArrayBuffer;
}

/** The words of the draft. They change with every key, so they lie apart from the photo. */
export interface DraftWords {
  readonly version: typeof VERSION;
  readonly photoId: string;
  readonly language: Language;
  /** The languages written so far; a post whose writing had not ended has no `packId`. */
  readonly posts: { readonly [L in Language]: Post | null };
}

export interface Draft {
  readonly photo: DraftPhoto;
  readonly words: DraftWords;
}

/** The kept draft; `null` when there is none, it is of another version, or storage is blocked. */
export async function loadDraft(): Promise<Draft | null> {
  try {
    const [photo, words] = (await getMany([PHOTO_KEY, WORDS_KEY])) as [
      DraftPhoto | undefined,
      DraftWords | FirstWords | undefined,
    ];
    if (!photo || words?.photoId !== photo.id) return null;
    const known = upgrade(words);
    return known && { photo, words: known };
  } catch {
    return null;
  }
}

/** Posts before captions had sources: their choices had other tones, and nothing else was kept of them. */
interface FirstWords extends Omit<DraftWords, 'version' | 'posts'> {
  readonly version: 1;
  readonly posts: { readonly [L in Language]: FirstPost | null };
}
type FirstPost = Omit<Post, 'choices' | 'shown' | 'exhausted' | 'book'> & {
  readonly choices: readonly { readonly text: string }[];
};

/** An update of the app costs nobody their draft; a later version's is left alone. */
function upgrade(words: DraftWords | FirstWords): DraftWords | null {
  if (words.version === VERSION) return words;
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- it came from storage
  if (words.version !== 1) return null;
  const { ko, en } = words.posts;
  return { ...words, version: VERSION, posts: { ko: upgradePost(ko), en: upgradePost(en) } };
}

function upgradePost(post: FirstPost | null): Post | null {
  if (!post) return null;
  const choices = post.choices.map(({ text }): CaptionChoice => ({
    text,
    tone: null,
    source: 'written',
    confidence: null,
  }));
  return { ...post, choices, shown: choices, exhausted: false, book: 'none' };
}

/** Keeps a new draft in one transaction. A browser that refuses storage keeps it on the screen only. */
export async function saveDraft(photo: DraftPhoto, words: Omit<DraftWords, 'version'>) {
  await quietly(() =>
    setMany([
      [PHOTO_KEY, photo],
      [WORDS_KEY, { ...words, version: VERSION }],
    ]),
  );
}

/** Keeps the words of the draft whose photo is kept already. */
export async function saveDraftWords(words: Omit<DraftWords, 'version'>) {
  await quietly(() => set(WORDS_KEY, { ...words, version: VERSION }));
}

/** Forgets the draft: a photo that was put away must not come back. */
export async function clearDraft(): Promise<void> {
  await quietly(() => delMany([PHOTO_KEY, WORDS_KEY]));
}

/**
 * Private mode or a full disk: nothing on the screen is lost, so nobody is bothered. Takes a function, since
 * a browser that blocks storage throws before there is a promise.
 */
async function quietly(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch {
    // The draft ends with this visit.
  }
}
