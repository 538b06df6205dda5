import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { matchForTests } from './match.testing.ts';
import { filesOf, parseCatalog, parseVocabulary, summarize, type Catalog } from './schema.ts';

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../public/models/${path}`, import.meta.url), 'utf8'));

const shipped = parseCatalog(read('catalog.json'));
const [pack] = shipped.packs;
if (!pack) throw new Error('nothing is shipped');

/** The shipped catalog with its pack changed. */
function changed(change: object): unknown {
  return { ...shipped, packs: [{ ...pack, ...change }] };
}

const failure = (code: string, text: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(text) as string }) as Error;

test('the shipped catalog and vocabularies are what the schema says', () => {
  for (const { files, tasks } of shipped.packs) {
    const vocabulary = parseVocabulary(read(files.vocabulary.path));
    expect(Object.keys(vocabulary.tasks).sort()).toEqual([...tasks].sort());
  }
});

test('a pack in short', () => {
  const { encoder, start, step, vocabulary } = pack.files;
  const { match } = matchForTests;
  const { photoTower, textTower } = match;
  expect(filesOf({ ...pack, match })).toEqual([
    ...[encoder, start, step, vocabulary],
    ...[photoTower, textTower],
  ]);
  expect(summarize({ ...pack, match })).toEqual({
    id: 'hanmadi',
    title: pack.title,
    system: pack.system,
    bytes: encoder.bytes + start.bytes + step.bytes + vocabulary.bytes + 3_000,
    tasks: pack.tasks,
  });
});

test('a match model and books are read where there are some', () => {
  const { match, book } = matchForTests;
  const catalog = parseCatalog({ ...(changed({ match }) as object), books: [book] });
  expect(catalog.packs[0]?.match).toEqual(match);
  expect(catalog.books).toEqual([book]);
  const { version, packs } = shipped;
  expect(parseCatalog({ version, packs }).books).toEqual([]);
});

test('what a later version may add is left out, not refused', () => {
  const parsed: Catalog = parseCatalog(changed({ mood: 'sunny' }));
  expect(parsed.packs[0]).toEqual(pack);
});

test('a pack from before words were counted lets them come again', () => {
  const settings = {
    beamWidth: 1,
    lengthExponent: 1,
    minLength: 1,
    maxLength: 2,
    noRepeatNgram: 2,
  };
  const parse = (change: object) =>
    parseCatalog(
      changed({ tasks: ['plain-en'], decoding: { 'plain-en': { ...settings, ...change } } }),
    ).packs[0]?.decoding['plain-en']?.noRepeatWord;
  expect(parse({})).toBe(false);
  expect(parse({ noRepeatWord: true })).toBe(true);
  const before = { version: 1, pieces: ['a'], unknown: 0, end: 0, tasks: {}, hashtags: [] };
  expect(parseVocabulary(before).words).toEqual([]);
});

test('a later format says so, whatever else is in it', () => {
  const later = failure('catalog-newer', 'format 7');
  expect(() => parseCatalog({ version: 7, models: [] })).toThrow(later);
  expect(() => parseVocabulary({ version: 7 })).toThrow(later);
});

test.each([
  { what: 'no object', json: null, text: 'root' },
  { what: 'no version', json: { packs: [] }, text: 'version' },
  { what: 'a missing field', json: changed({ inputSize: undefined }), text: 'packs.0.inputSize' },
  { what: 'an unknown task', json: changed({ tasks: ['haiku-en'] }), text: 'packs.0.tasks.0' },
  { what: 'a task without settings', json: changed({ decoding: {} }), text: 'decoding settings' },
  {
    what: 'a path out of the folder',
    json: changed({
      files: { ...pack.files, step: { ...pack.files.step, path: '../x/y-01234567.onnx' } },
    }),
    text: 'packs.0.files.step.path',
  },
  {
    what: 'a ranking with a weight missing',
    json: changed({ match: { ...matchForTests.match, ranking: { floor: 0 } } }),
    text: 'packs.0.match.ranking',
  },
  {
    what: 'a self-test that does not add up',
    json: changed({ selfTest: { ...pack.selfTest, tokens: [1] } }),
    text: 'one number a token',
  },
])('refused: $what', ({ json, text }) => {
  expect(() => parseCatalog(json)).toThrow(failure('catalog-invalid', text));
});

test.each([
  { what: 'a gap in the ids', change: { tasks: { 'plain-en': 5, hashtags: 6 } }, text: 'gaps' },
  { what: 'an end token out of range', change: { end: 3 }, text: 'control tokens' },
  { what: 'scores that do not fit', change: { scores: [0, 0] }, text: 'one score a piece' },
  {
    what: 'a hashtag without words',
    change: { hashtags: [{ id: 3, concept: 'x', en: [], ko: [] }] },
    text: 'hashtags.0.en',
  },
  { what: 'a word of no piece', change: { words: [[1, 3]] }, text: 'words' },
  { what: 'a piece of two words', change: { words: [[1], [0, 1]] }, text: 'words' },
  { what: 'a word without pieces', change: { words: [[]] }, text: 'words.0' },
])('refused in a vocabulary: $what', ({ change, text }) => {
  const good = {
    version: 1,
    pieces: ['<unk>', '<s>', '</s>'],
    unknown: 0,
    end: 2,
    tasks: { 'plain-en': 4, hashtags: 5 },
    hashtags: [{ id: 3, concept: 'dog', en: ['dog'], ko: ['개'] }],
    words: [[1], [0]],
  };
  expect(parseVocabulary(good)).toEqual(good);
  expect(() => parseVocabulary({ ...good, ...change })).toThrow(failure('catalog-invalid', text));
});
