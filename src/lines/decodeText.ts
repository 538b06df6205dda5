/** What stands where bytes mean nothing in the encoding that they were read in. */
export const REPLACEMENT = '\uFFFD';

/** How much of a file is looked at to tell UTF-16 without its mark. */
const SNIFFED_BYTES = 4096;
/** Of the bytes on one side of UTF-16 pairs, so many are zero in text with spaces and line ends. */
const UTF16_ZEROS = 0.02;

/**
 * The text of a file that somebody saved: UTF-8 and UTF-16 with or without their mark, Korean
 * Windows' CP949 (which browsers decode as `euc-kr`), and Western Windows-1252. The mark is dropped.
 * @returns `null` for what is no text (an image, a zip, a spreadsheet)
 */
export function decodeText(bytes: Uint8Array): string | null {
  const marked = unicodeMark(bytes);
  if (marked !== null) return decode(bytes, marked);
  const sniffed = sniffUtf16(bytes);
  if (sniffed !== null) return textOnly(decode(bytes, sniffed));
  if (bytes.includes(0)) return null;
  const utf8 = decode(bytes, 'utf-8');
  const broken = countBroken(utf8);
  if (broken === 0) return utf8;
  if (looksWestern(bytes)) return decode(bytes, 'windows-1252');
  const korean = decode(bytes, 'euc-kr');
  return countBroken(korean) < broken ? korean : utf8;
}

/** A machine's own bytes can look like UTF-16, but then hold what nobody types. */
function textOnly(text: string): string | null {
  return /[^\P{Cc}\t\n\f\r]|\uFFFD/u.test(text) ? null : text;
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes);
}

function unicodeMark(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return null;
}

/** Spaces, digits and line ends have a zero byte in UTF-16, always on the same side. */
function sniffUtf16(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, SNIFFED_BYTES);
  if (bytes.length % 2 === 1 || !sample.includes(0)) return null;
  let even = 0;
  let odd = 0;
  for (const [index, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  const least = (sample.length / 2) * UTF16_ZEROS;
  if (even === 0 && odd >= least) return 'utf-16le';
  if (odd === 0 && even >= least) return 'utf-16be';
  return null;
}

/** Hangul takes two high bytes side by side; an accented letter of the West is alone among ASCII. */
function looksWestern(bytes: Uint8Array): boolean {
  let alone = 0;
  let together = 0;
  const isHigh = (index: number) => (bytes[index] ?? 0) >= 0x80;
  for (let index = 0; index < bytes.length; index += 1) {
    if (!isHigh(index)) continue;
    if (isHigh(index - 1) || isHigh(index + 1)) together += 1;
    else alone += 1;
  }
  return alone > together;
}

function countBroken(text: string): number {
  let count = 0;
  for (const letter of text) if (letter === REPLACEMENT) count += 1;
  return count;
}
