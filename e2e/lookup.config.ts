import { defineConfig } from '@playwright/test';
import config from '../playwright.config.ts';
import { LOOKUP_HOST } from './support/hosts.ts';

const { port } = new URL(LOOKUP_HOST);
const build = 'npx vite build --logLevel warn --config e2e/lookup/vite.config.ts';

/** `npm run bench:lookup`: no test, but figures of this machine's Chromium. */
export default defineConfig({
  ...config,
  testDir: '.',
  testMatch: 'lookup.bench.ts',
  reporter: 'line',
  webServer: [
    {
      command: `${build} && node scripts/serve.mjs --port ${port} --dir .cache/lookup`,
      cwd: `${import.meta.dirname}/..`,
      url: LOOKUP_HOST,
      reuseExistingServer: false,
      stdout: 'ignore',
    },
  ],
});
