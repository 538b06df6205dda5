/** Where the servers of one run listen; another run on the same machine takes other ports. */
const FIRST_PORT = Number(process.env['E2E_PORT'] ?? 4183);

/** The built app, as `npm start` serves it. */
export const APP_HOST = `http://127.0.0.1:${FIRST_PORT}/`;

/** The same build below a path of a host that can set no headers, as GitHub Pages is. */
export const PLAIN_HOST = `http://127.0.0.1:${FIRST_PORT + 1}/some/path/`;

/** The golden page (`e2e/golden`), a build of its own. */
export const GOLDEN_HOST = `http://127.0.0.1:${FIRST_PORT + 2}/`;

/** The benchmark's page (`e2e/lookup`), a build of its own. */
export const LOOKUP_HOST = `http://127.0.0.1:${FIRST_PORT + 3}/`;
