/** The same build below a path of a host that can set no headers, as GitHub Pages is. */
export const PLAIN_HOST = 'http://127.0.0.1:4184/some/path/';

/** The golden page (`e2e/golden`), a build of its own. */
export const GOLDEN_HOST = 'http://127.0.0.1:4185/';
