import { type PhotoProblem } from './photo.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The longest side that is kept. Instagram shows 1,440 pixels at most; the model looks at fewer. */
export const MAX_SIDE = 1600;

/** Below this there is nothing to describe: an icon, a tracking pixel. */
const MIN_SIDE = 16;

/** Squashed to a square, a longer strip is nothing but stripes. Panoramas are at most 10 to 1. */
const MAX_ASPECT = 16;

/** Browsers give up on more (Chromium at 2^28 pixels), some of them by crashing the tab. */
const MAX_PIXELS = 2 ** 28;

/** Larger files are not read into memory. */
export const MAX_FILE_BYTES = 200 * 1024 * 1024;

/** Checks a photo's stored size against the limits, before any pixel is decoded. */
export function findSizeProblem({ width, height }: Size): PhotoProblem | null {
  const shortest = Math.min(width, height);
  const longest = Math.max(width, height);
  if (longest / Math.max(1, shortest) > MAX_ASPECT) return { kind: 'too-narrow', width, height };
  if (shortest < MIN_SIDE) return { kind: 'too-small', width, height };
  if (width * height > MAX_PIXELS) return { kind: 'too-large', width, height };
  return null;
}

/** Options that make the decoder scale down while it decodes; none for a photo within the limit. */
export function resizeOptions({ width, height }: Size): ImageBitmapOptions {
  const scale = MAX_SIDE / Math.max(width, height);
  if (scale >= 1) return {};
  // The width only: the browser keeps the aspect, whichever way the EXIF orientation turns it.
  return { resizeWidth: Math.max(1, Math.round(width * scale)), resizeQuality: 'high' };
}
