import { expect, test } from 'vitest';
import { planes, resample, type Picture } from './resample.ts';

/** The picture that Pillow was given for the values below. */
function picture(width: number, height: number): Picture {
  const bytes = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      for (let c = 0; c < 3; c += 1)
        bytes[3 * (y * width + x) + c] = (x * 37 + y * 91 + c * 53 + x * y * 17) % 256;
  return { width, height, stride: 3, bytes };
}

/** The same pixels with an alpha that must not count. */
function withAlpha({ width, height, bytes }: Picture): Picture {
  const rgba = new Uint8ClampedArray(4 * width * height).fill(7);
  bytes.forEach((value, at) => (rgba[4 * Math.floor(at / 3) + (at % 3)] = value));
  return { width, height, stride: 4, bytes: rgba };
}

// Red and blue of Image.resize((size, size), BICUBIC), Pillow 13.0.
test.each([
  {
    name: 'both sides longer',
    from: picture(3, 2),
    size: 5,
    red: [
      0, 1, 26, 51, 65, 6, 17, 44, 71, 85, 44, 60, 91, 123, 140, 81, 102, 138, 174, 195, 96, 118,
      156, 194, 215,
    ],
    blue: [
      94, 106, 132, 174, 198, 109, 124, 150, 166, 173, 148, 171, 197, 146, 109, 187, 218, 244, 125,
      44, 202, 236, 255, 117, 19,
    ],
  },
  {
    name: 'both sides shorter',
    from: picture(9, 7),
    size: 3,
    red: [117, 144, 119, 135, 110, 141, 122, 121, 135],
    blue: [153, 149, 88, 128, 133, 116, 103, 106, 111],
  },
  {
    name: 'one longer, one the same',
    from: picture(2, 4),
    size: 4,
    red: [0, 8, 29, 40, 86, 102, 134, 150, 176, 197, 238, 255, 9, 35, 87, 113],
    blue: [103, 114, 135, 146, 192, 208, 240, 255, 26, 47, 88, 109, 115, 141, 193, 219],
  },
])('squashes as Pillow does: $name', ({ from, size, red, blue }) => {
  const { width, height, bytes } = resample(from, size);
  expect([width, height]).toEqual([size, size]);
  const channel = (at: number): number[] => [...bytes].filter((_, index) => index % 3 === at);
  expect(channel(0)).toEqual(red);
  expect(channel(2)).toEqual(blue);
  expect(planes(resample(withAlpha(from), size))).toEqual(planes(resample(from, size)));
});

test('a picture of the right size is left alone', () => {
  const square = picture(6, 6);
  expect(resample(square, 6)).toBe(square);
});

test('planes hold red, then green, then blue', () => {
  const two = { width: 2, height: 1, stride: 3, bytes: Uint8Array.of(1, 2, 3, 4, 5, 6) };
  expect([...planes(two)]).toEqual([1, 4, 2, 5, 3, 6]);
});
