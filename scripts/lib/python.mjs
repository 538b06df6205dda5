import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { runOrThrow, succeeds } from './run.mjs';

const VENV = join(ROOT, '.venv');
const STAMP = join(VENV, 'hanmadi-requirements');
const REQUIREMENTS = ['training', 'evaluation', 'scripts'].map(
  (folder) => `${folder}/requirements.txt`,
);
/** Packages whose own requirements are not wanted. */
const BARE = 'training/requirements-timm.txt';
const AT_LEAST = 'import sys; sys.exit(sys.version_info < (3, 11))';

/** The interpreter of the project's own environment. */
export const PYTHON = join(VENV, 'bin', 'python');

/** Makes `.venv` with what `training/` and `evaluation/` need, unless it is there and unchanged. */
export async function ensurePython() {
  const hash = createHash('sha256');
  for (const file of [...REQUIREMENTS, BARE]) hash.update(readFileSync(join(ROOT, file)));
  const wanted = hash.digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;

  const python = ['python3.11', 'python3', 'python'].find((name) =>
    succeeds(name, ['-c', AT_LEAST]),
  );
  if (python === undefined) throw new Error('Python 3.11 or newer is needed for npm test');
  console.log('Installing Python packages into .venv …');
  if (!existsSync(PYTHON)) await runOrThrow(python, ['-m', 'venv', VENV]);
  const files = REQUIREMENTS.flatMap((file) => ['-r', join(ROOT, file)]);
  const install = ['-m', 'pip', 'install', '--quiet', '--quiet'];
  await runOrThrow(PYTHON, [...install, ...files]);
  await runOrThrow(PYTHON, [...install, '--no-deps', '-r', join(ROOT, BARE)]);
  writeFileSync(STAMP, wanted);
}
