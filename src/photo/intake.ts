/** What a drop or a paste held. */
export type Intake =
  | { readonly kind: 'photo'; readonly file: File; readonly others: number }
  | { readonly kind: 'nothing' };

/**
 * Picks the one photo of a gesture: the first file that calls itself an image, else the first file
 * (its bytes will tell), so that a refused file gets its own sentence.
 */
export function pickPhoto(files: Iterable<File>): Intake {
  const all = [...files];
  const file = all.find((candidate) => candidate.type.startsWith('image/')) ?? all[0];
  return file ? { kind: 'photo', file, others: all.length - 1 } : { kind: 'nothing' };
}

/**
 * True when a paste belongs to the field that it went to. Office programs put a picture of the text
 * next to the text: in a field, the text is what was meant.
 */
export function pasteBelongsToField(event: ClipboardEvent): boolean {
  const hasText = event.clipboardData?.types.includes('text/plain') ?? false;
  return hasText && isEditable(event.target);
}

function isEditable(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input, textarea');
}

/** True when a drag carries files, as opposed to selected text or a link. */
export function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
