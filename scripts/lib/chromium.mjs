import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The browser that the tests drive: Debian's `chromium` on the PATH.
 * @returns {string} its absolute path
 * @throws {Error} when there is none
 */
export function chromiumPath() {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const candidate = join(folder, 'chromium');
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      continue;
    }
  }
  throw new Error('No chromium on the PATH. `npm run setup` installs it (Debian).');
}
