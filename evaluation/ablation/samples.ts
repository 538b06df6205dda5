/** Comparison files for the tests of this folder. */
import { QUESTIONS, type ComparisonFile, type Difference } from './comparison.ts';

const GROUPS = ['plain-en', 'plain-ko', 'instagram-en', 'instagram-ko'];
const FIGURES = ['BLEU-1', 'METEOR', 'ROUGE-L', 'CIDEr'];

/** A difference in the middle of its interval. */
export function difference(low: number, high: number): Difference {
  const middle = (low + high) / 2;
  return { first: 10 + middle, second: 10, difference: middle, low, high };
}

/** Every question, answered for a pair and group by `answer`. */
export function comparison(
  answer: (first: string, group: string, second: string) => Difference,
): ComparisonFile {
  const spread = (median: number) => ({ median, low: median - 1, high: median + 1 });
  return {
    version: 1,
    split: 'test',
    date: '2026-11-27T20:00:00.000Z',
    photos: 1909,
    limit: null,
    packs: [
      {
        id: 'toy',
        title: 'Toy',
        system: 'nothing',
        attention: 'soft',
        supervision: 'ImageNet classes',
        bytes: 11_600_000,
        sharedBytes: 5_000_000,
        parameters: 11_018_201,
        milliseconds: {
          encoder: spread(30),
          start: spread(2),
          steps: spread(60),
          post: spread(92),
        },
        ratio: null,
      },
    ],
    timedPhotos: 40,
    questions: QUESTIONS.map(({ first, second }) => ({
      first,
      second,
      differences: {
        sameOutput: {},
        differences: {
          ...Object.fromEntries(
            GROUPS.map((group) => {
              const own = answer(first, group, second);
              const figures = Object.fromEntries(FIGURES.map((figure) => [figure, own]));
              return [group, { photos: 1000, figures }];
            }),
          ),
          hashtags: { photos: 1909, figures: { F1: answer(first, 'hashtags', second) } },
        },
      },
    })),
  };
}
