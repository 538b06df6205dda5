import { signed, signedInterval } from '../markdown.ts';
import {
  differenceIn,
  gapBetween,
  isFinding,
  type ComparisonFile,
  type Difference,
  type Estimate,
} from './comparison.ts';
import published from './published.json' with { type: 'json' };

const ON_IMAGENET = ['look-back', 'show-attend-tell'] as const;
const ON_HASHTAGS = ['hashtag-look-back', 'hashtag'] as const;
// One figure for all captions, so that the languages can be compared.
const CAPTIONS = {
  'plain-en': 'plain English',
  'plain-ko': 'plain Korean',
  'instagram-en': 'Instagram English',
  'instagram-ko': 'Instagram Korean',
} as const;
const LANGUAGES = [
  ['plain-en', 'plain-ko'],
  ['instagram-en', 'instagram-ko'],
] as const;

/** What look-back changes, on either encoder. */
interface Gain {
  readonly imagenet: Difference;
  readonly hashtags: Difference;
}
interface Gains {
  /** ROUGE-L in points. */
  readonly captions: Readonly<Record<keyof typeof CAPTIONS, Gain>>;
  /** F1. */
  readonly tags: Gain;
}

/**
 * Two paragraphs on what the measured differences say about look-back, and about the published
 * explanation of why it did so little. Every number is of the file, and the words follow from
 * whether the intervals leave zero out.
 */
export function lookBackParagraphs(file: ComparisonFile): string[] {
  const gains = gainsIn(file);
  return gains === null
    ? ['Not every pack that this needs was measured.']
    : [helps(gains), explanation(gains)];
}

function gainsIn(file: ComparisonFile): Gains | null {
  const gain = (group: string, figure: string): Gain | null => {
    const imagenet = differenceIn(file, ON_IMAGENET, group, figure);
    const hashtags = differenceIn(file, ON_HASHTAGS, group, figure);
    return imagenet && hashtags ? { imagenet, hashtags } : null;
  };
  const plainEn = gain('plain-en', 'ROUGE-L');
  const plainKo = gain('plain-ko', 'ROUGE-L');
  const instagramEn = gain('instagram-en', 'ROUGE-L');
  const instagramKo = gain('instagram-ko', 'ROUGE-L');
  const tags = gain('hashtags', 'F1');
  if (!plainEn || !plainKo || !instagramEn || !instagramKo || !tags) return null;
  const captions = {
    'plain-en': plainEn,
    'plain-ko': plainKo,
    'instagram-en': instagramEn,
    'instagram-ko': instagramKo,
  };
  return { captions, tags };
}

function helps({ captions, tags }: Gains): string {
  const each = [
    ...Object.entries(CAPTIONS).map(
      ([group, title]) => `${title} ${both(captions[group as keyof typeof CAPTIONS], 1)}`,
    ),
    `hashtags ${both(tags, 3)}`,
  ];
  const gains = [...Object.values(captions), tags];
  const encoders = gains.map(({ imagenet, hashtags }) => gapBetween(imagenet, hashtags));
  return [
    `**Does it help?** Look-back changes ROUGE-L of captions, and F1 of hashtags, on the ImageNet encoder and on the hashtag encoder by: ${each.join('; ')}.`,
    verdict(gains.flatMap(sides)),
    `In the published table, which gives no intervals, it changed BLEU-1 by ${publishedGain('Look-Back', 'baseline', 'BLEU-1')} points and hashtag F1 by ${publishedGain('Look-Back', 'baseline', 'F1')} alone, and by ${publishedGain('both', 'ResNeXt-WSL encoder', 'BLEU-1')} and ${publishedGain('both', 'ResNeXt-WSL encoder', 'F1')} beside the better encoder.`,
    `That it does more for the weaker encoder ${told(encoders, 'figures')}.`,
  ].join(' ');
}

function verdict(all: readonly Difference[]): string {
  const better = all.filter(({ low }) => low > 0).length;
  const worse = all.filter(({ high }) => high < 0).length;
  if (better + worse === 0)
    return `None of the ${all.length} intervals leaves zero out: here look-back cannot be told from nothing.`;
  const direction = isChance(all)
    ? ': no more than chance gives, so here look-back cannot be told from nothing'
    : worse === 0
      ? ': where it does anything, it helps'
      : better === 0
        ? ': where it does anything, it harms'
        : ': no one direction';
  return `Of the ${all.length} intervals, ${better} lie above zero and ${worse} below (by chance alone about ${(all.length / 20).toFixed(1)} would lie on either side)${direction}.`;
}

function explanation({ captions, tags }: Gains): string {
  const languages = LANGUAGES.flatMap(([english, korean]) => [
    gapBetween(captions[english].imagenet, captions[korean].imagenet),
    gapBetween(captions[english].hashtags, captions[korean].hashtags),
  ]);
  const ofCaptions = Object.values(captions).flatMap(sides);
  const ofTags = sides(tags);
  const open = [...ofCaptions, ...ofTags].some(isFinding)
    ? ''
    : ' Intervals around zero prove the explanation neither right nor wrong: they say that whatever look-back does here is smaller than these photos and one training run of each system can show.';
  return `**Is the published explanation right?** It was that after a Korean particle or ending the next word hardly depends on the photo, and that hashtags follow one another without order, so that knowing the last glance adds little. Then English should gain more than Korean, and captions more than hashtags. That English gains more ${told(languages, 'comparisons')} (English − Korean, descriptions and then Instagram captions, either encoder: ${languages.map((gap) => signedInterval(gap, 1)).join('; ')}). Captions ${moved(ofCaptions)}, hashtags ${moved(ofTags)}${judged(moved(ofCaptions), moved(ofTags))}.${open}`;
}

/** How far a claim that the first gains more is borne out. */
function told(gaps: readonly Estimate[], what: string): string {
  const more = gaps.filter(({ low }) => low > 0).length;
  const less = gaps.filter(({ high }) => high < 0).length;
  if (more + less === 0)
    return `shows in none of the ${gaps.length} ${what}, nor does the opposite`;
  return `shows in ${more} of ${gaps.length} ${what}, the opposite in ${less}`;
}

/** Whether no more intervals leave zero out than one in twenty, rounded up. */
function isChance(differences: readonly Difference[]): boolean {
  return differences.filter(isFinding).length <= Math.ceil(differences.length / 20);
}

type Moved = 'gain' | 'lose' | 'go both ways' | 'do not change measurably';

function moved(differences: readonly Difference[]): Moved {
  if (isChance(differences)) return 'do not change measurably';
  const up = differences.some(({ low }) => low > 0);
  const down = differences.some(({ high }) => high < 0);
  if (up && down) return 'go both ways';
  if (up) return 'gain';
  return down ? 'lose' : 'do not change measurably';
}

function judged(captions: Moved, tags: Moved): string {
  if (captions === 'gain' && tags !== 'gain') return ', as the explanation has it';
  return captions !== 'gain' && tags === 'gain' ? ', which the explanation does not foresee' : '';
}

function publishedGain(system: string, over: string, figure: 'BLEU-1' | 'F1'): string {
  const rows = [...published.instagram.rows, ...published.hashtags.rows];
  const value = (name: string): number => {
    const row = rows.find((one) => one.system === name && figure in one);
    return Number((row as Readonly<Record<string, unknown>> | undefined)?.[figure]);
  };
  return signed(value(system) - value(over), figure === 'F1' ? 3 : 2);
}

function sides({ imagenet, hashtags }: Gain): Difference[] {
  return [imagenet, hashtags];
}

function both({ imagenet, hashtags }: Gain, digits: number): string {
  return `${signedInterval(imagenet, digits)} and ${signedInterval(hashtags, digits)}`;
}
