/** For each token that starts a content word, all the tokens that start it, itself among them. */
export type WordForms = ReadonlyMap<number, readonly number[]>;

/** `TokenTable.words` by token. */
export function wordForms(words: readonly (readonly number[])[]): WordForms {
  return new Map(words.flatMap((forms) => forms.map((token) => [token, forms] as const)));
}

/** The tokens that would start a word which `tokens` already hold, in whatever form. */
export function saidWords(tokens: readonly number[], forms: WordForms): ReadonlySet<number> {
  return new Set(tokens.flatMap((token) => forms.get(token) ?? []));
}

/**
 * The tokens that would complete an n-gram which `tokens` already holds, and the last token, which
 * would say itself twice ("a city city street"); none when `n` is 0.
 */
export function bannedTokens(tokens: readonly number[], n: number): ReadonlySet<number> {
  if (n === 0) return new Set();
  const prefixStart = tokens.length - n + 1;
  const prefix = tokens.slice(Math.max(0, prefixStart));
  const completing = tokens.filter((_, end) => {
    const start = end - n + 1;
    return (
      start >= 0 && start < prefixStart && prefix.every((token, i) => token === tokens[start + i])
    );
  });
  return new Set([...completing, ...tokens.slice(-1)]);
}
