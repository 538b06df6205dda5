import { CaptionerError } from './packs/failure.ts';

/**
 * A photo as the encoder reads it: squashed to the square (so were the training photos), planar
 * [3, size, size], RGB, 0–255, see-through pixels on white. A photo of exactly that size keeps its
 * pixels.
 *
 * @throws CaptionerError `photo-unreadable`
 */
export function toPixels(photo: ImageBitmap, size: number): Float32Array {
  try {
    return toPlanes(squash(photo, size).data);
  } catch (error) {
    throw new CaptionerError('photo-unreadable', String(error), { cause: error });
  }
}

function squash(photo: ImageBitmap, size: number): ImageData {
  const canvas = new OffscreenCanvas(size, size);
  // Drawn by the CPU: the same pixels on every machine, and no trip to the GPU and back.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('no 2d context');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, size, size);
  context.imageSmoothingQuality = 'high';
  context.drawImage(photo, 0, 0, size, size);
  return context.getImageData(0, 0, size, size);
}

/** RGBA, interleaved → RGB, one plane after the other. */
function toPlanes(rgba: Uint8ClampedArray): Float32Array {
  const area = rgba.length / 4;
  const planes = new Float32Array(3 * area);
  for (let at = 0; at < area; at += 1) {
    for (let c = 0; c < 3; c += 1) planes[c * area + at] = rgba[4 * at + c] ?? 0;
  }
  return planes;
}
