import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPack, packBytes } from './catalog.ts';

let models: string;
beforeEach(() => {
  models = mkdtempSync(join(tmpdir(), 'hanmadi-'));
  writeCatalog();
});
afterEach(() => {
  rmSync(models, { recursive: true });
});

/** A catalog of one pack whose files hold a few letters: enough to be found and checked. */
function writeCatalog(): void {
  const file = (folder: string, content: string): object => {
    const sha256 = createHash('sha256').update(content).digest('hex');
    const path = `${folder}/toy-${sha256.slice(0, 8)}.bin`;
    mkdirSync(join(models, folder), { recursive: true });
    writeFileSync(join(models, path), content);
    return { path, bytes: content.length, sha256 };
  };
  const pack = {
    id: 'toy',
    title: { en: 'Toy', ko: '장난감' },
    system: 'none',
    attention: 'soft',
    encoder: { supervision: 'nothing' },
    inputSize: 8,
    grid: { rows: 1, columns: 1 },
    tasks: ['plain-en'],
    files: {
      encoder: file('encoders', 'encoder'),
      start: file('decoders', 'start'),
      step: file('decoders', 'step'),
      vocabulary: file('vocabularies', 'words'),
    },
    decoding: {
      'plain-en': {
        beamWidth: 1,
        lengthExponent: 1,
        minLength: 1,
        maxLength: 5,
        noRepeatNgram: 0,
      },
    },
    hashtags: { maximum: 8, decoderWeight: 0.5, threshold: 0.3 },
    confidence: null,
    selfTest: { gridMean: [0], tokens: [0], logProbabilities: [0] },
    licence: 'MIT',
    trainedOn: [],
    parameters: 1,
    scores: null,
  };
  writeFileSync(join(models, 'catalog.json'), JSON.stringify({ version: 1, packs: [pack] }));
}

test('a pack is found, and its size is that of all its files', () => {
  const { pack } = findPack(models, 'toy');
  expect(pack.id).toBe('toy');
  expect(packBytes(pack)).toBe('encoderstartstepwords'.length);
});

test('an unknown pack is an error that names the known ones', () => {
  expect(() => findPack(models, 'toys')).toThrow('has no pack toys; it has toy');
});

test('a file that was changed since the catalog was written is refused', () => {
  const { path } = findPack(models, 'toy').pack.files.step;
  writeFileSync(join(models, path), 'pets');
  expect(() => findPack(models, 'toy')).toThrow('is not the file that the catalog names');
});

test('a missing catalog is an error', () => {
  expect(() => findPack(join(models, 'none'), 'toy')).toThrow('ENOENT');
});
