import { defineConfig, mergeConfig } from 'vitest/config';
import viteConfig from './vite.config.ts';

/** Unit tests lie beside the code. A page test that needs the DOM runs in jsdom. */
export default mergeConfig(
  viteConfig,
  defineConfig({
    test: {
      testTimeout: 30_000,
      projects: [
        {
          extends: true,
          test: { name: 'page', environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
        },
        {
          extends: true,
          test: { name: 'worker', environment: 'node', include: ['workers/**/*.test.ts'] },
        },
        {
          extends: true,
          test: {
            name: 'node',
            environment: 'node',
            include: ['evaluation/**/*.test.ts', 'scripts/**/*.test.ts'],
          },
        },
      ],
    },
  }),
);
