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
