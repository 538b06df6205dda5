import sharp from 'sharp';
import { resample } from './resample.ts';

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
  return planar(resample({ width: info.width, height: info.height, bytes: data }, size).bytes);
}

/** Interleaved RGB bytes → three planes of floats. */
export function planar(interleaved: Uint8Array): Float32Array {
  const pixels = interleaved.length / 3;
  const planes = new Float32Array(interleaved.length);
  for (let channel = 0; channel < 3; channel += 1)
    for (let pixel = 0; pixel < pixels; pixel += 1)
      planes[channel * pixels + pixel] = interleaved[3 * pixel + channel] as number;
  return planes;
}
