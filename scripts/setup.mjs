// Installs everything that `npm test` needs and that is missing. Quick when nothing is.
import { ensureNodePackages } from './lib/node-packages.mjs';
import { ensurePython } from './lib/python.mjs';
import { ensureSystemPackages } from './lib/system-packages.mjs';

await ensureNodePackages();
await ensureSystemPackages();
await ensurePython();
