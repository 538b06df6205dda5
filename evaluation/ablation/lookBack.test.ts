import { expect, test } from 'vitest';
import { differenceIn } from './comparison.ts';
import { lookBackParagraphs } from './lookBack.ts';
import { comparison, difference } from './samples.ts';

const nothing = difference(-0.5, 0.7);

function paragraphs(...answer: Parameters<typeof comparison>): [string, string] {
  const [helps, explanation, ...more] = lookBackParagraphs(comparison(...answer));
  if (helps === undefined || explanation === undefined || more.length > 0)
    throw new Error('two paragraphs are expected');
  return [helps, explanation];
}

test('where every interval holds zero, look-back cannot be told from nothing', () => {
  const [helps, explanation] = paragraphs(() => nothing);
  expect(helps).toContain('None of the 10 intervals leaves zero out');
  expect(helps).toContain('plain English +0.1 [−0.5, +0.7] and +0.1 [−0.5, +0.7]');
  expect(helps).toContain('hashtags +0.100 [−0.500, +0.700]');
  expect(helps).toContain('weaker encoder shows in none of the 5 figures, nor does the opposite');
  expect(explanation).toContain('gains more shows in none of the 4 comparisons');
  expect(explanation).toContain('Captions do not change measurably, hashtags do not change');
  expect(explanation).toContain('neither right nor wrong');
});

test('the published changes are those of the published table', () => {
  const [helps] = paragraphs(() => nothing);
  expect(helps).toContain('BLEU-1 by +0.10 points and hashtag F1 by +0.002 alone');
  expect(helps).toContain('by −0.02 and −0.009 beside the better encoder');
});

test('help on one encoder is said to be on that one', () => {
  const [helps, explanation] = paragraphs((first, group) =>
    first === 'look-back' && group !== 'hashtags' ? difference(1, 2) : difference(-0.2, 0.2),
  );
  expect(helps).toContain('Of the 10 intervals, 4 lie above zero and 0 below');
  expect(helps).toContain('where it does anything, it helps');
  expect(helps).toContain('weaker encoder shows in 4 of 5 figures, the opposite in 0');
  expect(explanation).toContain('Captions gain, hashtags do not change measurably, as the');
  expect(explanation).not.toContain('neither right nor wrong');
});

test('one interval in ten beside zero is what chance gives, and is called so', () => {
  const [helps, explanation] = paragraphs((first, group) =>
    first === 'look-back' && group === 'instagram-ko' ? difference(-0.9, -0.1) : nothing,
  );
  expect(helps).toContain('0 lie above zero and 1 below');
  expect(helps).toContain('no more than chance gives');
  expect(explanation).toContain('Captions do not change measurably');
});

test('harm, and both directions, are called so', () => {
  expect(paragraphs(() => difference(-2, -1))[0]).toContain('it harms');
  const mixed = paragraphs((_, group) =>
    group === 'hashtags' ? difference(0.1, 0.2) : difference(-2, -1),
  );
  expect(mixed[0]).toContain('2 lie above zero and 8 below');
  expect(mixed[0]).toContain('no one direction');
  expect(mixed[1]).toContain(
    'Captions lose, hashtags gain, which the explanation does not foresee',
  );
});

test('English gaining more than Korean is a finding only when the gap is', () => {
  const [, apart] = paragraphs((_, group) =>
    group.endsWith('-en') ? difference(2, 3) : difference(-1, 0.5),
  );
  expect(apart).toContain('gains more shows in 4 of 4 comparisons, the opposite in 0');
  const [, opposite] = paragraphs((_, group) =>
    group.endsWith('-ko') ? difference(2, 3) : difference(-1, 0.5),
  );
  expect(opposite).toContain('gains more shows in 0 of 4 comparisons, the opposite in 4');
  // Each leaves zero out on its own; the gap of 1 between them does not.
  const [, close] = paragraphs((_, group) =>
    group.endsWith('-en') ? difference(1, 5) : difference(0, 4),
  );
  expect(close).toContain('gains more shows in none of the 4 comparisons');
});

test('without the packs it needs there is nothing to say', () => {
  const file = { ...comparison(() => nothing), questions: [] };
  expect(lookBackParagraphs(file)).toEqual(['Not every pack that this needs was measured.']);
  expect(differenceIn(file, ['a', 'b'], 'plain-en', 'CIDEr')).toBeNull();
});
