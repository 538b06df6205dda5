import { join } from 'node:path';
import { readJson } from './json.mjs';
import { nodeModule, ROOT } from './paths.mjs';
import { runOrThrow } from './run.mjs';

/** @typedef {Record<string, { version?: string, optional?: boolean }>} LockedPackages */

/**
 * @param {string} file a package-lock.json, or the copy that npm keeps of what it installed
 * @returns {LockedPackages | null} null when there is none
 */
function readLock(file) {
  try {
    const lock = /** @type {{ packages: LockedPackages }} */ (readJson(file));
    return lock.packages;
  } catch {
    return null;
  }
}

/** Whether node_modules holds every package of the lockfile (optional ones: of this platform). */
function installed() {
  const wanted = readLock(join(ROOT, 'package-lock.json'));
  const present = readLock(nodeModule('.package-lock.json'));
  if (wanted === null) throw new Error('package-lock.json is missing or unreadable');
  if (present === null) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    const found = present[path];
    return path === '' || (found === undefined ? optional === true : found.version === version);
  });
}

/** Installs the npm packages unless they are there. Uses nothing but Node itself. */
export async function ensureNodePackages() {
  if (installed()) return;
  console.log('Installing npm packages …');
  await runOrThrow('npm', ['ci', '--include=dev', '--no-audit', '--no-fund']);
}
