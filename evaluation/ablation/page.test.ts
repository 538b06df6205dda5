import { expect, test } from 'vitest';
import { QUESTIONS } from './comparison.ts';
import { ablationPage } from './page.ts';
import { comparison, difference } from './samples.ts';

/** The cells of every row of the page whose first cell is `name`. */
function rows(page: string, name: string): string[][] {
  return page
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter((cells) => cells[0] === name);
}

test('findings are bold, the others are not, and both are counted', async () => {
  const file = comparison((first) => (first === 'hanmadi' ? difference(3, 5) : difference(-1, 1)));
  const page = await ablationPage(file, []);
  const [cells] = rows(page, 'Instagram Korean (1): ROUGE-L');
  expect(cells?.slice(1)).toEqual(
    QUESTIONS.map(({ first }) =>
      first === 'hanmadi' ? '**+4.0 [+3.0, +5.0]**' : '0.0 [−1.0, +1.0]',
    ),
  );
  expect(rows(page, 'hashtags: F1')[0]?.[6]).toBe('**+4.000 [+3.000, +5.000]**');
  // Three figures of plain English, one of Korean, three of either caption with ROUGE-L, one of tags.
  expect(page).toContain('(11 of 66; by chance alone about 3 would)');
});

test('published rows are in italics, beside what they have figures for', async () => {
  const page = await ablationPage(
    comparison(() => difference(-1, 1)),
    [],
  );
  expect(rows(page, '_Show, Attend and Tell, hard attention_')).toEqual([
    expect.arrayContaining(['_67.0_', '_45.7_', '_31.4_', '_21.3_', '_20.3_', '–']),
  ]);
  expect(rows(page, '_ResNeXt-WSL encoder_').map((cells) => cells.slice(1))).toEqual([
    ['_7.4_', '_9.8_', '_6.6_'],
    ['_0.260_', '_0.127_', '_0.171_'],
  ]);
});

test('a system shows its size, what of it is its own, and its times', async () => {
  const page = await ablationPage(
    comparison(() => difference(-1, 1)),
    [],
  );
  expect(rows(page, '`toy`')[0]?.slice(4)).toEqual([
    '11.6 MB (6.6 MB)',
    '11.0 M',
    '30 [29, 31]',
    '2.0 [1.0, 3.0]',
    '60 [59, 61]',
    '92 [91, 93]',
    '–',
  ]);
});

test('a part of the split says so', async () => {
  const file = { ...comparison(() => difference(-1, 1)), limit: 8, photos: 8 };
  expect(await ablationPage(file, [])).toContain('only 8 evenly spaced photos');
});
