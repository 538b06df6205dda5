import { GROUP_TITLES } from '../groups.ts';
import { formatted, interval, megabytes, NONE, signedInterval, table } from '../markdown.ts';
import type { Results } from '../results.ts';
import { VARIETY_NOTE, varietyOfPacks } from '../variety.ts';
import {
  differenceIn,
  isFinding,
  QUESTIONS,
  type ComparisonFile,
  type Spread,
} from './comparison.ts';
import { lookBackParagraphs } from './lookBack.ts';
import published from './published.json' with { type: 'json' };

type Row = Readonly<Record<string, string | number>>;

const PLAIN = ['BLEU-1', 'BLEU-2', 'BLEU-3', 'BLEU-4', 'METEOR', 'ROUGE-L', 'CIDEr'];
const INSTAGRAM = ['BLEU-1', 'ROUGE-L', 'METEOR'];
const HASHTAGS = ['precision', 'recall', 'F1'];
/** The figures whose differences are shown, by group. */
const COMPARED = [
  ['plain-en', ['BLEU-1', 'BLEU-2', 'BLEU-3', 'BLEU-4', 'METEOR', 'CIDEr']],
  ['plain-ko', ['CIDEr']],
  ['instagram-en', INSTAGRAM],
  ['instagram-ko', INSTAGRAM],
  ['hashtags', ['F1']],
] as const;

/**
 * `docs/ablation.md`.
 * @param results of each pack in the comparison; others are left out
 */
export async function ablationPage(
  file: ComparisonFile,
  results: readonly Results[],
): Promise<string> {
  const ordered = file.packs.flatMap(({ id }) =>
    results.filter(({ pack, split }) => pack === id && split === file.split),
  );
  const text = [
    '# Ablation',
    '<!-- Written by `npm run ablation`; do not edit. -->',
    introduction(file, ordered),
    'The five published systems have the same training budget, on a frozen encoder. `hanmadi` had more (training/README.md): the top of its encoder is trained too, for more epochs and on more views of each photo, and self-critical training follows, whose reward is close to CIDEr and METEOR.',
    '## The systems',
    systems(file),
    `Size: all files of the pack (those that no other pack uses). Time: one post in English (description, caption, hashtags) in onnxruntime-node on one thread, ${file.timedPhotos} photos, the packs taking turns at each photo; medians with quartiles, in milliseconds and as a ratio to \`hanmadi\` on the same photo.`,
    '## Plain English, Flickr8k test',
    `${photos(ordered, 'plain-en')}, five human references each, in points.`,
    figures(ordered, 'plain-en', PLAIN, published.flickr8k.rows),
    `*Italics: ${published.flickr8k.source}.*`,
    '## Plain Korean',
    `${photos(ordered, 'plain-ko')}, one reference each (machine-written, as all annotations of this data), by morphemes, in points.`,
    figures(ordered, 'plain-ko', PLAIN, []),
    '## Instagram captions',
    `${photos(ordered, 'instagram-ko')}, one machine-written reference each, in points. Korean, by morphemes:`,
    figures(ordered, 'instagram-ko', INSTAGRAM, published.instagram.rows),
    `*Italics: ${published.instagram.source}.*`,
    'English:',
    figures(ordered, 'instagram-en', INSTAGRAM, []),
    '## Hashtags',
    'Sets of concepts, micro-averaged. The published systems write theirs with the decoder alone; `hanmadi` asks decoder and tag head.',
    figures(ordered, 'hashtags', HASHTAGS, published.hashtags.rows, 3),
    `*Italics: ${published.hashtags.source}.*`,
    '## What changes what',
    ...questions(file),
    '## What the table says about look-back',
    ...lookBackParagraphs(file),
    '## Variety',
    VARIETY_NOTE,
    varietyOfPacks(ordered),
  ].join('\n\n');
  return await formatted(text);
}

function introduction(file: ComparisonFile, results: readonly Results[]): string {
  const settings = new Set(results.map(({ decoding }) => JSON.stringify(decoding)));
  const decoding =
    settings.size > 1 ? 'each with its own decoding settings' : 'with the same decoding settings';
  const part = file.limit === null ? '' : ` (**only ${file.photos} evenly spaced photos**)`;
  return `Systems with the same data and vocabulary, ${decoding}, on the ${file.split} split${part}: written by \`npm run ablation -- --data <data folder>\` on ${file.date.slice(0, 10)} from the int8 packs as they ship, with the page's decoding code. In brackets: 95 % intervals by resampling photos. They say how much of a figure is chance of the photos, not how much is chance of the training run. Rows in *italics* are published figures, **measured on other data or by others**: they show where the work comes from, not who wins. [results.md](results.md) has more about \`hanmadi\`.`;
}

function systems(file: ComparisonFile): string {
  const rows = file.packs.map((pack) => [
    `\`${pack.id}\``,
    pack.system,
    pack.supervision,
    pack.attention,
    `${megabytes(pack.bytes)} (${megabytes(pack.bytes - pack.sharedBytes)})`,
    `${(pack.parameters / 1e6).toFixed(1)} M`,
    spread(pack.milliseconds.encoder, 0),
    spread(pack.milliseconds.start, 1),
    spread(pack.milliseconds.steps, 0),
    spread(pack.milliseconds.post, 0),
    pack.ratio === null ? NONE : spread(pack.ratio, 2),
  ]);
  return table(
    [
      'pack',
      'stands for',
      'encoder learned',
      'attention',
      'size (its own)',
      'parameters',
      'encoder, ms',
      'start, ms',
      'steps, ms',
      'post, ms',
      '÷ hanmadi',
    ],
    rows,
    4,
  );
}

function figures(
  results: readonly Results[],
  group: string,
  names: readonly string[],
  others: readonly Row[],
  digits = 1,
): string {
  const own = results.map(({ pack, scores }) => [
    `\`${pack}\``,
    ...names.map((name) => interval(scores.groups[group]?.figures[name], digits)),
  ]);
  const italics = others.map((row) => [
    `*${row['system'] ?? ''}*`,
    ...names.map((name) => {
      const value = row[name];
      return typeof value === 'number' ? `*${value.toFixed(digits)}*` : NONE;
    }),
  ]);
  return table(['system', ...names], [...own, ...italics]);
}

function questions(file: ComparisonFile): string[] {
  const found = COMPARED.flatMap(([group, names]) =>
    names.map((figure) => ({
      title: `${GROUP_TITLES[group] ?? group}: ${figure}`,
      digits: figure === 'F1' ? 3 : 1,
      differences: QUESTIONS.map(({ first, second }) =>
        differenceIn(file, [first, second], group, figure),
      ),
    })),
  );
  const rows = found.map(({ title, digits, differences }) => [
    title,
    ...differences.map((one) => {
      if (one === null) return NONE;
      const text = signedInterval(one, digits);
      return isFinding(one) ? `**${text}**` : text;
    }),
  ]);
  const all = found.flatMap(({ differences }) => differences.filter((one) => one !== null));
  return [
    `First pack minus second, on the same photos, with paired intervals: photos are resampled once for both. **Bold: the interval leaves zero out** (${all.filter(isFinding).length} of ${all.length}; by chance alone about ${Math.round(all.length / 20)} would). Each system was trained once: a small difference, bold or not, may be the luck of a run.`,
    QUESTIONS.map(
      ({ first, second, asks }, at) => `${at + 1}. ${asks}: \`${first}\` − \`${second}\``,
    ).join('\n'),
    table(['', ...QUESTIONS.map((_, at) => String(at + 1))], rows),
  ];
}

function photos(results: readonly Results[], group: string): string {
  const found = results[0]?.scores.groups[group];
  return `${found?.scoredPhotos ?? found?.photos ?? 0} photos`;
}

function spread({ median, low, high }: Spread, digits: number): string {
  return `${median.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
}
