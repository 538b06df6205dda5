// @vitest-environment node
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sniffFormat } from './format.ts';
import { readHeader } from './headers/readHeader.ts';
import { findSizeProblem, MAX_SIDE, resizeOptions } from './limits.ts';

const sample = readFileSync('public/samples/coffee.jpg');
const text = (content: string) => new TextEncoder().encode(content);

/** The sample in other formats, by a real encoder. */
const encoded = {
  jpeg: () => Promise.resolve(new Uint8Array(sample)),
  png: async () => new Uint8Array(await sharp(sample).png().toBuffer()),
  webp: async () => new Uint8Array(await sharp(sample).webp().toBuffer()),
  avif: async () => new Uint8Array(await sharp(sample).avif({ effort: 0 }).toBuffer()),
  gif: async () => new Uint8Array(await sharp(sample).resize(120, 80).gif().toBuffer()),
};

const cases = Object.entries(encoded) as [keyof typeof encoded, () => Promise<Uint8Array>][];

describe('sniffFormat', () => {
  it.each(cases)('knows %s', async (format, encode) => {
    expect(sniffFormat(await encode())).toBe(format);
  });

  it.each([
    ['empty', new Uint8Array()],
    ['pdf', text('%PDF-1.7\n')],
    ['svg', text('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['svg', text(`<?xml version="1.0"?>\n<!-- ${'licence '.repeat(2000)}-->\n<svg width="1">`)],
    ['svg', text('<!DOCTYPE svg [\n<!ENTITY a "b">\n]>\n<!-- one --><!-- two -->\n<svg>')],
    ['text', text('<!-- <svg> -->\n<html><body><svg></svg></body></html>')],
    ['text', text('한마디, a few words\n')],
    ['text', text('BM is only the start of a sentence, not of a bitmap')],
    ['video', new Uint8Array([0, 0, 0, 24, ...text('ftypisom'), 0, 0, 2, 0, ...text('isommp42')])],
    ['heic', new Uint8Array([0, 0, 0, 24, ...text('ftypmif1'), 0, 0, 0, 0, ...text('mif1heic')])],
    ['unsupported-image', new Uint8Array([0x49, 0x49, 0x2a, 0x00, 8, 0, 0, 0])],
    ['unknown', new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7])],
  ] as const)('knows %s', (format, bytes) => {
    expect(sniffFormat(bytes)).toBe(format);
  });
});

describe('readHeader', () => {
  it.each(cases)('reads the size of a whole %s', async (format, encode) => {
    const [width, height] = format === 'gif' ? [120, 80] : [600, 400];
    expect(readHeader(format, await encode())).toMatchObject({ width, height, complete: true });
  });

  it.each(cases)('sees that a %s is cut, wherever it is cut', async (format, encode) => {
    const bytes = await encode();
    for (const share of [0.05, 0.3, 0.6, 0.95]) {
      const header = readHeader(format, bytes.subarray(0, Math.floor(bytes.length * share)));
      expect(header?.complete ?? false, `${share} of ${format}`).toBe(false);
    }
    const allButOne = readHeader(format, bytes.subarray(0, bytes.length - 2));
    expect(allButOne?.complete ?? false).toBe(false);
  });

  it('takes a JPEG with bytes behind its end, as phones append videos', () => {
    const withVideo = new Uint8Array([...sample, 0, 0, 0, 24, ...text('ftypmp42')]);
    expect(readHeader('jpeg', withVideo)).toMatchObject({ complete: true });
  });

  it('is not misled by the end marker of an EXIF thumbnail', async () => {
    const thumbnail = await sharp(sample).resize(60, 40).jpeg().toBuffer();
    const comment = Buffer.concat([
      Buffer.from([
        0xff,
        0xd8,
        0xff,
        0xfe,
        (thumbnail.length + 2) >> 8,
        (thumbnail.length + 2) & 255,
      ]),
      thumbnail,
      sample.subarray(2),
    ]);
    expect(readHeader('jpeg', new Uint8Array(comment))).toMatchObject({
      width: 600,
      complete: true,
    });
    const cut = comment.subarray(0, comment.length >> 1);
    expect(readHeader('jpeg', new Uint8Array(cut))).toMatchObject({ width: 600, complete: false });
  });

  it('reads bitmaps, top-down ones too', () => {
    const bmp = new DataView(new ArrayBuffer(54 + 20 * 16 * 4));
    bmp.setUint32(10, 54, true);
    bmp.setUint32(14, 40, true);
    bmp.setInt32(18, 20, true);
    bmp.setInt32(22, -16, true);
    bmp.setUint16(28, 32, true);
    const bytes = new Uint8Array(bmp.buffer);
    expect(readHeader('bmp', bytes)).toMatchObject({ width: 20, height: 16, complete: true });
    expect(readHeader('bmp', bytes.subarray(0, 900))).toMatchObject({ complete: false });
  });

  it('knows see-through and moving pictures', async () => {
    const clear = sharp({
      create: { width: 32, height: 32, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    });
    const png = new Uint8Array(await clear.png().toBuffer());
    expect(readHeader('png', png)).toMatchObject({ alpha: true });
    const webp = new Uint8Array(await clear.webp({ lossless: true }).toBuffer());
    expect(readHeader('webp', webp)).toMatchObject({ alpha: true });
    const frames = Buffer.alloc(32 * 64 * 3, 120);
    frames.fill(10, 32 * 32 * 3);
    const moving = await sharp(frames, {
      raw: { width: 32, height: 64, channels: 3, pageHeight: 32 },
    })
      .gif({ delay: [100, 100] })
      .toBuffer();
    expect(readHeader('gif', new Uint8Array(moving))).toMatchObject({ animated: true });
  });
});

describe('limits', () => {
  const header = { complete: true, alpha: false, animated: false };
  it.each([
    [1, 1, 'too-small'],
    [15, 200, 'too-small'],
    [20_000, 20, 'too-narrow'],
    [20_000, 20_000, 'too-large'],
  ])('refuses %d × %d as %s', (width, height, kind) => {
    expect(findSizeProblem({ ...header, width, height })).toEqual({ kind, width, height });
  });

  it('takes a panorama and a small square', () => {
    expect(findSizeProblem({ ...header, width: 12_000, height: 1200 })).toBeNull();
    expect(findSizeProblem({ ...header, width: 16, height: 16 })).toBeNull();
  });

  it('resizes while decoding, and only what is too large', () => {
    expect(resizeOptions({ ...header, width: 256, height: 256 })).toEqual({});
    expect(resizeOptions({ ...header, width: 4000, height: 3000 }).resizeWidth).toBe(MAX_SIDE);
    expect(resizeOptions({ ...header, width: 3000, height: 4000 }).resizeWidth).toBe(1200);
  });
});
