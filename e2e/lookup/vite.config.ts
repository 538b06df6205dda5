import { join } from 'node:path';
import { defineConfig, mergeConfig } from 'vite';
import { ROOT } from '../../scripts/lib/paths.mjs';
import viteConfig from '../../vite.config.ts';

/** The benchmark's page: the app's own settings and packs, another entry. */
export default mergeConfig(
  viteConfig,
  defineConfig({
    root: import.meta.dirname,
    publicDir: join(ROOT, 'public'),
    build: { outDir: join(ROOT, '.cache', 'lookup'), emptyOutDir: true },
  }),
);
