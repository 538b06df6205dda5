import { layOut, type Book, type BookLine } from './book.ts';
import type { Ranking, Scene } from './score.ts';
import { quantize } from './vectors.ts';

/** A direction in the plane: vectors of tests have two components. */
export function at(degrees: number): Float32Array {
  const angle = (degrees * Math.PI) / 180;
  return Float32Array.of(Math.cos(angle), Math.sin(angle));
}

export interface TestLine {
  readonly text: string;
  /** Direction of its vector. */
  readonly at: number;
  /** Of its photo's, if it is a photo line. */
  readonly photoAt?: number;
  readonly kind?: number;
  readonly tone?: number;
  readonly tags?: readonly number[];
  readonly required?: readonly number[];
  readonly handicap?: number;
}

export const CONCEPTS = ['beach', 'dog', 'snow'];

export function bookOf(lines: readonly TestLine[], change: Partial<Book> = {}): Book {
  const rows = lines.map(
    ({ text, kind = 1, tone = 0, tags = [], required = [], handicap = 0 }): BookLine => [
      text,
      kind,
      tone,
      tags,
      required,
      handicap,
    ],
  );
  const join = (angles: readonly number[]) =>
    Int8Array.from(angles.flatMap((degrees) => [...quantize(at(degrees))]));
  const header = {
    language: 'en' as const,
    space: 'test',
    dimensions: 2,
    concepts: CONCEPTS,
    rarity: [1, 2, 4],
    lines: rows,
  };
  const photoLines = lines.flatMap(({ kind, photoAt }) => (kind === 0 ? [photoAt ?? 0] : []));
  const vectors = join(lines.map((line) => line.at));
  return { ...layOut(header, vectors, join(photoLines)), ...change };
}

/** A photo in direction 0 of a beach, perhaps with a dog, without snow. */
export const SCENE: Scene = {
  vector: at(0),
  concepts: new Map([
    ['beach', 0.9],
    ['dog', 0.5],
    ['snow', 0.001],
  ]),
};

/** Match alone counts, unless a test says otherwise. */
export const RANKING: Ranking = {
  photo: { bias: 0, match: 1, photo: 0, required: 0, agreement: 0, rarity: 0 },
  concept: { bias: 0, match: 1, required: 0, agreement: 0, rarity: 0 },
  own: { bias: 0, match: 1, required: 0 },
  written: { bias: 0, match: 1, logProbability: 0 },
  floor: 0,
  sure: 0.7,
  maybe: 0.5,
};
