import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  playwrightCounts,
  pytestCounts,
  sizeCounts,
  stepCounts,
  vitestCounts,
} from './lib/reports.mjs';

const folder = mkdtempSync(join(tmpdir(), 'hanmadi-reports-'));

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

test('a Vitest file that cannot be loaded counts as a failure', () => {
  const file = write('vitest.json', {
    numPassedTests: 2,
    numPendingTests: 1,
    numTodoTests: 0,
    testResults: [
      { status: 'failed', assertionResults: [] },
      {
        status: 'failed',
        assertionResults: [{ status: 'failed' }, { status: 'failed' }, { status: 'passed' }],
      },
      { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'pending' }] },
    ],
  });
  expect(vitestCounts(file)).toEqual({ passed: 2, failed: 3, skipped: 1 });
});

test('pytest errors and failures both count as failed', () => {
  const file = write(
    'pytest.xml',
    '<?xml version="1.0"?><testsuites name="x"><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10" time="1.2"></testsuite></testsuites>',
  );
  expect(pytestCounts(file)).toEqual({ passed: 4, failed: 3, skipped: 3 });
});

test('a flaky Playwright test and a broken run count as failed', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
  const file = write('playwright.json', { errors: [{}], stats });
  expect(playwrightCounts(file)).toEqual({ passed: 5, failed: 3, skipped: 2 });
});

test('a budget that is exceeded fails', () => {
  const file = write('size.json', [
    { bytes: 2, limit: 2 },
    { bytes: 3, limit: 2 },
  ]);
  expect(sizeCounts(file)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test('a runner that crashed, said nothing or ran nothing has failed', () => {
  const good = write('good.json', [{ bytes: 1, limit: 2 }]);
  const empty = write('empty.json', []);
  const one = { passed: 0, failed: 1, skipped: 0 };
  expect(stepCounts(0, { file: good, read: sizeCounts })).toEqual({
    passed: 1,
    failed: 0,
    skipped: 0,
  });
  expect(stepCounts(1, { file: good, read: sizeCounts })).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
  });
  expect(stepCounts(0, { file: empty, read: sizeCounts })).toEqual(one);
  expect(stepCounts(0, { file: join(folder, 'missing.json'), read: sizeCounts })).toEqual(one);
  expect(stepCounts(1)).toEqual(one);
});
