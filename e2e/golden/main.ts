/**
 * The page of the golden test: a photo goes through the app's own file handling to a worker, which
 * decodes every task greedily and answers with tokens. Built for the tests, never shipped.
 */
import { loadPhoto } from '../../src/photo/loadPhoto.ts';
import type { Answer, GoldenWindow, Question } from './protocol.ts';

const answers: Answer[] = [];
(globalThis as GoldenWindow).goldenAnswers = answers;

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => answers.push(data));
worker.addEventListener('error', ({ message }) => answers.push({ ok: false, detail: message }));

document.querySelector('input')?.addEventListener('change', ({ target }) => {
  const file = (target as HTMLInputElement).files?.[0];
  if (file) void send(file);
});

async function send(file: File): Promise<void> {
  const outcome = await loadPhoto(file);
  if (!outcome.ok) {
    answers.push({ ok: false, detail: outcome.problem.kind });
    return;
  }
  const { bitmap: photo } = outcome.photo;
  const packId = new URLSearchParams(location.search).get('pack') ?? '';
  const message: Question = { photo, models: new URL('models/', location.href).href, packId };
  worker.postMessage(message, [photo]);
}
