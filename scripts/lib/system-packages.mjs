import { runOrThrow, succeeds } from './run.mjs';

/** Debian packages that the tests need, and how to see that they are there already. */
const NEEDED = [
  { name: 'chromium', present: () => succeeds('chromium', ['--version']) },
  // The field's reference tokenizer and METEOR are Java programs.
  { name: 'default-jre-headless', present: () => succeeds('java', ['-version']) },
  // Without these, Korean and emoji are boxes on the screenshots.
  { name: 'fonts-noto-cjk', present: () => succeeds('dpkg', ['-s', 'fonts-noto-cjk']) },
  {
    name: 'fonts-noto-color-emoji',
    present: () => succeeds('dpkg', ['-s', 'fonts-noto-color-emoji']),
  },
];

/** Installs what is missing with apt-get; elsewhere says what to install by hand. */
export async function ensureSystemPackages() {
  const missing = NEEDED.filter(({ present }) => !present()).map(({ name }) => name);
  if (missing.length === 0) return;
  const list = missing.join(' ');
  if (!succeeds('apt-get', ['--version'])) {
    throw new Error(`Please install these first (no apt-get here): ${list}`);
  }
  console.log(`Installing Debian packages: ${list} …`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  await aptGet(['update', '-qq'], quiet);
  await aptGet(['install', '-y', '-qq', '--no-install-recommends', ...missing], quiet);
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function aptGet(args, env) {
  const isRoot = process.getuid?.() === 0;
  return isRoot ? runOrThrow('apt-get', args, env) : runOrThrow('sudo', ['apt-get', ...args], env);
}
