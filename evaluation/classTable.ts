import { interval, NONE, table } from './markdown.ts';
import type { Scores } from './scores.ts';

/** Group, figure, digits, what the column is called. */
const COLUMNS = [
  ['plain-en', 'CIDEr', 1, 'plain English, Flickr8k: CIDEr'],
  ['plain-en-other', 'CIDEr', 1, 'plain English, other: CIDEr'],
  ['plain-ko', 'CIDEr', 1, 'plain Korean: CIDEr'],
  ['instagram-en', 'ROUGE-L', 1, 'Instagram English: ROUGE-L'],
  ['instagram-ko', 'ROUGE-L', 1, 'Instagram Korean: ROUGE-L'],
  ['hashtags', 'F1', 3, 'hashtags: F1'],
] as const;
const HASHTAGS = 'hashtags';

/** Scores by what the photos show, or nothing when the scorer did not say. */
export function classPart(groups: Scores['groups']): string[] {
  const labels = Object.keys(groups[HASHTAGS]?.byClass ?? {});
  if (labels.length === 0) return [];
  const rows = labels.map((label) => [
    label,
    photos(groups, label),
    ...COLUMNS.map(([group, figure, digits]) =>
      interval(groups[group]?.byClass?.[label]?.figures[figure], digits),
    ),
  ]);
  const all = COLUMNS.map(([group, figure, digits]) =>
    interval(groups[group]?.figures[figure], digits),
  );
  const count = String(groups[HASHTAGS]?.photos ?? NONE);
  return [
    '### By what the photo shows',
    'The ten classes of the Korean Tourist Spot data, then people, animals, food. A photo belongs to a class when its annotated tags hold one of the concepts that `evaluation/scoring/classes.json` names for it; it may belong to several. Photos: all (of which Flickr8k). A class with fewer than ten photos of a kind has no figure. Figures of different columns do not compare: Flickr8k has five references a photo, the others one.',
    table(
      ['class', 'photos', ...COLUMNS.map(([, , , title]) => title)],
      [...rows, ['all', `${count} (${groups['plain-en']?.photos ?? 0})`, ...all]],
    ),
  ];
}

function photos(groups: Scores['groups'], label: string): string {
  const count = (group: string): number => groups[group]?.byClass?.[label]?.photos ?? 0;
  return `${count(HASHTAGS)} (${count('plain-en')})`;
}
