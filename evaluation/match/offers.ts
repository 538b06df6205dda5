import type { Confidence, Source } from '../../workers/captioner/contract.ts';

/** A caption that was offered for a photo, and what the tags say of it. */
export interface Offer {
  readonly text: string;
  readonly source: Source;
  readonly probability: number;
  readonly confidence: Confidence;
  readonly match: number;
  /** Null for the decoder's own: nobody tagged what they need. */
  readonly witness: Witness | null;
}

export interface Witness {
  readonly kind: 'photo' | 'concept';
  /** Of a photo line: its own photo has at least half of this photo's tags. Null for concept lines. */
  readonly sharesHalf: boolean | null;
  /** Every concept that the line requires is among this photo's tags. */
  readonly holds: boolean;
}

/** Book lines of one band of probability. */
export interface Band {
  readonly from: number;
  readonly to: number;
  readonly lines: number;
  /** Of the photo lines among them; null without any. */
  readonly sharesHalf: number | null;
  /** Of all of them. */
  readonly holds: number | null;
}

export interface OfferStatistics {
  readonly photos: number;
  readonly offered: number;
  /** Share of what is offered, and of what is offered first. */
  readonly sources: Readonly<Record<Source, { readonly all: number; readonly first: number }>>;
  readonly distinct: number;
  readonly mostOffered: readonly { readonly text: string; readonly share: number }[];
  readonly sure: Band;
  readonly curve: readonly Band[];
}

const EDGES = [0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0001];
const SOURCES = ['written', 'book', 'own'] as const satisfies readonly Source[];

/** @param offers those of each photo, best first */
export function statisticsOf(offers: readonly (readonly Offer[])[]): OfferStatistics {
  const all = offers.flat();
  const first = offers.flatMap((of) => of.slice(0, 1));
  const counts = new Map<string, number>();
  for (const { text } of all) counts.set(text, (counts.get(text) ?? 0) + 1);
  const mostOffered = [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 5)
    .map(([text, count]) => ({ text, share: count / offers.length }));
  const shareFrom = (source: Source, of: readonly Offer[]) =>
    of.filter((offer) => offer.source === source).length / of.length;
  return {
    photos: offers.length,
    offered: all.length,
    sources: Object.fromEntries(
      SOURCES.map((source) => [
        source,
        { all: shareFrom(source, all), first: shareFrom(source, first) },
      ]),
    ) as OfferStatistics['sources'],
    distinct: counts.size,
    mostOffered,
    sure: bandOf(
      all.filter(({ confidence }) => confidence === 'sure'),
      Math.min(1, ...all.flatMap((o) => (o.confidence === 'sure' ? o.probability : []))),
      1,
    ),
    curve: EDGES.slice(0, -1).map((from, at) => {
      const to = EDGES[at + 1] ?? 1;
      const within = ({ probability: p }: Offer) => p >= from && p < to;
      return bandOf(all.filter(within), from, Math.min(1, to));
    }),
  };
}

function bandOf(offers: readonly Offer[], from: number, to: number): Band {
  const witnesses = offers.flatMap(({ witness }) => witness ?? []);
  const halves = witnesses.flatMap(({ sharesHalf }) => sharesHalf ?? []);
  return {
    from,
    to,
    lines: witnesses.length,
    sharesHalf: shareOf(halves),
    holds: shareOf(witnesses.map(({ holds }) => holds)),
  };
}

function shareOf(truths: readonly boolean[]): number | null {
  return truths.length === 0 ? null : truths.filter(Boolean).length / truths.length;
}
