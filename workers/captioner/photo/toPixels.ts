import { CaptionerError } from '../packs/failure.ts';
import { planes, resample, type Picture } from './resample.ts';

/**
 * A photo as the encoder reads it: squashed to the square (so were the training photos), planar
 * [3, size, size], RGB, 0–255, see-through pixels on white. A photo of exactly that size keeps its
 * pixels.
 *
 * Browsers smooth differently when they shrink (Chromium's best is 3 levels of 255 from Pillow's on
 * average, its quick way, which some others have alone, 5 to 20): so the canvas only hands out
 * pixels.
 *
 * @throws CaptionerError `photo-unreadable`
 */
export function toPixels(photo: ImageBitmap, size: number): Float32Array {
  try {
    return planes(resample(readPixels(photo), size));
  } catch (error) {
    throw new CaptionerError('photo-unreadable', String(error), { cause: error });
  }
}

function readPixels(photo: ImageBitmap): Picture {
  const { width, height } = photo;
  const canvas = new OffscreenCanvas(width, height);
  // Drawn by the CPU: the pixels are wanted here, and are the same on every machine.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('no 2d context');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.drawImage(photo, 0, 0);
  return { width, height, stride: 4, bytes: context.getImageData(0, 0, width, height).data };
}
