import { expect, test } from 'vitest';
import { TagFinder } from './tags.ts';

const finder = new TagFinder([
  { concept: 'ocean', en: ['ocean', 'sea'], ko: ['대양', '바다'] },
  { concept: 'beach', en: ['beach', 'ocean'], ko: ['바다', '해변'] },
  { concept: 'hotdog', en: ['hotdog'], ko: ['핫도그'] },
]);

test.each([
  { tags: ['beach', '해변'], found: [1] },
  { tags: ['#Beach', ' SEA '], found: [1, 0] },
  { tags: ['#해변'.normalize('NFD')], found: [1] },
  { tags: ['＃ｂｅａｃｈ', 'hot dog', '#hot_dog'], found: [1, 2] },
  // Two have the word: it is the beach's first one, and the ocean's own name.
  { tags: ['바다'], found: [1] },
  { tags: ['ocean'], found: [0] },
  { tags: ['unicorn', '', '#', '🐶'], found: [] },
])('$tags', ({ tags, found }) => {
  expect(finder.find(tags)).toEqual(found);
});
