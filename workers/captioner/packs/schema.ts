import * as v from 'valibot';
import type { PackSummary, TaskId } from '../contract.ts';
import { CaptionerError } from './failure.ts';

/** Of `catalog.json` and of `vocabulary.json`: the newest that this app understands. */
const FORMAT_VERSION = 1;

const TASK_IDS = [
  'plain-en',
  'plain-ko',
  'instagram-en',
  'instagram-ko',
  'romantic-en',
  'humorous-en',
  'hashtags',
] as const satisfies readonly TaskId[];

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** A record with an entry for each task that a pack knows. */
function byTask<S extends v.GenericSchema>(value: S) {
  const optional = v.exactOptional(value);
  return v.object({
    'plain-en': optional,
    'plain-ko': optional,
    'instagram-en': optional,
    'instagram-ko': optional,
    'romantic-en': optional,
    'humorous-en': optional,
    hashtags: optional,
  } satisfies Record<TaskId, unknown>);
}

const file = v.object({
  /** Below `models/`; the name carries the start of the hash. */
  path: v.pipe(v.string(), v.regex(/^[\w-]+\/[\w.-]+-[0-9a-f]{8}\.\w+$/u)),
  bytes: count,
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u)),
});

const decoding = v.object({
  beamWidth: count,
  lengthExponent: v.number(),
  minLength: index,
  maxLength: count,
  noRepeatNgram: index,
  /** Packs before it let words come again. */
  noRepeatWord: v.exactOptional(v.boolean(), false),
});

const selfTest = v.pipe(
  v.object({
    /** What the numbers below are of. */
    task: v.exactOptional(v.picklist(TASK_IDS), 'plain-en'),
    /** Means over the grid's regions of its first channels, for the test pattern. */
    gridMean: v.pipe(v.array(v.number()), v.minLength(1)),
    /** What the task's greedy decoding then says, and the natural logarithms of the probabilities. */
    tokens: v.pipe(v.array(index), v.minLength(1)),
    logProbabilities: v.array(v.number()),
  }),
  v.check((test) => test.tokens.length === test.logProbabilities.length, 'one number a token'),
);

const weight = v.number();
const ofTags = { required: weight, agreement: weight, rarity: weight };
const match = v.object({
  /** Names the vector space: towers and books of one space go together. */
  space: v.string(),
  photoTower: file,
  textTower: file,
  /** Weights of logistic scores by kind of line, calibrated on the dev split: see `matching/score.ts`. */
  ranking: v.object({
    photo: v.object({ bias: weight, match: weight, photo: weight, ...ofTags }),
    concept: v.object({ bias: weight, match: weight, ...ofTags }),
    own: v.object({ bias: weight, match: weight, required: weight }),
    written: v.object({ bias: weight, match: weight, logProbability: weight }),
    floor: share,
    sure: share,
    maybe: share,
  }),
});

const book = v.object({
  language: v.picklist(['ko', 'en']),
  space: v.string(),
  lines: index,
  file,
  licence: v.string(),
});

const thresholds = v.object({ sure: v.number(), maybe: v.number() });

const pack = v.pipe(
  v.object({
    id: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/u)),
    title: v.object({ en: v.string(), ko: v.string() }),
    /** The published system that it stands for. */
    system: v.string(),
    attention: v.picklist(['none', 'soft', 'look-back']),
    encoder: v.object({ /** What the encoder learned from. */ supervision: v.string() }),
    /** The square's side, in pixels. */
    inputSize: count,
    grid: v.object({ rows: count, columns: count }),
    tasks: v.pipe(v.array(v.picklist(TASK_IDS)), v.minLength(1)),
    files: v.object({ encoder: file, start: file, step: file, vocabulary: file }),
    /** What ranks captions; a pack without it offers the decoder's own lines alone. */
    match: v.exactOptional(match),
    decoding: byTask(decoding),
    hashtags: v.object({ maximum: count, decoderWeight: share, threshold: share }),
    /** Thresholds on the alt text's mean log-probability, by the language it is in. */
    confidence: v.nullable(v.object({ en: thresholds, ko: thresholds })),
    selfTest,
    licence: v.string(),
    trainedOn: v.array(v.string()),
    parameters: count,
    scores: v.nullable(v.record(v.string(), v.unknown())),
  }),
  v.check(
    ({ tasks, decoding }) => tasks.every((id) => decoding[id] !== undefined),
    'every task needs its decoding settings',
  ),
);

const catalog = v.object({
  version: v.literal(FORMAT_VERSION),
  packs: v.array(pack),
  books: v.exactOptional(v.array(book), []),
});

const vocabulary = v.pipe(
  v.object({
    version: v.literal(FORMAT_VERSION),
    pieces: v.pipe(v.array(v.string()), v.minLength(1)),
    /** SentencePiece's log-probability of each piece: what text is cut into pieces by. */
    scores: v.exactOptional(v.array(v.number())),
    unknown: index,
    end: index,
    tasks: byTask(index),
    hashtags: v.array(
      v.object({
        id: index,
        concept: v.string(),
        en: v.pipe(v.array(v.string()), v.minLength(1)),
        ko: v.pipe(v.array(v.string()), v.minLength(1)),
      }),
    ),
    /** Pieces that start one content word, together; a piece is in one group at most. */
    words: v.exactOptional(v.array(v.pipe(v.array(index), v.minLength(1))), []),
  }),
  v.check(
    (table) => idsFollow(table.pieces.length, table.hashtags, Object.values(table.tasks)),
    'ids are pieces, then hashtags, then tasks, without gaps',
  ),
  v.check(
    ({ pieces, unknown, end }) => unknown < pieces.length && end < pieces.length,
    'the control tokens are pieces',
  ),
  v.check(
    ({ pieces, scores }) => scores === undefined || scores.length === pieces.length,
    'one score a piece',
  ),
  v.check(
    ({ pieces, words }) =>
      words.flat().every((id) => id < pieces.length) &&
      new Set(words.flat()).size === words.flat().length,
    'words are of pieces, each in one word at most',
  ),
);

function idsFollow(
  pieces: number,
  hashtags: readonly { id: number }[],
  tasks: readonly number[],
): boolean {
  const ids = [...hashtags.map(({ id }) => id), ...tasks.toSorted((a, b) => a - b)];
  return ids.every((id, at) => id === pieces + at);
}

export type Catalog = v.InferOutput<typeof catalog>;
export type Pack = v.InferOutput<typeof pack>;
export type Match = v.InferOutput<typeof match>;
export type PackFile = v.InferOutput<typeof file>;
export type SelfTest = v.InferOutput<typeof selfTest>;
export type Vocabulary = v.InferOutput<typeof vocabulary>;

/** @throws CaptionerError `catalog-newer` or `catalog-invalid` */
export function parseCatalog(json: unknown): Catalog {
  return parse(catalog, json, 'catalog.json');
}

/** @throws CaptionerError `catalog-newer` or `catalog-invalid` */
export function parseVocabulary(json: unknown): Vocabulary {
  return parse(vocabulary, json, 'the vocabulary');
}

function parse<S extends v.GenericSchema>(
  schema: S,
  json: unknown,
  name: string,
): v.InferOutput<S> {
  // First of all: a later format may differ in everything but this field.
  const head = v.safeParse(v.object({ version: v.number() }), json);
  if (head.success && head.output.version > FORMAT_VERSION) {
    throw new CaptionerError('catalog-newer', `${name} has format ${head.output.version}`);
  }
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  throw new CaptionerError('catalog-invalid', `${name}: ${describe(result.issues)}`);
}

function describe([issue]: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  return `${v.getDotPath(issue) ?? 'root'}: ${issue.message}`;
}

/** All files of a pack, its towers among them; books are not a pack's. */
export function filesOf({ files, match: towers }: Pack): PackFile[] {
  return [...Object.values(files), ...(towers ? [towers.photoTower, towers.textTower] : [])];
}

/** What the page shows of a pack. */
export function summarize(shown: Pack): PackSummary {
  const { id, title, system, tasks } = shown;
  const bytes = filesOf(shown).reduce((sum, file) => sum + file.bytes, 0);
  return { id, title, system, bytes, tasks };
}
