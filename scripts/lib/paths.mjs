import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What `vite build` writes. */
export const DIST = join(ROOT, 'dist');

/** What the test runners write for `npm test` to count. */
export const REPORTS = join(ROOT, 'reports');

/**
 * A command of an installed npm package, to be run by this very Node.
 * @param {string} file path inside node_modules
 */
export const nodeModule = (file) => join(ROOT, 'node_modules', file);
