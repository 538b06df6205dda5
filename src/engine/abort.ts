import type { Failure, Outcome } from '../../workers/captioner/contract.ts';

export const CANCELLED: Failure = { code: 'cancelled', detail: 'by the page' };

/** The outcome, or `cancelled` as soon as the signal is aborted. */
export function untilAborted<T>(
  work: Promise<Outcome<T>>,
  signal: AbortSignal,
): Promise<Outcome<T>> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve({ ok: false, failure: CANCELLED });
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
