import { InvalidArgumentError } from 'commander';

/** An option's value that must be a whole number from 1 on. */
export function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('A whole number from 1 on.');
  return value;
}

/** Says what went wrong, without a stack; the process ends with 1. */
export function failed(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof Error && error.cause !== undefined) console.error(error.cause);
  process.exitCode = 1;
}
