/**
 * Whether the bytes have this SHA-256. On plain http browsers have neither SHA-256 nor Cache
 * Storage: there the answer is always yes, the length alone is checked, and nothing is kept.
 *
 * @param expected lower-case hexadecimal
 */
export async function hasSha256(
  bytes: Uint8Array<ArrayBuffer>,
  expected: string,
): Promise<boolean> {
  if (!isSecureContext) return true;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return expected === Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
