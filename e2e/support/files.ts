import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { ROOT } from '../../scripts/lib/paths.mjs';

/** The built app's own samples: photos that are always there. */
export const sample = (name: string): string => join(ROOT, 'public', 'samples', `${name}.jpg`);

interface BadFile {
  readonly what: string;
  readonly name: string;
  readonly mimeType: string;
  readonly make: () => Buffer | Promise<Buffer>;
}

/** Files that people do choose by mistake, or that a download left behind. */
export const BAD_FILES: readonly BadFile[] = [
  { what: 'an empty file', name: 'empty.jpg', mimeType: 'image/jpeg', make: () => Buffer.alloc(0) },
  {
    what: 'a JPEG that was cut off',
    name: 'cut.jpg',
    mimeType: 'image/jpeg',
    make: () => {
      const whole = readFileSync(sample('cat'));
      return whole.subarray(0, Math.floor(whole.length / 2));
    },
  },
  {
    what: 'a PDF that is named .png',
    name: 'scan.png',
    mimeType: 'image/png',
    make: () => Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n'),
  },
  {
    what: 'a 1×1 image',
    name: 'dot.png',
    mimeType: 'image/png',
    make: () => blank(1, 1).png().toBuffer(),
  },
  {
    what: 'a 20,000×20 strip',
    name: 'strip.jpg',
    mimeType: 'image/jpeg',
    make: () => blank(20_000, 20).jpeg().toBuffer(),
  },
  {
    what: 'a text file',
    name: 'notes.txt',
    mimeType: 'text/plain',
    make: () => Buffer.from('우유, 달걀, 빵\nmilk, eggs, bread\n'),
  },
];

function blank(width: number, height: number): Sharp {
  return sharp({ create: { width, height, channels: 3, background: '#8aa' } });
}
