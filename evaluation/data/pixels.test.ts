import sharp from 'sharp';
import { expect, test } from 'vitest';
import { squash } from './pixels.ts';

test('a lossless photo of the right size reaches the model byte for byte', async () => {
  const bytes = Uint8Array.from({ length: 3 * 8 * 8 }, (_, at) => (at * 37) % 256);
  const png = await sharp(bytes, { raw: { width: 8, height: 8, channels: 3 } })
    .png()
    .toBuffer();
  expect([...(await squash(png, 8))]).toEqual(
    [0, 1, 2].flatMap((channel) => [...bytes].filter((_, at) => at % 3 === channel)),
  );
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
