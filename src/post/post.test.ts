import { describe, expect, it } from 'vitest';
import {
  type CaptionOption,
  type ComposeResult,
  type HashtagSuggestion,
} from '../../workers/captioner/contract.ts';
import {
  addTags,
  captionOffers,
  chooseCaption,
  editAltText,
  editCaption,
  emptyPost,
  receiveResult,
  removeTag,
  restoreTag,
} from './post.ts';
import { postText } from './text.ts';

function suggestion(concept: string, ko: string[], en: string[]): HashtagSuggestion {
  return { concept, text: { ko, en }, probability: 0.5 };
}

function option(text: string, source: CaptionOption['source']): CaptionOption {
  const numbers = { meanLogProbability: null, match: 0.4, probability: 0.7 };
  return { text, tone: 'calm', source, confidence: 'maybe', ...numbers };
}

const ALL = { parts: ['caption', 'hashtags', 'alt-text'], others: false } as const;

const RESULT: ComposeResult = {
  packId: 'hanmadi',
  language: 'ko',
  captions: [
    option('파도가 밀려오는 오후', 'book'),
    option('오늘은 바다', 'written'),
    option('바다는 늘 옳다', 'own'),
  ],
  hashtags: [
    suggestion('beach', ['바다', '해변'], ['beach', 'sea']),
    suggestion('wave', ['파도'], ['wave']),
    suggestion('summer', ['여름', '여름휴가'], ['summer']),
    suggestion('sky', ['하늘'], ['sky']),
    suggestion('sand', ['모래'], ['sand']),
    suggestion('shore', ['바다', '바닷가'], ['shore']),
  ],
  altText: { text: '모래사장에 파도가 친다.', meanLogProbability: -0.4 },
  confidence: 'sure',
  book: 'used',
  timings: { encoder: 1, start: 1, steps: 1, stepCount: 1, total: 3 },
};

const post = receiveResult(emptyPost('ko'), RESULT, ALL);

describe('receiveResult', () => {
  it('takes the best caption, five tags, and offers the rest without twins', () => {
    expect(post.caption).toBe('파도가 밀려오는 오후');
    expect(post.tags).toEqual(['바다', '파도', '여름', '하늘', '모래']);
    expect(post.suggestions).toEqual(['해변', '여름휴가', '바닷가']);
    expect(post.altText).toBe('모래사장에 파도가 친다.');
  });

  it('uses the words of the language of the post', () => {
    expect(receiveResult(emptyPost('en'), RESULT, ALL).tags[0]).toBe('beach');
  });

  it('leaves alone what the person edited', () => {
    let edited = editCaption(emptyPost('ko'), '내 글');
    edited = addTags(edited, '내태그');
    edited = editAltText(edited, '내 대체 텍스트');
    const after = receiveResult(edited, RESULT, ALL);
    expect(after.caption).toBe('내 글');
    expect(after.tags).toEqual(['내태그']);
    expect(after.altText).toBe('내 대체 텍스트');
    expect(after.choices).toHaveLength(3);
    expect(after.suggestions).toContain('바다');
  });
});

describe('captions', () => {
  it('keeps the own caption on offer while another is chosen', () => {
    const own = editCaption(post, '내 글');
    expect(captionOffers(own)).toMatchObject({ own: '내 글', chosen: '내 글' });
    const second = chooseCaption(own, '오늘은 바다');
    expect(captionOffers(second)).toMatchObject({ own: '내 글', chosen: '오늘은 바다' });
    expect(chooseCaption(second, '내 글').caption).toBe('내 글');
  });

  it('does not offer an emptied caption', () => {
    expect(captionOffers(editCaption(post, '  '))).toMatchObject({ own: null, chosen: null });
  });

  it('offers what was offered before, each caption in one place', () => {
    const others = { parts: ['caption'], others: true } as const;
    const next = { ...RESULT, captions: [option('모래 위에 쓴 이름', 'book')] };
    const { now, earlier } = captionOffers(receiveResult(post, next, others));
    expect(now.map(({ text }) => text)).toEqual(['모래 위에 쓴 이름']);
    expect(earlier.map(({ source }) => source)).toEqual(['book', 'written', 'own']);
  });

  it('takes nothing that was never offered', () => {
    expect(chooseCaption(post, '어디서 온 글')).toBe(post);
  });
});

describe('tags', () => {
  it('adds each tag once, whatever its composition, case and width', () => {
    const after = addTags(post, `#바다 ${'바다'.normalize('NFD')} Sea ＳＥＡ`);
    expect(after.tags).toEqual([...post.tags, 'Sea']);
  });

  it('takes a suggestion off the offers', () => {
    expect(addTags(post, '해변').suggestions).not.toContain('해변');
  });

  it('puts a removed tag back in its place', () => {
    const removed = removeTag(post, '여름');
    expect(removed.tags).toEqual(['바다', '파도', '하늘', '모래']);
    expect(restoreTag(removed, '여름', 2).tags).toEqual(post.tags);
    expect(restoreTag(removed, '여름', 2).suggestions).toEqual(post.suggestions);
  });
});

describe('postText', () => {
  it('is the caption, a blank line, the tags', () => {
    expect(postText({ caption: ' 오늘은 바다\n', tags: ['바다', 'sea'] })).toBe(
      '오늘은 바다\n\n#바다 #sea',
    );
  });

  it('leaves out what is empty, and is NFC', () => {
    expect(postText({ caption: '', tags: ['바다'] })).toBe('#바다');
    expect(postText({ caption: '바다'.normalize('NFD'), tags: [] })).toBe('바다');
  });
});
