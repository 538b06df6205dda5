import type { TaskId } from '../../workers/captioner/contract.ts';

/** Greedy decoding of one task: token ids, and the natural logarithm of each one's probability. */
export interface Decoded {
  readonly tokens: readonly number[];
  readonly logProbabilities: readonly number[];
}

export type DecodedTasks = Partial<Record<TaskId, Decoded>>;

/** What the golden worker is asked: all tasks of one photo. */
export interface Question {
  /** Address of the folder `models/`. */
  readonly models: string;
  readonly packId: string;
  readonly photo: ImageBitmap;
}

/** What it answers. */
export type Answer =
  | { readonly ok: true; readonly tasks: DecodedTasks }
  | { readonly ok: false; readonly detail: string };

/** What the golden page leaves for the test to read: one answer for each photo chosen so far. */
export interface GoldenWindow {
  goldenAnswers?: Answer[];
}
