/** The photo formats that the page takes. */
export type PhotoFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'bmp' | 'heic';

/** What else a file can turn out to be; each gets a sentence of its own. */
export type OtherFormat =
  'empty' | 'svg' | 'pdf' | 'video' | 'text' | 'unsupported-image' | 'unknown';

const SNIFF_BYTES = 65_536;

/**
 * What may stand before an SVG's root: space, declarations, comments (licences of thousands of
 * characters), a DOCTYPE. Sticky, so that replacing takes them off the front only, in one pass.
 */
const XML_PROLOG = /\s+|<\?[^]*?\?>|<!--[^]*?-->|<!doctype[^[>]*(?:\[[^]*?\]\s*)?>/giy;

/**
 * Tells what a file is by its first bytes. Its name and `File.type` are not looked at: both lie
 * often enough (a PDF named `.png`, a HEIC that a messenger renamed to `.jpg`).
 */
export function sniffFormat(bytes: Uint8Array): PhotoFormat | OtherFormat {
  if (bytes.length === 0) return 'empty';
  return sniffPhoto(bytes) ?? sniffBoxes(bytes) ?? sniffOther(bytes);
}

function sniffPhoto(bytes: Uint8Array): PhotoFormat | null {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP') return 'webp';
  if (ascii(bytes, 0, 4) === 'GIF8') return 'gif';
  // "BM" alone is two ordinary letters: the size of the info header must fit as well.
  if (ascii(bytes, 0, 2) === 'BM' && isBitmapInfoSize(bytes[14])) return 'bmp';
  return null;
}

function isBitmapInfoSize(size: number | undefined): boolean {
  return size !== undefined && [12, 40, 52, 56, 64, 108, 124].includes(size);
}

/** ISO base media files (HEIC, AVIF, MP4, MOV) name their kind in the `ftyp` box. */
function sniffBoxes(bytes: Uint8Array): PhotoFormat | OtherFormat | null {
  if (ascii(bytes, 4, 4) !== 'ftyp') return null;
  const boxEnd = Math.min(bytes.length, new DataView(bytes.buffer, bytes.byteOffset).getUint32(0));
  const brands = [ascii(bytes, 8, 4)];
  for (let at = 16; at + 4 <= boxEnd; at += 4) brands.push(ascii(bytes, at, 4));
  // The generic `mif1`/`msf1` may stand first in both, so all brands are looked at.
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return 'avif';
  if (brands.some((brand) => /^(hei|hev)[cmsx]$/.test(brand))) return 'heic';
  if (brands.some((brand) => brand === 'mif1' || brand === 'msf1')) return 'heic';
  return brands[0] === 'crx ' ? 'unsupported-image' : 'video';
}

function sniffOther(bytes: Uint8Array): OtherFormat {
  if (ascii(bytes, 0, 5) === '%PDF-') return 'pdf';
  if (isOtherImage(bytes)) return 'unsupported-image';
  if (isOtherVideo(bytes)) return 'video';
  const text = decodeText(bytes.subarray(0, SNIFF_BYTES));
  if (text === null) return 'unknown';
  return /^<svg[\s>]/i.test(text.replace(XML_PROLOG, '')) ? 'svg' : 'text';
}

/** TIFF and the camera raws built on it, Photoshop, JPEG XL, JPEG 2000, icons. */
function isOtherImage(bytes: Uint8Array): boolean {
  return (
    startsWith(bytes, [0x49, 0x49, 0x2a, 0x00]) ||
    startsWith(bytes, [0x4d, 0x4d, 0x00, 0x2a]) ||
    startsWith(bytes, [0x49, 0x49, 0x55, 0x00]) ||
    startsWith(bytes, [0xff, 0x0a]) ||
    startsWith(bytes, [0x00, 0x00, 0x01, 0x00]) ||
    ascii(bytes, 0, 4) === '8BPS' ||
    ascii(bytes, 4, 4) === 'JXL ' ||
    ascii(bytes, 4, 4) === 'jP  ' ||
    ascii(bytes, 0, 8) === 'FUJIFILM'
  );
}

function isOtherVideo(bytes: Uint8Array): boolean {
  const isMatroska = startsWith(bytes, [0x1a, 0x45, 0xdf, 0xa3]);
  const isAvi = ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'AVI ';
  return isMatroska || isAvi || ascii(bytes, 4, 4) === 'moov';
}

/** The bytes as text, or `null` when they are not UTF-8 or hold control characters. */
function decodeText(bytes: Uint8Array): string | null {
  try {
    // `stream` forgives a character that the sample cuts in half.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    return /[\u0000-\u0008\u000e-\u001a]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return bytes.length >= prefix.length && prefix.every((byte, index) => bytes[index] === byte);
}

function ascii(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length));
}
