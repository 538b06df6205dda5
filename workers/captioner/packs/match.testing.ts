/** What the catalog says of a match model and its book; the files are not there. */
const file = (path: string, bytes: number) => ({ path, bytes, sha256: 'ab'.repeat(32) });

export const matchForTests = {
  match: {
    space: 'test',
    photoTower: file('match/photo-abababab.onnx', 1_000),
    textTower: file('match/text-abababab.onnx', 2_000),
    ranking: {
      photo: { bias: 0, match: 1, photo: 1, required: 1, agreement: 1, rarity: 0 },
      concept: { bias: 0, match: 1, required: 1, agreement: 1, rarity: 0 },
      own: { bias: 0, match: 1, required: 1 },
      written: { bias: 0, match: 1, logProbability: 1 },
      floor: 0.1,
      sure: 0.8,
      maybe: 0.5,
    },
  },
  book: {
    language: 'ko',
    space: 'test',
    lines: 10,
    file: file('books/ko-abababab.book', 4_000),
    licence: 'MIT',
  },
} as const;
