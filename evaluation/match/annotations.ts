import { join } from 'node:path';
import type { Language } from '../../workers/captioner/contract.ts';
import { readTable, type PhotoRow } from '../data/tables.ts';

/** The kinds of text that a photo is looked for by. */
export const TEXT_KINDS = ['plain-en', 'plain-ko', 'instagram-en', 'instagram-ko'] as const;
export type TextKind = (typeof TEXT_KINDS)[number];

/** What is known of a photo: one text of each kind, and its tags, most specific first. */
export interface Annotation {
  readonly photo: string;
  readonly texts: Readonly<Record<TextKind, string>>;
  readonly tags: readonly string[];
}

/**
 * The annotations of photos, in their order. Where the table has no English description, the first
 * of those that people wrote (Flickr8k) stands for it.
 * @throws {Error} when a table, a column or a photo is missing
 */
export async function readAnnotations(
  data: string,
  photos: readonly PhotoRow[],
): Promise<Annotation[]> {
  const people = new Map<string, string>();
  for await (const { photo, caption } of readTable(join(data, 'captions_f8k.tsv'))) {
    if (photo !== undefined && caption !== undefined && !people.has(photo))
      people.set(photo, caption);
  }
  const rows = new Map<string, Annotation>();
  for await (const row of readTable(join(data, 'annotations.tsv'))) {
    const { photo = '', alt_en = '-', alt_ko = '', ig_en = '', ig_ko = '', tags = '' } = row;
    const texts = {
      'plain-en': alt_en === '-' ? (people.get(photo) ?? '') : alt_en,
      'plain-ko': alt_ko,
      'instagram-en': ig_en,
      'instagram-ko': ig_ko,
    };
    rows.set(photo, { photo, texts, tags: tags.split(',').filter((tag) => tag !== '') });
  }
  return photos.map(({ id }) => {
    const row = rows.get(id);
    if (row === undefined) throw new Error(`${data}: no annotations of ${id}`);
    return row;
  });
}

export const LANGUAGES = ['ko', 'en'] as const satisfies readonly Language[];
