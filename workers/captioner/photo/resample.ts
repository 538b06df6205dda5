/**
 * Bicubic resampling as Pillow's `resize(…, BICUBIC)` does it, which squashed the training photos:
 * Keys' kernel (Keys 1981) with a = −0.5, pixel centres aligned, the kernel widened when it
 * shrinks, weights of the pixels that exist in 22-bit fixed point, rows first, bytes in between.
 *
 * sharp is not used for this: when it enlarges it samples half a pixel off (measured on Flickr8k's
 * 224 → 256: 6.5 of 255 away from Pillow on average, against 0.0 here).
 */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Bytes a pixel: 3 for RGB, 4 for RGBA, whose alpha is not looked at. */
  readonly stride: number;
  /** Interleaved, `stride * width * height` of them. */
  readonly bytes: Uint8Array | Uint8ClampedArray;
}

/** For one place of the output: the first pixel of the input that counts, and from there on the weights, times `ONE`. */
interface Taps {
  readonly first: number;
  readonly weights: Float64Array;
}

const SUPPORT = 2;
const RGB = 3;
const ONE = 2 ** 22;

/** Squashes a picture to `size` × `size`. One that has the size already keeps its pixels. */
export function resample(picture: Picture, size: number): Picture {
  const { width, height } = picture;
  const rows = width === size ? picture : narrow(picture, size);
  if (height === size) return rows;
  // Columns are rows of the picture on its side.
  return transpose(narrow(transpose(rows), size));
}

/** The picture with `width` columns. */
function narrow({ width, height, stride, bytes }: Picture, to: number): Picture {
  const taps = Array.from({ length: to }, (_, place) => tapsFor(place, width, to));
  const out = new Uint8ClampedArray(RGB * to * height); // the kernel overshoots
  for (let y = 0; y < height; y += 1)
    for (const [x, { first, weights }] of taps.entries())
      for (let channel = 0; channel < RGB; channel += 1) {
        let sum = 0;
        const from = stride * (y * width + first) + channel;
        for (let tap = 0; tap < weights.length; tap += 1)
          sum += (bytes[from + stride * tap] as number) * (weights[tap] as number);
        out[RGB * (y * to + x) + channel] = Math.floor(sum / ONE + 0.5);
      }
  return { width: to, height, stride: RGB, bytes: out };
}

function tapsFor(place: number, from: number, to: number): Taps {
  const scale = from / to;
  const widening = Math.max(scale, 1);
  const centre = (place + 0.5) * scale;
  const first = Math.max(0, Math.floor(centre - SUPPORT * widening + 0.5));
  const end = Math.min(from, Math.floor(centre + SUPPORT * widening + 0.5));
  const weights = Float64Array.from({ length: end - first }, (_, tap) =>
    keys((first + tap + 0.5 - centre) / widening),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { first, weights: weights.map((weight) => Math.round((weight / total) * ONE)) };
}

/** Keys' cubic convolution kernel with a = −0.5. */
function keys(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  if (x < 2) return ((-0.5 * x + 2.5) * x - 4) * x + 2;
  return 0;
}

function transpose({ width, height, stride, bytes }: Picture): Picture {
  const out = new Uint8Array(RGB * width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      for (let channel = 0; channel < RGB; channel += 1)
        out[RGB * (x * height + y) + channel] = bytes[stride * (y * width + x) + channel] as number;
  return { width: height, height: width, stride: RGB, bytes: out };
}

/** Three planes of floats, red, green, blue: [3, height, width]. */
export function planes({ width, height, stride, bytes }: Picture): Float32Array {
  const area = width * height;
  const out = new Float32Array(RGB * area);
  for (let channel = 0; channel < RGB; channel += 1)
    for (let pixel = 0; pixel < area; pixel += 1)
      out[channel * area + pixel] = bytes[stride * pixel + channel] as number;
  return out;
}
