/**
 * Writes text to the clipboard. Safari refuses after any `await`, so call this first thing in the
 * handler of the tap, with the text ready.
 * @returns whether the text is on the clipboard. Never throws.
 */
export function copyText(text: string): Promise<boolean> {
  try {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  } catch {
    return Promise.resolve(false); // no clipboard at all, as on plain http
  }
}

/** What the share sheet is given: the photo without metadata, and the words. */
export function shareData(jpeg: Blob, text: string): ShareData & { files: File[] } {
  return { files: [new File([jpeg], 'hanmadi.jpg', { type: 'image/jpeg' })], text };
}

export function canShare(data: ShareData): boolean {
  // Not everywhere, whatever the types say.
  return 'canShare' in navigator && navigator.canShare(data);
}

export type ShareOutcome = 'shared' | 'dismissed' | 'failed';

/** Opens the share sheet. Closing it is no error. Call it in the handler of the tap. Never throws. */
export async function share(data: ShareData): Promise<ShareOutcome> {
  try {
    await navigator.share(data);
    return 'shared';
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError' ? 'dismissed' : 'failed';
  }
}
