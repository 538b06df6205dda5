import { expect, test } from 'vitest';
import fixture from './unigram.fixture.json' with { type: 'json' };
import { tidy, Unigram } from './unigram.ts';

const size = 1 + Math.max(...fixture.pieces.map(([id]) => Number(id)));
const pieces = Array<string>(size).fill('');
const scores = Array<number>(size).fill(0);
for (const [id, piece, score] of fixture.pieces) {
  pieces[Number(id)] = String(piece);
  scores[Number(id)] = Number(score);
}
const unigram = new Unigram({ pieces, scores, unknown: 0 });

test.each(fixture.lines.map(([text, ids]) => ({ text: text as string, ids: ids as number[] })))(
  'as SentencePiece: $text',
  ({ text, ids }) => {
    expect(unigram.read(text)).toEqual(ids);
  },
);

test('the likeliest cut, not the longest piece; the first of equals', () => {
  const cut = (text: string, table: Record<string, number>) => {
    const all = { '<unk>': 0, ...table };
    const toy = new Unigram({
      pieces: Object.keys(all),
      scores: Object.values(all),
      unknown: 0,
    });
    return toy.encode(text).map((id) => Object.keys(all)[id]);
  };
  expect(cut('ab', { '▁a': -1, b: -1, '▁ab': -3, '▁': -1, ab: -4 })).toEqual(['▁a', 'b']);
  expect(cut('ab', { '▁a': -1, b: -1, '▁ab': -1.5 })).toEqual(['▁ab']);
  expect(cut('ab', { '▁': -1, ab: -1, '▁a': -1, b: -1 })).toEqual(['▁', 'ab']);
  expect(cut('axxb', { '▁a': -1, b: -1 })).toEqual(['▁a', '<unk>', 'b']);
});

test('a text of 10,000 characters: the first 64 pieces', () => {
  expect(unigram.read('오늘은 바다 '.repeat(1_500))).toHaveLength(64);
});

test('spaces and composition do not count', () => {
  expect(tidy(' 오늘은\u3000\n바다 '.normalize('NFD'))).toBe('오늘은 바다');
});
