import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, vi } from 'vitest';
import { CaptionerError } from './failure.ts';

export type HostAnswer = (response: ServerResponse, path: string) => void;

/** A real host on this machine. */
export interface Host {
  /** Ends with a slash; known once the tests run. */
  url: string;
  /** What it does with one request after the other; the last one is for all that follow. */
  answers: readonly HostAnswer[];
  /** What it was asked for since the test began. */
  paths: string[];
}

/** Starts a host for the tests of a file, in a Node that has what browsers have. */
export function useHost(): Host {
  const host: Host = { url: '', answers: [], paths: [] };
  const server = createServer(({ url = '' }, response) => {
    const answer = host.answers[Math.min(host.paths.length, host.answers.length - 1)];
    host.paths.push(url);
    answer?.(response, url);
  });
  beforeAll(async () => {
    vi.stubGlobal('isSecureContext', true);
    vi.stubGlobal('navigator', { onLine: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    host.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  beforeEach(() => {
    host.paths = [];
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    vi.unstubAllGlobals();
  });
  return host;
}

export function send(
  body: Buffer | string,
  type = 'application/octet-stream',
  status = 200,
): HostAnswer {
  return (response) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  };
}

/** The failure code that the work ends with. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'no error';
  } catch (error) {
    return error instanceof CaptionerError ? error.code : String(error);
  }
}
