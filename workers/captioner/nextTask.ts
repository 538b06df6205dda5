const channel = new MessageChannel();

/**
 * Lets messages in: WebAssembly runs in one go, and its promises settle without the event loop
 * having turned, so a worker that only awaits runs would never hear a `cancel`. (`setTimeout` would
 * wait four milliseconds a time.)
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(null);
  });
}
