import { classPart } from './classTable.ts';
import { captionGroups, GROUP_TITLES } from './groups.ts';
import prototype from './prototype.json' with { type: 'json' };
import type { Results } from './results.ts';
import {
  formatted,
  interval,
  megabytes,
  NONE,
  percent,
  points,
  signedInterval,
  table,
} from './markdown.ts';
import type { Comparison, Group } from './scores.ts';
import { VARIETY_NOTE, varietyTable } from './variety.ts';

const HASHTAGS = 'hashtags';
const BLEUS = ['BLEU-1', 'BLEU-2', 'BLEU-3', 'BLEU-4'];

/** `docs/results.md`: the given results in full, and the prototype's beside them. */
export async function resultsPage(all: readonly Results[]): Promise<string> {
  const text = [
    '# Results',
    '<!-- Written by `npm run evaluate`; do not edit. -->',
    'Written by `npm run evaluate -- --data <data folder> --split test`, from the files in `evaluation/results/`: the default pack as shipped, with the decoding code of the page. The other packs stand beside it in [ablation.md](ablation.md). In brackets: 95 % intervals by resampling photos (percentile bootstrap).',
    'Captions in points (the usual value × 100), by `pycocoevalcap`; English by its PTB tokenizer, Korean by Kiwi morphemes without punctuation. CIDEr takes its rarity weights from the references of the scored photos, and one with a single reference is not comparable to one with five.',
    `Rows marked † are ${prototype.what}. They are its own figures, not measured by this command. Whether its Korean tokens held punctuation is not known; that changes BLEU and ROUGE, not CIDEr (evaluation/README.md).`,
    ...all.flatMap(section),
  ].join('\n\n');
  return await formatted(text);
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
    ...classPart(scores.groups),
    '### Variety',
    `${VARIETY_NOTE} In brackets the same for the reference texts.`,
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
        signedInterval(entry, digits),
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
