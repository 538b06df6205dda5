import sharp from 'sharp';
import { expect, test } from 'vitest';
import { planar, squash } from './pixels.ts';
import { resample, type Picture } from './resample.ts';

/** The picture that Pillow was given for the values below. */
function picture(width: number, height: number): Picture {
  const bytes = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      for (let c = 0; c < 3; c += 1)
        bytes[3 * (y * width + x) + c] = (x * 37 + y * 91 + c * 53 + x * y * 17) % 256;
  return { width, height, bytes };
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
});

test('a picture of the right size is left alone', () => {
  const square = picture(6, 6);
  expect(resample(square, 6)).toBe(square);
});

test('planes hold red, then green, then blue', () => {
  expect([...planar(Uint8Array.of(1, 2, 3, 4, 5, 6))]).toEqual([1, 4, 2, 5, 3, 6]);
});

test('a lossless photo of the right size reaches the model byte for byte', async () => {
  const { width, height, bytes } = picture(8, 8);
  const png = await sharp(bytes, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  expect([...(await squash(png, 8))]).toEqual([...planar(bytes)]);
});

test('grey and transparent photos become RGB', async () => {
  const grey = await sharp(Buffer.alloc(4, 200), { raw: { width: 2, height: 2, channels: 1 } })
    .png()
    .toBuffer();
  expect(new Set(await squash(grey, 4))).toEqual(new Set([200]));
  const clear = await sharp(Buffer.alloc(16, 90), { raw: { width: 2, height: 2, channels: 4 } })
    .png()
    .toBuffer();
  expect((await squash(clear, 4)).length).toBe(3 * 16);
});

test('what is no photo is an error', async () => {
  await expect(squash(Buffer.from('%PDF-1.7'), 8)).rejects.toThrow('unsupported image format');
});
