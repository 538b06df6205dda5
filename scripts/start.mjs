// `npm start`: installs the npm packages if they are missing, builds, serves. Needs only Node.
import { ensureNodePackages } from './lib/node-packages.mjs';
import { nodeModule } from './lib/paths.mjs';
import { runOrThrow } from './lib/run.mjs';

try {
  await ensureNodePackages();
  const vite = nodeModule('vite/bin/vite.js');
  await runOrThrow(process.execPath, [vite, 'build', '--logLevel', 'warn']);
  await import('./serve.mjs'); // only now: it imports an installed package
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
