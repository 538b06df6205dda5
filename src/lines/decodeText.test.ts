import { describe, expect, it } from 'vitest';
import { decodeText } from './decodeText.ts';

const TEXT = '느릿느릿 일요일\r\nBread first 🍞\r\n';

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at += 1)
    view.setUint16(at * 2, text.charCodeAt(at), littleEndian);
  return bytes;
}

describe('decodeText', () => {
  it.each([
    ['UTF-8', new TextEncoder().encode(TEXT)],
    ['UTF-8 with its mark', new TextEncoder().encode(`\uFEFF${TEXT}`)],
    ['UTF-16 with its mark', utf16(`\uFEFF${TEXT}`, true)],
    ['UTF-16 of the other order', utf16(`\uFEFF${TEXT}`, false)],
    ['UTF-16 without a mark', utf16(TEXT, true)],
    ['UTF-16 of the other order without a mark', utf16(TEXT, false)],
  ])('reads %s', (_, bytes) => {
    expect(decodeText(bytes)).toBe(TEXT);
  });

  // Node's decoder knows EUC-KR only; e2e/myLines.spec.ts has the letters that CP949 adds.
  it('reads what Korean Windows saved', () => {
    const bytes = [0xb9, 0xd9, 0xb4, 0xd9, 0x2c, 0x20, 0xb9, 0xe6, 0xb0, 0xa2, 0xc7, 0xcf];
    expect(decodeText(new Uint8Array(bytes))).toBe('바다, 방각하');
  });

  it('reads what Western Windows saved', () => {
    const bytes = [0x43, 0x61, 0x66, 0xe9, 0x20, 0x61, 0x75];
    expect(decodeText(new Uint8Array(bytes))).toBe('Café au');
  });

  it('keeps the rest of a text that is damaged in one place', () => {
    const bytes = new TextEncoder().encode('바다\n모래\n파도');
    bytes[1] = 0xff;
    expect(decodeText(bytes)).toContain('모래\n파도');
  });

  it('takes no image for text', () => {
    expect(decodeText(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 1]))).toBeNull();
  });

  it('reads nothing as nothing', () => {
    expect(decodeText(new Uint8Array())).toBe('');
  });
});
