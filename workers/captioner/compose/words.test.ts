import { expect, test } from 'vitest';
import { NO_WISHES, type ComposeRequest, type Language, type TaskId } from '../contract.ts';
import type { DecodingSettings, TokenTable } from '../decoding/tasks.ts';
import { readConfidence, readGrowing, readPost } from './outcome.ts';
import { planPost, type Plan, type Speaker } from './plan.ts';

const PIECES = ['<unk>', '<s>', '</s>', '▁a', '▁dog', '▁cat', '.', '▁개'];
const END = 2;
const SETTINGS: DecodingSettings = {
  beamWidth: 3,
  lengthExponent: 1,
  minLength: 1,
  maxLength: 3,
  noRepeatNgram: 1,
};
const IDS: readonly TaskId[] = [
  'plain-en',
  'plain-ko',
  'instagram-en',
  'instagram-ko',
  'romantic-en',
  'humorous-en',
  'hashtags',
];

function speaker(tasks: readonly TaskId[] = IDS): Speaker & { table: TokenTable } {
  const first = PIECES.length + 1;
  return {
    table: {
      pieces: PIECES,
      unknown: 0,
      end: END,
      tasks: Object.fromEntries(tasks.map((task, at) => [task, first + at])),
      hashtags: [{ id: PIECES.length, concept: 'dog', en: ['dog'], ko: ['개'] }],
    },
    decoding: Object.fromEntries(tasks.map((task) => [task, SETTINGS])),
  };
}

function request(language: Language, change: Partial<ComposeRequest> = {}): ComposeRequest {
  const parts = ['caption', 'hashtags', 'alt-text'] as const;
  const usual = { parts, alternatives: 3, wishes: NO_WISHES, avoid: [] };
  return { photoId: 'x', language, ...usual, ...change };
}

const captionsOf = ({ captions }: Plan) =>
  captions.map(({ task, search }) => [task, search.settings.groups ?? 1]);

test.each([
  { language: 'ko', alternatives: 3, expected: [['instagram-ko', 3]] },
  { language: 'en', alternatives: 1, expected: [['instagram-en', 1]] },
  { language: 'en', alternatives: 2, expected: [['instagram-en', 2]] },
  {
    language: 'en',
    alternatives: 3,
    expected: [
      ['instagram-en', 2],
      ['romantic-en', 1],
    ],
  },
  {
    language: 'en',
    alternatives: 5,
    expected: [
      ['instagram-en', 3],
      ['romantic-en', 1],
      ['humorous-en', 1],
    ],
  },
] as const)('$alternatives captions in $language', ({ language, alternatives, expected }) => {
  const plan = planPost(speaker(), request(language, { alternatives }));
  expect(captionsOf(plan)).toEqual(expected);
  expect(plan.altText?.task).toBe(`plain-${language}`);
  expect(plan.hashtags?.search.settings.beamWidth).toBe(1);
});

test('a pack that has not learnt a task does without', () => {
  const plan = planPost(speaker(['plain-en', 'instagram-en']), request('en'));
  expect(captionsOf(plan)).toEqual([['instagram-en', 3]]);
  expect(plan.hashtags).toBeNull();
  expect(planPost(speaker(['plain-en']), request('en')).captions).toEqual([]);
});

test.each([
  { language: 'en', tone: 'romantic', expected: [['romantic-en', 3]] },
  { language: 'en', tone: 'everyday', expected: [['instagram-en', 3]] },
  { language: 'ko', tone: 'everyday', expected: [['instagram-ko', 3]] },
  { language: 'en', tone: 'calm', expected: [] },
  { language: 'ko', tone: 'romantic', expected: [] },
] as const)('captions wished to be $tone, in $language', ({ language, tone, expected }) => {
  const wishes = { ...NO_WISHES, tone };
  expect(captionsOf(planPost(speaker(), request(language, { wishes })))).toEqual(expected);
});

test('the width that a request asks for', () => {
  const plan = planPost(speaker(), request('en', { beamWidth: 5 }));
  const widths = [...plan.captions, plan.altText].map((part) => part?.search.settings.beamWidth);
  expect(widths).toEqual([5, 5, 5]);
});

const A = 3;
const DOG = 4;
const CAT = 5;
const SIZE = PIECES.length + 1 + IDS.length;
const ONE_WORD: DecodingSettings = { ...SETTINGS, maxLength: 1 };

/** Lets every search of the plan say one word, with these logits for it. */
function finish(plan: Plan, logitsOf: (task: TaskId) => Readonly<Record<number, number>>): Plan {
  const writings = [...plan.captions, plan.altText, plan.hashtags];
  for (const { task, search } of writings.filter((writing) => writing !== null)) {
    while (!search.done) {
      const rows = search.next().tokens.length;
      const row = new Float32Array(SIZE).fill(-30);
      for (const [token, logit] of Object.entries(logitsOf(task))) row[Number(token)] = logit;
      const logits = new Float32Array(rows * SIZE);
      for (let at = 0; at < rows; at += 1) logits.set(row, at * SIZE);
      search.advance(logits, SIZE, null, 0);
    }
  }
  return plan;
}

function oneWord(): Speaker {
  return { ...speaker(), decoding: Object.fromEntries(IDS.map((task) => [task, ONE_WORD])) };
}

function post(plan: Plan) {
  const settings = { maximum: 8, decoderWeight: 0.5, threshold: 0.3 };
  return readPost(plan, speaker().table, Float32Array.of(0.2), settings);
}

test('captions: the usual tone first, the same words once, never those of the alt text', () => {
  const plan = finish(planPost(oneWord(), request('en', { alternatives: 4 })), (task) => {
    if (task === 'plain-en') return { [DOG]: 5 };
    if (task === 'instagram-en') return { [CAT]: 9 }; // in both groups
    if (task === 'romantic-en') return { [CAT]: 9, [DOG]: 8 }; // both said
    return { [DOG]: 9, [A]: 8 }; // the next best is new
  });
  const { captions, altText } = post(plan);
  expect(altText?.text).toBe('Dog.');
  expect(captions.map(({ text, tone }) => [text, tone])).toEqual([
    ['cat', 'everyday'],
    ['a', 'funny'],
  ]);
  expect(captions[0]?.meanLogProbability).toBeLessThan(0);
});

test('captions: the words of the alt text where there are no others', () => {
  const plan = finish(
    planPost(oneWord(), request('en', { alternatives: 3, beamWidth: 1 })),
    // Far enough ahead that no group is pushed to another word.
    () => ({ [DOG]: 9 }),
  );
  const { captions, altText } = post(plan);
  expect(altText?.text).toBe('Dog.');
  expect(captions.map(({ text, tone }) => [text, tone])).toEqual([['dog', 'everyday']]);
});

test('hashtags: what the decoder chose counts with what the tag head saw', () => {
  const plan = finish(planPost(oneWord(), request('en', { parts: ['hashtags'] })), () => ({
    [PIECES.length]: 5,
  }));
  const [dog] = post(plan).hashtags;
  expect(dog).toMatchObject({ concept: 'dog', text: { en: ['dog'], ko: ['개'] } });
  expect(dog?.probability).toBeCloseTo(0.6, 6);
});

test('words that stream have a capital, and no full stop that the model has not written', () => {
  const plan = finish(planPost(oneWord(), request('en')), () => ({ [DOG]: 5 }));
  if (!plan.altText) throw new Error('not planned');
  expect(readGrowing(plan.altText, speaker().table)).toBe('Dog');
});

test.each([
  { mean: -0.5, expected: 'sure' },
  { mean: -0.6, expected: 'sure' },
  { mean: -0.7, expected: 'maybe' },
  { mean: -1, expected: 'unsure' },
])('confidence at $mean: $expected', ({ mean, expected }) => {
  const altText = { text: 'x', meanLogProbability: mean };
  expect(readConfidence(altText, { sure: -0.6, maybe: -0.9 })).toBe(expected);
  expect(readConfidence(altText, null)).toBeNull();
  expect(readConfidence(null, { sure: -0.6, maybe: -0.9 })).toBeNull();
});
