/** The page of `npm run bench:lookup`: hands photos to a worker, which times. Never shipped. */
import type { Answer, LookupWindow, Question } from './protocol.ts';

const shared = globalThis as LookupWindow;
const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
  shared.lookupAnswer = data;
});
worker.addEventListener('error', ({ message }) => {
  shared.lookupAnswer = { ok: false, detail: message };
});

document.querySelector('input')?.addEventListener('change', ({ target }) => {
  void send([...((target as HTMLInputElement).files ?? [])]);
});

async function send(files: readonly File[]): Promise<void> {
  const photos = await Promise.all(files.map((file) => createImageBitmap(file)));
  const message: Question = { models: new URL('models/', location.href).href, photos };
  worker.postMessage(message, photos);
}
