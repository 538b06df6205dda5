import type { Failure, FailureCode } from '../contract.ts';

/** An error that a person may get to see, by its code. The message is the failure's `detail`. */
export class CaptionerError extends Error {
  override readonly name = 'CaptionerError';
  readonly code: FailureCode;

  constructor(code: FailureCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}

/** Any thrown thing as a failure value; what is not ours gets `fallback` as its code. */
export function toFailure(error: unknown, fallback: FailureCode): Failure {
  if (error instanceof CaptionerError) return { code: error.code, detail: error.message };
  return { code: fallback, detail: error instanceof Error ? error.message : String(error) };
}
