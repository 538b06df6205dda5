import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { planes } from './photo/resample.ts';

const PHOTOS = new URL('../../evaluation/golden/photos/', import.meta.url);

/** A golden photo as the encoder takes it: [3, S, S], RGB, 0–255. */
export async function readGoldenPhoto(file: string): Promise<Float32Array> {
  const image = sharp(readFileSync(new URL(file, PHOTOS))).removeAlpha();
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels: stride } = info;
  return planes({ width, height, stride, bytes: data });
}
