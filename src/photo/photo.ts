/** A photo, decoded upright and ready for the screen, the model and the share sheet. */
export interface Photo {
  readonly id: string;
  /**
   * The one decode that everything is made from: upright, at most `MAX_SIDE` pixels a side, not
   * cropped, not see-through. A photo within that size keeps its pixels unchanged. The worker gets
   * copies of it (`createImageBitmap(photo.bitmap)`).
   */
  readonly bitmap: ImageBitmap;
  /** JPEG of the bitmap, so without any metadata: for the screen, the draft and sharing. */
  readonly jpeg: Blob;
  /** Object URL of `jpeg`; released by `releasePhoto`. */
  readonly url: string;
  readonly width: number;
  readonly height: number;
  /** True when the file held several frames, of which the first is used. */
  readonly animated: boolean;
}

/** Why a file did not become a photo. `src/i18n` has a sentence for each kind in each language. */
export type PhotoProblem =
  | { readonly kind: PlainPhotoProblem }
  | { readonly kind: SizedPhotoProblem; readonly width: number; readonly height: number };

/** Kinds whose sentence names the photo's size in pixels. */
export const SIZED_PHOTO_PROBLEMS = ['too-small', 'too-narrow', 'too-large'] as const;
export type SizedPhotoProblem = (typeof SIZED_PHOTO_PROBLEMS)[number];

export const PLAIN_PHOTO_PROBLEMS = [
  'empty',
  'cut',
  'broken',
  'too-heavy',
  'heic',
  'svg',
  'pdf',
  'video',
  'text',
  'unsupported-image',
  'unknown',
  'timeout', // decoding did not end in time
  'unreadable', // the browser could not read the file (moved, in a cloud, no permission)
  'no-file', // something was dropped or pasted, but no file
  'sample-missing', // a sample photo could not be fetched
] as const;
export type PlainPhotoProblem = (typeof PLAIN_PHOTO_PROBLEMS)[number];

export type PhotoOutcome =
  | { readonly ok: true; readonly photo: Photo }
  | { readonly ok: false; readonly problem: PhotoProblem };

/** Frees the pixels and the object URL. The photo must not be on the screen any more. */
export function releasePhoto(photo: Photo): void {
  photo.bitmap.close();
  URL.revokeObjectURL(photo.url);
}
