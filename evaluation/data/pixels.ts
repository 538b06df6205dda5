import sharp from 'sharp';
import { planes, resample } from '../../workers/captioner/photo/resample.ts';

/**
 * A photo as the encoder wants it: upright, squashed to `size` × `size`, planar RGB, values
 * 0–255, shape [3, size, size].
 * @throws {Error} when the bytes are no photo
 */
export async function squash(bytes: Uint8Array, size: number): Promise<Float32Array> {
  const { data, info } = await sharp(bytes)
    .autoOrient()
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`3 channels expected, ${info.channels} found`);
  const picture = { width: info.width, height: info.height, stride: info.channels, bytes: data };
  return planes(resample(picture, size));
}
