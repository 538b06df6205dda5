import { type en } from './en.ts';

/** The shape of a language's words: the keys of English, with any text in them. */
export type Words = Shape<typeof en>;

type Shape<T> = T extends string
  ? string
  : T extends readonly string[]
    ? readonly string[]
    : { readonly [K in keyof T]: Shape<T[K]> };
