/** What the worker is asked to time. */
export interface Question {
  /** Address of the folder `models/`. */
  readonly models: string;
  readonly photos: readonly ImageBitmap[];
}

/** Milliseconds, over all photos and rounds. */
export interface Spread {
  readonly median: number;
  readonly slowest: number;
}

export interface LookupTimes {
  readonly lookups: readonly (Spread & { readonly what: string; readonly lines: number })[];
  readonly encoder: Spread;
  readonly photoTower: Spread;
  /** Of unpacking and laying out one book. */
  readonly reading: Spread;
  /** Of so many lines of a person's own, made into a book. */
  readonly own: { readonly lines: number; readonly milliseconds: number };
}

export type Answer =
  | { readonly ok: true; readonly times: LookupTimes }
  | { readonly ok: false; readonly detail: string };

/** What the page leaves for the command to read. */
export interface LookupWindow {
  lookupAnswer?: Answer;
}
