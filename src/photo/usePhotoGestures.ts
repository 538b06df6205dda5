import { useEffect, useState } from 'react';
import { carriesFiles, pasteBelongsToField, pickPhoto, type Intake } from './intake.ts';

/**
 * Takes photos dropped or pasted anywhere on the page. A drop never navigates away from the page.
 * @returns true while files are dragged over the page.
 */
export function usePhotoGestures(onIntake: (intake: Intake) => void): boolean {
  const isDragging = useDrop(onIntake);
  usePaste(onIntake);
  return isDragging;
}

function useDrop(onIntake: (intake: Intake) => void): boolean {
  const [isDragging, setDragging] = useState(false);
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      setDragging(true);
    };
    // Leaving the window has no related target; moving between elements has one.
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDragging(false);
    };
    const onDrop = (event: DragEvent) => {
      setDragging(false);
      if (isTextForField(event)) return;
      event.preventDefault();
      onIntake(pickPhoto(event.dataTransfer?.files ?? []));
    };
    const onDragEnd = () => setDragging(false);
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    window.addEventListener('dragend', onDragEnd);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
      window.removeEventListener('dragend', onDragEnd);
    };
  }, [onIntake]);
  return isDragging;
}

/** Text dragged into a field stays the field's business. */
function isTextForField(event: DragEvent): boolean {
  const isField = event.target instanceof HTMLElement && event.target.matches('input, textarea');
  return isField && !carriesFiles(event);
}

function usePaste(onIntake: (intake: Intake) => void): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if (pasteBelongsToField(event)) return;
      const intake = pickPhoto(event.clipboardData?.files ?? []);
      if (intake.kind === 'nothing') return;
      event.preventDefault();
      onIntake(intake);
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [onIntake]);
}
