import { format, resolveConfig } from 'prettier';
import prototype from './prototype.json' with { type: 'json' };
import type { Results } from './results.ts';
import type { Comparison, Figure, Group, Variety } from './scores.ts';

const HASHTAGS = 'hashtags';
/** What each group of photos is, in the order of the tables. */
const GROUP_TITLES: Readonly<Record<string, string>> = {
  'plain-en': 'plain English, Flickr8k (5 human references)',
  'plain-en-other': 'plain English, other sources (1 reference)',
  'plain-ko': 'plain Korean (1)',
  'instagram-en': 'Instagram English (1)',
  'instagram-ko': 'Instagram Korean (1)',
  'romantic-en': 'romantic English',
  'humorous-en': 'humorous English',
};
const BLEUS = ['BLEU-1', 'BLEU-2', 'BLEU-3', 'BLEU-4'];

const NONE = '–';

/** `docs/results.md`: every committed result, and the prototype's beside it. */
export async function resultsPage(all: readonly Results[]): Promise<string> {
  const text = [
    '# Results',
    '<!-- Written by `npm run evaluate`; do not edit. -->',
    'Written by `npm run evaluate -- --data <data folder> --pack <pack> --split test`, from the files in `evaluation/results/`. The packs are scored as shipped, with the decoding code of the page. In brackets: 95 % intervals by resampling photos (percentile bootstrap).',
    'Captions in points (the usual value × 100), by `pycocoevalcap`; English by its PTB tokenizer, Korean by Kiwi morphemes without punctuation. CIDEr takes its rarity weights from the references of the scored photos, and one with a single reference is not comparable to one with five.',
    `Rows marked † are ${prototype.what}. They are its own figures, not measured by this command. Whether its Korean tokens held punctuation is not known; that changes BLEU and ROUGE, not CIDEr (evaluation/README.md).`,
    ...all.flatMap(section),
  ].join('\n\n');
  const config = await resolveConfig(import.meta.filename);
  return await format(`${text}\n`, { ...config, parser: 'markdown' });
}

function section(results: Results): string[] {
  const { scores, comparison } = results;
  const part = results.limit === null ? '' : `, ${results.photos} evenly spaced photos only`;
  return [
    `## ${results.pack}, ${results.split} split${part}`,
    facts(results),
    '### Captions',
    captionTable(scores.groups),
    ...hashtagPart(scores.groups[HASHTAGS]),
    '### Variety',
    'Shares of captions that differ from all others; that are the most frequent one; that are word for word a training text of the same task; that hold the same two words in a row twice; that were cut at the maximum length. In brackets the same for the reference texts.',
    varietyTable(scores.groups),
    ...(comparison === null ? [] : comparisonPart(comparison)),
  ];
}

function facts({ date, photos, files, runtime }: Results): string {
  const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
  const hashes = Object.entries(files).map(
    ([name, { sha256 }]) => `${name} \`${sha256.slice(0, 8)}\``,
  );
  return `${date.slice(0, 10)}, ${photos} photos, pack of ${megabytes(bytes)} (${hashes.join(', ')}), onnxruntime-node ${runtime.onnxruntime}.`;
}

function captionTable(groups: Results['scores']['groups']): string {
  const rows = captionGroups(groups)
    .filter(([, group]) => Object.keys(group.figures).length > 0)
    .flatMap(([name, group]) => [captionRow(name, group), ...prototypeRow(name)]);
  return table(
    ['captions', 'photos', 'BLEU-1 / 2 / 3', 'BLEU-4', 'METEOR', 'ROUGE-L', 'CIDEr'],
    rows,
  );
}

function captionRow(name: string, { figures, scoredPhotos, photos }: Group): string[] {
  const value = (figure: string): string => points(figures[figure]);
  return [
    GROUP_TITLES[name] ?? name,
    String(scoredPhotos ?? photos),
    BLEUS.slice(0, 3).map(value).join(' / '),
    interval(figures['BLEU-4'], 1),
    value('METEOR'),
    value('ROUGE-L'),
    interval(figures['CIDEr'], 1),
  ];
}

function prototypeRow(name: string): string[][] {
  const row = (prototype.captions as Readonly<Record<string, Readonly<Record<string, number>>>>)[
    name
  ];
  if (row === undefined) return [];
  const value = (figure: string): string => row[figure]?.toFixed(1) ?? NONE;
  return [
    [
      `† ${name}`,
      String(row['photos']),
      BLEUS.slice(0, 3).map(value).join(' / '),
      value('BLEU-4'),
      value('METEOR'),
      value('ROUGE-L'),
      value('CIDEr'),
    ],
  ];
}

function hashtagPart(group: Group | undefined): string[] {
  if (group === undefined) return [];
  const { figures, tagsPerPhoto, distinctConcepts, bySource } = group;
  const rows = [
    [
      'hashtags, as suggested',
      ...['precision', 'recall', 'F1'].map((name) => interval(figures[name], 3)),
    ],
    ...prototype.hashtags.map(({ how, precision, recall, F1 }) => [
      `† ${how}`,
      precision?.toFixed(3) ?? NONE,
      recall?.toFixed(3) ?? NONE,
      F1.toFixed(3),
    ]),
  ];
  const sources = Object.entries(bySource ?? {}).map(
    ([source, { photos, F1 }]) => `${source} ${F1.toFixed(3)} (${photos})`,
  );
  return [
    '### Hashtags',
    'Sets of concepts, micro-averaged over photos.',
    table(['hashtags', 'precision', 'recall', 'F1'], rows),
    `${tagsPerPhoto?.toFixed(1) ?? NONE} a photo, ${distinctConcepts ?? NONE} different concepts in all. F1 by source (photos): ${sources.join(', ')}.`,
  ];
}

function varietyTable(groups: Results['scores']['groups']): string {
  const rows = captionGroups(groups).map(([name, { variety, referenceVariety, cutOff }]) => {
    const both = (share: (of: Variety) => string): string => {
      const own = variety === undefined ? NONE : share(variety);
      return referenceVariety ? `${own} (${share(referenceVariety)})` : own;
    };
    return [
      GROUP_TITLES[name] ?? name,
      both((of) => percent(of.distinct)),
      both((of) => percent(of.most_frequent)),
      both((of) => percent(of.learnt_by_heart)),
      both((of) => percent(of.repeated_bigram)),
      both((of) => of.words.toFixed(1)),
      typeof cutOff === 'number' ? percent(cutOff) : NONE,
    ];
  });
  return table(
    [
      'captions',
      'distinct',
      'most frequent',
      'learnt by heart',
      'repeated pair',
      'words',
      'cut off',
    ],
    rows,
  );
}

function comparisonPart(comparison: Comparison): string[] {
  const rows = Object.entries(comparison.differences).flatMap(([name, { photos, figures }]) => {
    const [figure, digits] = name === HASHTAGS ? (['F1', 3] as const) : (['CIDEr', 1] as const);
    const entry = figures[figure];
    if (entry === undefined) return [];
    const same = comparison.sameOutput[name === 'plain-en-other' ? 'plain-en' : name];
    return [
      [
        GROUP_TITLES[name] ?? name,
        String(photos),
        figure,
        entry.second.toFixed(digits),
        entry.first.toFixed(digits),
        `${signed(entry.difference, digits)} [${signed(entry.low, digits)}, ${signed(entry.high, digits)}]`,
        same === undefined ? NONE : percent(same),
      ],
    ];
  });
  return [
    '### Against float weights',
    `The same checkpoint exported with float weights (${megabytes(comparison.bytes)}), same command, same photos; the interval of the difference is paired.`,
    table(['task', 'photos', 'figure', 'float', 'shipped', 'shipped − float', 'same output'], rows),
  ];
}

function captionGroups(groups: Results['scores']['groups']): [string, Group][] {
  return Object.keys(GROUP_TITLES).flatMap((name): [string, Group][] => {
    const group = groups[name];
    return group === undefined ? [] : [[name, group]];
  });
}

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = header.map((_, column) => (column === 0 ? '---' : '--:'));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function points(figure: Figure | undefined): string {
  return figure?.value.toFixed(1) ?? NONE;
}

function interval(figure: Figure | undefined, digits: number): string {
  if (figure === undefined) return NONE;
  const { value, low, high } = figure;
  if (low === undefined || high === undefined) return value.toFixed(digits);
  return `${value.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function signed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return value > 0 ? `+${text}` : text.replace('-', '−');
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
