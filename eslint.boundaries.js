// @ts-check
/**
 * Which folder may import which: the arrows of ARCHITECTURE.md. A folder may always import
 * itself; what is not listed is not allowed.
 */

const folder = (/** @type {string} */ type, /** @type {string | string[]} */ pattern) => ({
  type,
  pattern,
  partialMatch: false,
});

const SCREENS = ['compose', 'lines', 'batch', 'history', 'lab', 'settings'];

/** A file belongs to the first folder that holds it: inner folders come before outer ones. */
const elements = [
  folder('app', 'src/app'),
  folder(
    'screen',
    SCREENS.map((name) => `src/${name}`),
  ),
  folder('photo', 'src/photo'),
  folder('post', 'src/post'),
  folder('engine', 'src/engine'),
  folder('storage', 'src/storage'),
  folder('i18n', 'src/i18n'),
  folder('ui', 'src/ui'),
  folder('decoding', 'workers/captioner/decoding'),
  folder('matching', 'workers/captioner/matching'),
  folder('pixels', 'workers/captioner/photo'),
  folder('packs', 'workers/captioner/packs'),
  folder('runtime', 'workers/captioner/runtime'),
  folder('composing', 'workers/captioner/compose'),
  folder('captioner', 'workers/captioner'),
  folder('offline', 'workers/offline'),
  folder('evaluation', 'evaluation'),
  folder('e2e', 'e2e'),
  folder('scripts', 'scripts'),
];

const CONTRACT = 'contract';
const CONTRACT_FILE = 'workers/captioner/contract.ts';
const files = [{ category: CONTRACT, pattern: CONTRACT_FILE }];

/** @type {Record<string, { to: string[], contract?: boolean }>} */
const ALLOWED = {
  app: { to: ['screen', 'photo', 'post', 'engine', 'storage', 'i18n', 'ui'], contract: true },
  screen: { to: ['photo', 'post', 'engine', 'storage', 'i18n', 'ui'], contract: true },
  post: { to: ['i18n'], contract: true },
  photo: { to: ['i18n'] },
  storage: { to: ['post'], contract: true },
  engine: { to: [], contract: true },
  i18n: { to: [], contract: true },
  ui: { to: ['i18n'] },
  decoding: { to: [], contract: true },
  matching: { to: [], contract: true },
  packs: { to: [], contract: true },
  pixels: { to: ['packs'], contract: true },
  runtime: { to: ['packs', 'decoding'], contract: true },
  composing: {
    to: ['decoding', 'matching', 'packs', 'pixels', 'runtime', 'captioner'],
    contract: true,
  },
  captioner: { to: ['composing', 'decoding', 'matching', 'packs', 'pixels', 'runtime'] },
  evaluation: {
    to: ['composing', 'decoding', 'matching', 'packs', 'pixels', 'runtime'],
    contract: true,
  },
  // A test may look at whatever it tests.
  e2e: { to: elements.map(({ type }) => type), contract: true },
};

const policies = Object.entries(ALLOWED).flatMap(([from, { to, contract }]) => [
  {
    from: { element: { type: from } },
    allow: { to: { element: { types: { anyOf: [from, ...to] } } } },
  },
  ...(contract === true
    ? [
        {
          from: { element: { type: from } },
          allow: { to: { file: { categories: CONTRACT } } },
        },
      ]
    : []),
]);

export const boundarySettings = {
  'boundaries/elements': elements,
  'boundaries/files': files,
  'boundaries/include': ['src/**/*', 'workers/**/*', 'evaluation/**/*', 'e2e/**/*'],
  'import/resolver': { typescript: { alwaysTryTypes: true, noWarnOnMultipleProjects: true } },
};

/** @type {import('eslint').Linter.RulesRecord} */
export const boundaryRules = {
  'boundaries/no-unknown-files': 'error',
  'boundaries/dependencies': [
    'error',
    {
      default: 'disallow',
      message: 'ARCHITECTURE.md: this folder may not import that one.',
      policies,
    },
  ],
};
