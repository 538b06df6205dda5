import { captionGroups, GROUP_TITLES } from './groups.ts';
import { NONE, percent, table } from './markdown.ts';
import type { Group, Scores, Variety } from './scores.ts';

/** What the columns are. */
export const VARIETY_NOTE =
  'Shares of captions that differ from all others (distinct); that are the most frequent one; that are word for word a training text of the same task (learnt by heart); that hold the same two words in a row twice, anywhere (repeated pair); that say one word, or two words, twice in direct succession, as in "so so" or "I am I am" (stutter); that say a content word twice anywhere, in whatever form, as in "My plate is better than the plate" (repeated word: English words without the grammar, Korean nouns, verbs and adjectives by Kiwi); that were cut at the maximum length. Words: the mean number.';
const HEADER = [
  'captions',
  'distinct',
  'most frequent',
  'learnt by heart',
  'repeated pair',
  'stutter',
  'repeated word',
  'words',
  'cut off',
];
const COLUMNS: readonly ((of: Variety) => string)[] = [
  (of) => percent(of.distinct),
  (of) => percent(of.most_frequent),
  (of) => percent(of.learnt_by_heart),
  (of) => percent(of.repeated_bigram),
  (of) => percent(of.repeated_run),
  (of) => share(of.repeated_word),
  (of) => of.words.toFixed(1),
];

/** One pack: a row for each group, the references' own shares in brackets. */
export function varietyTable(groups: Scores['groups']): string {
  const rows = captionGroups(groups).map(([name, { variety, referenceVariety, cutOff }]) => [
    GROUP_TITLES[name] ?? name,
    ...COLUMNS.map((column) => {
      const own = variety === undefined ? NONE : column(variety);
      return referenceVariety ? `${own} (${column(referenceVariety)})` : own;
    }),
    share(cutOff),
  ]);
  return table(HEADER, rows);
}

/** Several packs: a row for each group and pack, and one for the group's references. */
export function varietyOfPacks(
  packs: readonly { readonly pack: string; readonly scores: Scores }[],
): string {
  const rows = Object.entries(GROUP_TITLES).flatMap(([name, title]) => {
    const own = packs.flatMap(({ pack, scores }): [string, Group][] => {
      const group = scores.groups[name];
      return group ? [[pack, group]] : [];
    });
    const references = own[0]?.[1].referenceVariety ?? null;
    return [
      ...own.map(([pack, { variety, cutOff }]) => [
        `${title}, \`${pack}\``,
        ...cells(variety),
        share(cutOff),
      ]),
      ...(references ? [[`${title}, the references`, ...cells(references), NONE]] : []),
    ];
  });
  return table(HEADER, rows);
}

function cells(of: Variety | undefined): string[] {
  return COLUMNS.map((column) => (of === undefined ? NONE : column(of)));
}

function share(value: number | null | undefined): string {
  return typeof value === 'number' ? percent(value) : NONE;
}
