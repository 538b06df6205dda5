import { defineConfig, devices } from '@playwright/test';
import { APP_HOST, GOLDEN_HOST, PLAIN_HOST } from './e2e/support/hosts.ts';
import { chromiumPath } from './scripts/lib/chromium.mjs';

/** A server that Playwright starts before the tests, and stops after them. */
function server(url: string, ...flags: string[]) {
  const { port, pathname } = new URL(url);
  return {
    command: ['node scripts/serve.mjs --port', port, '--base', pathname, ...flags].join(' '),
    cwd: import.meta.dirname,
    url,
    reuseExistingServer: false,
    stdout: 'ignore',
  } as const;
}

function goldenServer() {
  const serving = server(GOLDEN_HOST, '--dir .cache/golden');
  const build = 'vite build --logLevel warn --config e2e/golden/vite.config.ts';
  return { ...serving, command: `npx ${build} && ${serving.command}` };
}

/** Real Chromium on the built app (`npm run build` first), as `npm start` serves it. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // Two cores, often shared with a training job: one browser at a time, and no test of speed.
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 60_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list'], ['json', { outputFile: 'reports/playwright.json' }]],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: APP_HOST,
    locale: 'en-US',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromiumPath(),
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: [server(APP_HOST), server(PLAIN_HOST, '--no-headers'), goldenServer()],
});
