import { readFileSync } from 'node:fs';

/**
 * @param {string} file
 * @returns {unknown} what is in it, for the caller to say what it should be
 * @throws {Error} when it is missing or is not JSON
 */
export function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
