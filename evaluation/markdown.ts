import { format, resolveConfig } from 'prettier';
import type { Figure } from './scores.ts';

/** In place of a figure that there is none of. */
export const NONE = '–';

/** Markdown as prettier leaves it, so that a generated page is not changed by `npm run format`. */
export async function formatted(text: string): Promise<string> {
  const config = await resolveConfig(import.meta.filename);
  return await format(`${text}\n`, { ...config, parser: 'markdown' });
}

/** A table whose first column, or first few, are words and whose others are numbers. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  wordColumns = 1,
): string {
  const rule = header.map((_, column) => (column < wordColumns ? '---' : '--:'));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function points(figure: Figure | undefined): string {
  return figure?.value.toFixed(1) ?? NONE;
}

/** `24.8 [23.5, 26.2]` */
export function interval(figure: Figure | undefined, digits: number): string {
  if (figure === undefined) return NONE;
  const { value, low, high } = figure;
  if (low === undefined || high === undefined) return value.toFixed(digits);
  return `${value.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** With a sign, and a real minus. */
export function signed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return value > 0 ? `+${text}` : text.replace('-', '−');
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** `+1.2 [+0.3, +2.1]`, of a difference. */
export function signedInterval(
  { difference, low, high }: { difference: number; low: number; high: number },
  digits: number,
): string {
  return `${signed(difference, digits)} [${signed(low, digits)}, ${signed(high, digits)}]`;
}
