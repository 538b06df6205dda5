import 'worker_threads';

// Node's message ports have this handler; its types do not say so.
declare module 'worker_threads' {
  interface MessagePort {
    onmessage: ((event: { readonly data: unknown }) => void) | null;
  }
}
