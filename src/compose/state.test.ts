import { describe, expect, it } from 'vitest';
import {
  NO_WISHES,
  type CaptionOption,
  type ComposeResult,
} from '../../workers/captioner/contract.ts';
import { type Photo } from '../photo/photo.ts';
import { chooseCaption, editCaption } from '../post/post.ts';
import { currentSheet, initialState, reduce, type ComposeAction } from './state.ts';

/** Only its identity matters here. */
const photo = (id: string) => ({ id }) as Photo;

const option = (text: string): CaptionOption => ({
  text,
  tone: 'everyday',
  source: 'written',
  meanLogProbability: -1,
  match: null,
  probability: null,
  confidence: null,
});

const result = (...captions: readonly string[]): ComposeResult => ({
  packId: 'hanmadi',
  language: 'ko',
  captions: captions.map(option),
  hashtags: [],
  altText: { text: '대체', meanLogProbability: -1 },
  confidence: null,
  book: 'used',
  timings: { encoder: null, start: null, steps: 0, stepCount: 0, total: 0 },
});

const run = (actions: readonly ComposeAction[], from = initialState('ko')) =>
  actions.reduce(reduce, from);

const STARTED: readonly ComposeAction[] = [
  { type: 'photo-reading' },
  { type: 'photo-ready', photo: photo('a'), others: 0 },
  { type: 'writing-started', job: 1, order: 'post' },
];
const token = (job: number, text: string): ComposeAction => ({
  type: 'writing-event',
  job,
  event: { type: 'token', part: 'caption', text },
});

describe('reduce', () => {
  it('shows words as they come, then the result', () => {
    const streaming = run([...STARTED, token(1, '파도가')]);
    expect(currentSheet(streaming)?.post.caption).toBe('파도가');
    const done = reduce(streaming, { type: 'writing-done', job: 1, result: result('파도가 친다') });
    expect(currentSheet(done)?.post.caption).toBe('파도가 친다');
    expect(currentSheet(done)?.stage.name).toBe('done');
  });

  it('drops late words of an older job', () => {
    const next = run([
      ...STARTED,
      { type: 'photo-ready', photo: photo('b'), others: 0 },
      { type: 'writing-started', job: 2, order: 'post' },
      token(1, '옛 글'),
      { type: 'writing-done', job: 1, result: result('옛 글') },
      { type: 'writing-failed', job: 1, code: 'worker-crashed' },
    ]);
    expect(currentSheet(next)?.post.caption).toBe('');
    expect(currentSheet(next)?.stage).toMatchObject({ name: 'writing', job: 2 });
  });

  it('never overwrites what is typed while words stream', () => {
    const state = run([
      ...STARTED,
      token(1, '파도가'),
      { type: 'post-edited', edit: (post) => editCaption(post, '내 글') },
      token(1, '파도가 친다'),
      { type: 'writing-done', job: 1, result: result('파도가 친다') },
    ]);
    expect(currentSheet(state)?.post.caption).toBe('내 글');
  });

  it('keeps each language on its own sheet', () => {
    const state = run([
      ...STARTED,
      { type: 'writing-done', job: 1, result: result('파도') },
      { type: 'language-chosen', language: 'en' },
      { type: 'writing-started', job: 2, order: 'post' },
      { type: 'writing-done', job: 2, result: { ...result('Waves'), language: 'en' } },
      { type: 'language-chosen', language: 'ko' },
    ]);
    expect(state.sheets.ko?.post.caption).toBe('파도');
    expect(state.sheets.en?.post.caption).toBe('Waves');
  });

  it('leaves no half sentence behind when stopped, but keeps edits', () => {
    const stopped = run([
      ...STARTED,
      token(1, '반쪽'),
      { type: 'writing-failed', job: 1, code: 'cancelled' },
    ]);
    expect(currentSheet(stopped)).toMatchObject({
      stage: { name: 'stopped' },
      post: { caption: '' },
    });
    const edited = run([
      ...STARTED,
      { type: 'post-edited', edit: (post) => editCaption(post, '내 글') },
      { type: 'writing-failed', job: 1, code: 'out-of-memory' },
    ]);
    expect(currentSheet(edited)).toMatchObject({
      stage: { name: 'failed', code: 'out-of-memory' },
      post: { caption: '내 글' },
    });
  });

  it('keeps whole words on the screen until another pack has finished its own', () => {
    const again: readonly ComposeAction[] = [
      ...STARTED,
      { type: 'writing-done', job: 1, result: result('파도가 친다') },
      { type: 'writing-started', job: 2, order: 'post' },
      token(2, '반쪽'),
      { type: 'writing-event', job: 2, event: { type: 'token', part: 'alt-text', text: '반' } },
    ];
    const stopped = run([...again, { type: 'writing-failed', job: 2, code: 'cancelled' }]);
    expect(currentSheet(stopped)?.post).toMatchObject({ caption: '파도가 친다', altText: '대체' });
    const done = run([...again, { type: 'writing-done', job: 2, result: result('새 글') }]);
    expect(currentSheet(done)?.post.caption).toBe('새 글');
  });

  describe('with other captions asked for', () => {
    const first = run([
      ...STARTED,
      { type: 'writing-done', job: 1, result: result('파도', '바다') },
      { type: 'post-edited', edit: (post) => ({ ...post, tags: ['내태그'] }) },
    ]);
    const ask = (captions: readonly string[], from = first) =>
      run(
        [
          { type: 'writing-started', job: 2, order: 'others' },
          {
            type: 'writing-done',
            job: 2,
            result: { ...result(...captions), altText: null, book: 'none' },
          },
        ],
        from,
      );

    it('offers what was not shown, and leaves tags and alt text alone', () => {
      const post = currentSheet(ask(['바다', '모래']))?.post;
      expect(post?.choices.map(({ text }) => text)).toEqual(['모래']);
      expect(post).toMatchObject({ caption: '모래', altText: '대체', tags: ['내태그'] });
      expect(post?.shown.map(({ text }) => text)).toEqual(['파도', '바다', '모래']);
    });

    it('says so when there is nothing else, and keeps what is there', () => {
      const post = currentSheet(ask(['바다', '파도']))?.post;
      expect(post?.choices.map(({ text }) => text)).toEqual(['파도', '바다']);
      expect(post).toMatchObject({ caption: '파도', exhausted: true });
      const rewritten = run(
        [
          { type: 'writing-started', job: 3, order: 'captions' },
          { type: 'writing-done', job: 3, result: result('바다') },
        ],
        ask(['바다', '파도']),
      );
      expect(currentSheet(rewritten)?.post).toMatchObject({ caption: '바다', exhausted: false });
    });

    it('never swaps a caption that the person chose or wrote', () => {
      const chosen = reduce(first, {
        type: 'post-edited',
        edit: (post) => chooseCaption(post, '바다'),
      });
      expect(currentSheet(ask(['모래'], chosen))?.post.caption).toBe('바다');
      const typed = reduce(first, {
        type: 'post-edited',
        edit: (post) => editCaption(post, '내 글'),
      });
      expect(currentSheet(ask(['모래'], typed))?.post.caption).toBe('내 글');
    });

    it('is done, with what was there, when stopped; and remembers what to try again', () => {
      const started = reduce(first, { type: 'writing-started', job: 2, order: 'others' });
      const stopped = reduce(started, { type: 'writing-failed', job: 2, code: 'cancelled' });
      expect(currentSheet(stopped)).toMatchObject({
        stage: { name: 'done' },
        post: { caption: '파도' },
      });
      const failed = reduce(started, { type: 'writing-failed', job: 2, code: 'worker-crashed' });
      expect(currentSheet(failed)?.stage).toMatchObject({ name: 'failed', order: 'others' });
    });

    it('keeps the caption when nothing is as wished', () => {
      const state = run(
        [
          { type: 'wishes-changed', wishes: { ...NO_WISHES, tone: 'romantic' } },
          { type: 'writing-started', job: 2, order: 'captions' },
          { type: 'writing-done', job: 2, result: result() },
        ],
        first,
      );
      expect(currentSheet(state)).toMatchObject({
        post: { caption: '파도', choices: [] },
        wishes: { tone: 'romantic' },
      });
    });
  });

  it('shows the download of a book until words come', () => {
    const event = { type: 'download', loadedBytes: 1, totalBytes: 2 } as const;
    const loading = run([...STARTED, { type: 'writing-event', job: 1, event }]);
    expect(currentSheet(loading)?.stage).toMatchObject({ download: { loadedBytes: 1 } });
    const whole = { ...event, loadedBytes: 2 };
    const loaded = run([{ type: 'writing-event', job: 1, event: whole }], loading);
    expect(currentSheet(loaded)?.stage).toMatchObject({ download: null });
  });

  it('keeps wishes from photo to photo', () => {
    const wishes = { ...NO_WISHES, emoji: false };
    const state = run([
      { type: 'wishes-changed', wishes },
      ...STARTED,
      { type: 'photo-put-away' },
      { type: 'previous-taken' },
    ]);
    expect(state.wishes).toEqual(wishes);
  });

  it('keeps the post on the screen when the next photo is refused', () => {
    const state = run([
      ...STARTED,
      { type: 'writing-done', job: 1, result: result('파도') },
      { type: 'photo-reading' },
      { type: 'photo-refused', problem: { kind: 'pdf' } },
    ]);
    expect(state.photo?.id).toBe('a');
    expect(state.problem).toEqual({ kind: 'pdf' });
    expect(currentSheet(state)?.post.caption).toBe('파도');
  });

  it('counts files that were left out with the photo that came with them', () => {
    const left = run([{ type: 'photo-ready', photo: photo('a'), others: 2 }]);
    expect(left.others).toBe(2);
    const next = reduce(left, { type: 'photo-ready', photo: photo('b'), others: 0 });
    expect(next.others).toBe(0);
  });

  it('goes back to the post before, with its edits, and forth again', () => {
    const second = run([
      ...STARTED,
      { type: 'writing-done', job: 1, result: result('파도') },
      { type: 'post-edited', edit: (post) => editCaption(post, '내 글') },
      { type: 'photo-ready', photo: photo('b'), others: 0 },
      { type: 'writing-started', job: 2, order: 'post' },
    ]);
    const back = reduce(second, { type: 'previous-taken' });
    expect(back.photo?.id).toBe('a');
    expect(currentSheet(back)?.post.caption).toBe('내 글');
    const late = reduce(back, { type: 'writing-done', job: 2, result: result('늦은 글') });
    expect(currentSheet(late)?.post.caption).toBe('내 글');
    expect(reduce(back, { type: 'previous-taken' }).photo?.id).toBe('b');
  });

  it('puts a photo away, and keeps it at hand', () => {
    const away = run([...STARTED, { type: 'photo-put-away' }]);
    expect(away.photo).toBeNull();
    expect(reduce(away, { type: 'previous-taken' }).photo?.id).toBe('a');
  });

  it('undoes the removal of a tag', () => {
    const withTags = run([
      ...STARTED,
      { type: 'writing-done', job: 1, result: result('파도') },
      { type: 'post-edited', edit: (post) => ({ ...post, tags: ['a', 'b', 'c'] }) },
      { type: 'tag-removed', tag: 'b' },
    ]);
    expect(currentSheet(withTags)?.post.tags).toEqual(['a', 'c']);
    const undone = reduce(withTags, { type: 'tag-restored' });
    expect(currentSheet(undone)?.post.tags).toEqual(['a', 'b', 'c']);
    expect(undone.removed).toBeNull();
  });
});
