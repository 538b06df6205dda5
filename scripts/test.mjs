// `npm test`: installs what is missing, then runs every check there is, all of them even when one
// fails, and ends with the plain line `N passed, N failed` that adds them up.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PYTHON } from './lib/python.mjs';
import { nodeModule, REPORTS } from './lib/paths.mjs';
import {
  playwrightCounts,
  pytestCounts,
  sizeCounts,
  stepCounts,
  vitestCounts,
} from './lib/reports.mjs';
import { run } from './lib/run.mjs';

/** @typedef {import('./lib/reports.mjs').Counts} Counts */
/**
 * @typedef {object} Step
 * @property {string} name
 * @property {[command: string, ...args: string[]]} command
 * @property {import('./lib/reports.mjs').Report} [report] without one the step is one check
 */

const inReports = (/** @type {string} */ name) => join(REPORTS, name);

/**
 * @param {string} file
 * @param {string[]} args
 * @returns {[string, ...string[]]}
 */
const node = (file, ...args) => [process.execPath, nodeModule(file), ...args];

/**
 * @param {string} folder
 * @returns {Step}
 */
const pytest = (folder) => ({
  name: `pytest ${folder}`,
  command: [PYTHON, '-m', 'pytest', '-q', folder, `--junitxml=${inReports(`${folder}.xml`)}`],
  report: { file: inReports(`${folder}.xml`), read: pytestCounts },
});

/** @type {Step[]} */
const STEPS = [
  { name: 'typecheck', command: node('typescript/bin/tsc', '--build') },
  { name: 'eslint', command: node('eslint/bin/eslint.js', '.') },
  { name: 'prettier', command: node('prettier/bin/prettier.cjs', '--check', '.') },
  { name: 'ruff', command: [PYTHON, '-m', 'ruff', 'check', 'training', 'evaluation'] },
  {
    name: 'vitest',
    command: node(
      'vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${inReports('vitest.json')}`,
    ),
    report: { file: inReports('vitest.json'), read: vitestCounts },
  },
  pytest('training'),
  pytest('evaluation'),
  { name: 'build', command: node('vite/bin/vite.js', 'build', '--logLevel', 'warn') },
  {
    name: 'size budgets',
    command: [process.execPath, 'scripts/size.mjs'],
    report: { file: inReports('size.json'), read: sizeCounts },
  },
  {
    name: 'playwright',
    command: node('@playwright/test/cli.js', 'test'),
    report: { file: inReports('playwright.json'), read: playwrightCounts },
  },
];

/**
 * @param {Step} step
 * @returns {Promise<{ name: string, counts: Counts, seconds: number }>}
 */
async function perform({ name, command: [command, ...args], report }) {
  console.log(`\n=== ${name}`);
  const began = performance.now();
  const status = await run(command, args).catch((/** @type {unknown} */ error) => {
    console.error(error);
    return 1;
  });
  const counts = stepCounts(status, report);
  return { name, counts, seconds: (performance.now() - began) / 1000 };
}

rmSync(REPORTS, { recursive: true, force: true }); // a stale report must not be counted
mkdirSync(REPORTS, { recursive: true });

const results = [];
try {
  console.log('=== setup');
  await import('./setup.mjs');
  for (const step of STEPS) results.push(await perform(step));
} catch (error) {
  console.error(error);
  results.push({ name: 'setup', counts: { passed: 0, failed: 1, skipped: 0 }, seconds: 0 });
}

console.log('\n=== summary');
const total = { passed: 0, failed: 0, skipped: 0 };
for (const { name, counts, seconds } of results) {
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  const { passed, failed, skipped } = counts;
  console.log(
    `${failed === 0 ? 'ok  ' : 'FAIL'}  ${name.padEnd(18)} ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds.toFixed(0)} s)`,
  );
}
process.exitCode = total.failed === 0 ? 0 : 1;
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
