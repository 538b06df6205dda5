import { loadPhoto } from './loadPhoto.ts';
import { type PhotoOutcome } from './photo.ts';

/** The samples by name; `src/i18n` has a title for each. */
export type SampleId = 'cat' | 'coffee' | 'flower' | 'temple' | 'astronaut' | 'rocket';

/** A photo that ships with the page, with the credit that its licence asks for. */
export interface Sample {
  readonly id: SampleId;
  readonly file: string;
  readonly width: number;
  readonly height: number;
  /** Who made it, as the source names them. */
  readonly author: string;
  readonly licence: string;
  readonly licenceUrl: string | null;
}

/** Address of a file in `public/samples/`, under any base path. */
export function sampleUrl(file: string): string {
  return `${import.meta.env.BASE_URL}samples/${file}`;
}

/** Fetches and loads a sample. Never throws. */
export async function loadSample(file: string): Promise<PhotoOutcome> {
  try {
    const response = await fetch(sampleUrl(file));
    if (!response.ok) throw new Error(`${response.status} for ${file}`);
    return await loadPhoto(await response.blob());
  } catch {
    return { ok: false, problem: { kind: 'sample-missing' } };
  }
}
