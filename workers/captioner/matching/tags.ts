/** A concept and what people write for it: the vocabulary's hashtags. */
export interface NamedConcept {
  readonly concept: string;
  readonly en: readonly string[];
  readonly ko: readonly string[];
}

/**
 * Finds concepts by what people write for them, in either language, with or without `#`. Where two
 * concepts have the same word, it stands for the one of which it is the usual word.
 */
export class TagFinder {
  readonly #indices = new Map<string, number>();

  constructor(concepts: readonly NamedConcept[]) {
    // The concept's own name goes first, then everyone's usual word, then the second ones.
    const ranked = concepts.map(({ concept, en, ko }) => [[concept], ...zip(en, ko)]);
    const most = Math.max(0, ...ranked.map((words) => words.length));
    for (let rank = 0; rank < most; rank += 1) {
      for (const [index, words] of ranked.entries()) {
        for (const word of words[rank] ?? []) {
          const key = keyOf(word);
          if (!this.#indices.has(key)) this.#indices.set(key, index);
        }
      }
    }
  }

  /** Indices of the concepts among the tags, each once; unknown tags are left out. */
  find(tags: readonly string[]): number[] {
    return [...new Set(tags.flatMap((tag) => this.#indices.get(keyOf(tag)) ?? []))];
  }
}

function zip(a: readonly string[], b: readonly string[]): string[][] {
  const most = Math.max(a.length, b.length);
  return Array.from({ length: most }, (_, at) =>
    [a[at], b[at]].filter((word) => word !== undefined),
  );
}

/** A tag's letters and digits: "#Hot_Dog", "hot dog" and "hotdog" are one tag. */
function keyOf(tag: string): string {
  return tag
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
