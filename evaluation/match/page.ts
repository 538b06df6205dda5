import { formatted, NONE, percent, table } from '../markdown.ts';
import { TEXT_KINDS } from './annotations.ts';
import type { MatchResults } from './evaluateMatch.ts';
import type { Band, OfferStatistics } from './offers.ts';
import { RANKS } from './recall.ts';

const LANGUAGE = { ko: 'Korean', en: 'English' } as const;
const share = (value: number | null) => (value === null ? NONE : percent(value));

/** `docs/match.md`: what the match model finds, and what the page offers with it. */
export async function matchPage(results: MatchResults): Promise<string> {
  const { pack, photos, split, offers } = results;
  const parts = [
    '# Match and caption books, measured',
    `Written by \`npm run evaluate -- --task match --data DIR\`: pack \`${pack}\`, ${photos} photos of the ${split} split, int8 graphs, the worker's own code.`,
    '## Finding the own text',
    'Each photo against one text of every photo: the share of photos whose own text is the first, or among the first five or ten.',
    recallTable(results),
    '## What is offered',
    'Five captions a photo, as the page offers them. The witness is the tags of the photo, which nobody showed to the model: a *photo line* of the book was written for a training photo, and is counted where that one has at least half of this photo’s tags; *holds* counts the lines, of both kinds, whose required concepts are all among the tags (tags are six of many things in a photo: what holds is more than this).',
    ...(offers ? (['ko', 'en'] as const).flatMap((l) => offersPart(LANGUAGE[l], offers[l])) : []),
  ];
  return await formatted(parts.join('\n\n'));
}

function recallTable({ recall, prototype }: MatchResults): string {
  const rows = TEXT_KINDS.map((kind) => [
    kind,
    ...RANKS.map((k) => recall[kind][k].toFixed(3)),
    RANKS.map((k) => prototype[kind][k].toFixed(2)).join(' / '),
  ]);
  return table(['text', ...RANKS.map((k) => `R@${k}`), 'prototype, R@1 / 5 / 10'], rows);
}

function offersPart(name: string, of: OfferStatistics): string[] {
  const { sources, mostOffered, sure } = of;
  const most = mostOffered.map(({ text, share: part }) => `“${text}” ${percent(part)}`);
  return [
    `### ${name}`,
    `From the book: ${percent(sources.book.all)} of all offers, ${percent(sources.book.first)} of the first ones; the others are the decoder’s. ${of.distinct} different captions in ${of.offered}. Most often offered: ${most.join(', ')}.`,
    `Called *sure* (probability from ${sure.from.toFixed(2)}): ${sure.lines} book lines; of the photo lines among them ${share(sure.sharesHalf)} come from a photo with at least half of the tags, and ${share(sure.holds)} of all hold.`,
    table(
      ['probability', 'book lines', 'photo lines that share half', 'hold'],
      of.curve.filter(({ lines }) => lines > 0).map(bandRow),
    ),
  ];
}

function bandRow({ from, to, lines, sharesHalf, holds }: Band): string[] {
  return [`${from.toFixed(1)}–${to.toFixed(1)}`, String(lines), share(sharesHalf), share(holds)];
}
