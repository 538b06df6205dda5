import { defineConfig } from '@playwright/test';
import config from '../playwright.config.ts';

/** `npm run screenshots`: no tests, but the pictures of README, taken as the tests see the app. */
export default defineConfig({
  ...config,
  testDir: '.',
  testMatch: 'screenshots.shoot.ts',
  reporter: 'list',
});
