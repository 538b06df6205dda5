// Serves the built app: `node scripts/serve.mjs [--port N] [--host H]`. Needs `npm ci` and a build.
// The browser tests also use `--dir` (another build), `--base /some/path/` and `--no-headers` (as a
// static host that can set none).
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import sirv from 'sirv';
import { contentSecurityPolicy, isolationHeaders } from './lib/headers.mjs';
import { DIST } from './lib/paths.mjs';

/** Without an explicit port, this many are tried from the usual one on. */
const TRIES = 20;
const USUAL_PORT = 4173;

const { values: options } = parseArgs({
  allowNegative: true,
  options: {
    port: { type: 'string' },
    host: { type: 'string', default: '127.0.0.1' },
    dir: { type: 'string', default: DIST },
    base: { type: 'string', default: '/' },
    headers: { type: 'boolean', default: true },
  },
});

const HEADERS = {
  ...isolationHeaders,
  // A worker does not inherit the page's policy: it takes the one that its own script came with.
  'Content-Security-Policy': `${contentSecurityPolicy}; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
};

const serveFile = sirv(resolve(options.dir), { etag: true, setHeaders: setCaching });

/**
 * Files whose name carries a hash never change; all others are asked for again each time.
 * @param {import('node:http').ServerResponse} response
 * @param {string} pathname
 */
function setCaching(response, pathname) {
  const hashed = /^\/(assets|runtime)\/|-[0-9a-f]{8}\.\w+$/u.test(pathname);
  response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
function answer(request, response) {
  if (options.headers) {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  }
  const notFound = () => {
    response.statusCode = 404;
    response.setHeader('Content-Type', 'text/plain; charset=utf-8');
    response.end('Not found\n');
  };
  if (request.url?.startsWith(options.base) !== true) {
    notFound();
    return;
  }
  request.url = `/${request.url.slice(options.base.length)}`;
  serveFile(request, response, notFound);
}

/**
 * @param {number} port
 * @param {number} tries how many ports may be tried from this one on
 */
function listen(port, tries) {
  const { host, base } = options;
  const server = createServer(answer);
  server.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code === 'EADDRINUSE' && tries > 1) {
      listen(port + 1, tries - 1);
      return;
    }
    console.error(`Cannot serve on ${host}:${port}: ${error.message}`);
    process.exitCode = 1;
  });
  server.listen(port, host, () => {
    const name = host === '127.0.0.1' ? 'localhost' : host;
    console.log(`\n  Hanmadi is ready:  http://${name}:${port}${base}\n\n  Ctrl+C stops it.\n`);
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
      process.once(signal, () => {
        server.close();
        server.closeAllConnections();
      });
    }
  });
}

const chosen = options.port ?? process.env['PORT'];
if (chosen === undefined) listen(USUAL_PORT, TRIES);
else listen(Number(chosen), 1);
