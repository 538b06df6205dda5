// Serves the built app: `node scripts/serve.mjs [--port N] [--host H]`. Needs `npm ci` and a build.
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sirv from 'sirv';
import { contentSecurityPolicy, isolationHeaders } from './lib/headers.mjs';

const DIST = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');
const TRIES = 20;

const serveFile = sirv(DIST, { etag: true, setHeaders });

/**
 * Files whose name carries a hash never change; all others are asked for again each time.
 * @param {import('node:http').ServerResponse} response
 * @param {string} pathname
 */
function setHeaders(response, pathname) {
  const hashed = /^\/(assets|runtime)\/|-[0-9a-f]{8}\.\w+$/u.test(pathname);
  response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
function answer(request, response) {
  for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value);
  // A worker does not inherit the page's policy: it takes the one its own script came with.
  response.setHeader('Content-Security-Policy', `${contentSecurityPolicy}; frame-ancestors 'none'`);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  serveFile(request, response, () => {
    response.statusCode = 404;
    response.setHeader('Content-Type', 'text/plain; charset=utf-8');
    response.end('Not found\n');
  });
}

/**
 * Starts at the first free port from `port` on; an explicit port is taken or refused.
 * @param {{ port: number, host: string, tries: number }} options
 */
function listen({ port, host, tries }) {
  const server = createServer(answer);
  server.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code === 'EADDRINUSE' && tries > 1)
      listen({ port: port + 1, host, tries: tries - 1 });
    else {
      console.error(`Cannot serve on ${host}:${port}: ${error.message}`);
      process.exitCode = 1;
    }
  });
  server.listen(port, host, () => {
    console.log(
      `\n  Hanmadi is ready:  http://${host === '127.0.0.1' ? 'localhost' : host}:${port}/\n`,
    );
    console.log('  Ctrl+C stops it.\n');
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}

const { values } = parseArgs({
  options: { port: { type: 'string' }, host: { type: 'string', default: '127.0.0.1' } },
});
const chosen = values.port ?? process.env['PORT'];
listen({
  port: Number(chosen ?? 4173),
  host: values.host,
  tries: chosen === undefined ? TRIES : 1,
});
