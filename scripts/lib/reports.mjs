import { existsSync, readFileSync } from 'node:fs';
import { readJson } from './json.mjs';

/**
 * What a runner says it did. `failed` counts tests that failed and files that could not be run.
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/**
 * The file that a runner writes, and how to read it.
 * @typedef {{ file: string, read: (file: string) => Counts }} Report
 */

/**
 * Vitest's JSON reporter. A file that fails to load has no test of its own: it counts as one failure.
 * @param {string} file
 * @returns {Counts}
 */
export function vitestCounts(file) {
  const report =
    /** @type {{ numPassedTests: number, numPendingTests: number, numTodoTests: number,
     *   testResults: { status: string, assertionResults: { status: string }[] }[] }} */ (
      readJson(file)
    );
  const failed = report.testResults.reduce((total, { status, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed').length;
    return total + (status === 'failed' ? Math.max(tests, 1) : tests);
  }, 0);
  const skipped = report.numPendingTests + report.numTodoTests;
  return { passed: report.numPassedTests, failed, skipped };
}

/**
 * Playwright's JSON reporter. A flaky test (passed at a second try) is a failure.
 * @param {string} file
 * @returns {Counts}
 */
export function playwrightCounts(file) {
  const { stats, errors } =
    /** @type {{ errors: unknown[], stats: { expected: number, unexpected: number, flaky: number,
     *   skipped: number } }} */ (readJson(file));
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

/**
 * pytest's JUnit XML: one `<testsuite>` with the sums as attributes.
 * @param {string} file
 * @returns {Counts}
 */
export function pytestCounts(file) {
  const [suite] = /<testsuite [^>]*>/u.exec(readFileSync(file, 'utf8')) ?? [];
  if (suite === undefined) throw new Error(`${file} is not a JUnit report`);
  const value = (/** @type {string} */ name) =>
    Number(new RegExp(` ${name}="(\\d+)"`, 'u').exec(suite)?.[1] ?? 0);
  const failed = value('failures') + value('errors');
  const skipped = value('skipped');
  return { passed: value('tests') - failed - skipped, failed, skipped };
}

/**
 * The size script's own report: each budget is a check.
 * @param {string} file
 * @returns {Counts}
 */
export function sizeCounts(file) {
  const budgets = /** @type {{ bytes: number, limit: number }[]} */ (readJson(file));
  const failed = budgets.filter(({ bytes, limit }) => bytes > limit).length;
  return { passed: budgets.length - failed, failed, skipped: 0 };
}

/**
 * What to count for a step. A step that ended badly has failed whatever its report says, and one
 * that ran nothing has failed too: silence is not success.
 * @param {number} status the step's exit status
 * @param {Report} [report] without one the step is one check by itself
 * @returns {Counts}
 */
export function stepCounts(status, report) {
  const nothing = { passed: 0, failed: 0, skipped: 0 };
  if (report === undefined) return { ...nothing, [status === 0 ? 'passed' : 'failed']: 1 };
  const counts = existsSync(report.file) ? report.read(report.file) : nothing;
  const silent = counts.passed + counts.failed === 0;
  return counts.failed === 0 && (status !== 0 || silent) ? { ...counts, failed: 1 } : counts;
}
