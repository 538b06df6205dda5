import { describe, expect, it } from 'vitest';
import { readCsv, writeCsv } from './csv.ts';

const read = (text: string) => readCsv(text).map(({ text: line, tags }) => [line, ...tags]);

describe('readCsv', () => {
  it('reads lines and tags, quotes, commas and line ends in quotes', () => {
    expect(read('"바다, 그리고 ""나""","#바다 #여름"\r\n"두 줄\n짜리",\r\n')).toEqual([
      ['바다, 그리고 "나"', '바다', '여름'],
      ['두 줄\n짜리'],
    ]);
  });

  it.each([
    ['tabs', 'line\ttags\nSea, finally\tsea wave\n'],
    ['semicolons', 'line;tags\nSea, finally;sea wave\n'],
    ['another order', 'Tags,Date,Caption\n"sea wave",2026,"Sea, finally"\n'],
  ])('finds the columns by their heading: %s', (_, text) => {
    expect(read(text)).toEqual([['Sea, finally', 'sea', 'wave']]);
  });

  it.each(['문장,태그', '글,해시태그', 'TEXT,Hashtags'])('knows the heading %s', (heading) => {
    expect(read(`${heading}\n바다,여름\n`)).toEqual([['바다', '여름']]);
  });

  it('needs no heading', () => {
    expect(read('Sea at last,sea\nBread first,bakery\n')).toEqual([
      ['Sea at last', 'sea'],
      ['Bread first', 'bakery'],
    ]);
  });

  it('leaves sentences with commas whole', () => {
    const prose = ['Good morning, sunshine', 'Salt, sand, and nothing else', 'Home'];
    expect(read(prose.join('\n'))).toEqual(prose.map((line) => [line]));
    expect(read('Good morning, sunshine\nSlow days, warm hands\n')).toEqual([
      ['Good morning, sunshine'],
      ['Slow days, warm hands'],
    ]);
    expect(read('caption\nOne, two\nThree\n')).toEqual([['One, two'], ['Three']]);
  });

  it('loses nothing behind a quotation mark that is never closed', () => {
    expect(read('"Oh,sea\nBread first,bakery\n')).toEqual([
      ['"Oh', 'sea'],
      ['Bread first', 'bakery'],
    ]);
  });

  it('says where each line stood', () => {
    expect(readCsv('line,tags\n\na,b\n').map(({ at }) => at)).toEqual([3]);
  });
});

describe('writeCsv', () => {
  const lines = [
    { text: '바다, 그리고 "나"', tags: ['바다', '여름'] },
    { text: '두 줄\n짜리 🌊', tags: [] },
    { text: '=HYPERLINK("http://x","y")', tags: ['sea'] },
    { text: '+1 for the sea', tags: [] },
    { text: '-5 and smiling', tags: [] },
    { text: '@home', tags: [] },
    { text: "'-'", tags: [] },
    { text: "'=1", tags: [] },
    { text: '＝全角', tags: [] },
    { text: "'quoted'", tags: [] },
  ];

  it('reads back letter for letter', () => {
    expect(readCsv(writeCsv(lines).slice(1)).map(({ text, tags }) => ({ text, tags }))).toEqual(
      lines,
    );
  });

  it('begins with the mark that spreadsheets need for Hangul', () => {
    expect(writeCsv(lines).startsWith('\uFEFF"line","tags"\r\n')).toBe(true);
  });

  it('holds no cell that a spreadsheet would take for a formula', () => {
    const cells = writeCsv(lines).matchAll(/(?:^\uFEFF?|,)"((?:[^"]|"")*)"/gmu);
    const starts = [...cells].map(([, cell]) => cell?.[0] ?? '');
    expect(starts.length).toBe(2 * (lines.length + 1));
    expect(starts.join('')).not.toMatch(/[=+\-@＝\t\r]/u);
  });
});
