import type { Page } from '@playwright/test';
import { en } from '../src/i18n/en.ts';
import { readOffers } from './support/captionOptions.ts';
import { sample } from './support/files.ts';
import { MyLines, textFile } from './support/myLines.ts';
import { expect, test } from './support/test.ts';

const COFFEE = 'Coffee first, everything else can wait ☕';
const KOREAN_COFFEE = '커피 한 잔이면 오늘도 괜찮아 ☕';

/** Five thousand lines as people have them: 4,990 to take, and some of every kind of trouble. */
function manyLines(): { csv: string; added: number; known: number } {
  const long = 'a'.repeat(10_000);
  const rows = Array.from({ length: 4987 }, (_, index) => {
    const word = index % 3 === 0 ? `오늘의 한마디 ${index}` : `A line for day ${index}`;
    const text = index % 5 === 0 ? `${word} 🌿👨‍👩‍👧` : word;
    const written = index % 7 === 0 ? text.normalize('NFD') : text;
    return index % 2 === 0 ? `"${written}, really","#일상 daily"` : `${written},`;
  });
  const extra = [
    '"She said ""slow down"", so I did","#slow"', // quotes
    `"${COFFEE}","#coffee"`,
    `"${KOREAN_COFFEE}","#커피"`,
    '', // empty
    '   ,',
    'a line FOR day 1,', // twins of what is there, in other letters
    '"A  line for day 2, REALLY",',
    '"오늘의 한마디 6, really",',
    `${long},`,
  ];
  const csv = ['line,tags', ...rows, ...extra].join('\r\n');
  return { csv, added: 4990, known: 3 };
}

test('five thousand lines: taken, refused with a reason, exported, wiped, and imported again', async ({
  compose,
  page,
}) => {
  const lines = new MyLines(page);
  await compose.open();
  await lines.open();
  const { csv, added, known } = manyLines();
  await lines.import(textFile('mine.csv', csv));
  await expect(lines.report).toContainText(`Added ${added.toLocaleString('en')} lines.`);
  await expect(lines.report).toContainText(`${known} were there already.`);
  await expect(lines.report).toContainText(
    'was refused: it has 10,000 characters, and Instagram takes 2,200 at most.',
  );
  await lines.expectCount(added);
  await expect(lines.dialog.getByText(en.lines.notReady)).toBeHidden();

  const exported = await lines.export();
  await lines.clear();
  await lines.import(textFile('again.csv', exported));
  await expect(lines.report).toContainText(`Added ${added.toLocaleString('en')} lines.`);
  await lines.expectCount(added);
  expect((await lines.export()).equals(exported), 'the same file, byte for byte').toBe(true);
  await lines.search.fill('SLOW  down');
  await expect(lines.rows).toHaveText([/^She said "slow down", so I did\s*#slow$/u]);
});

test('a line of the person is offered where it fits, as theirs, and outlives a reload', async ({
  compose,
  page,
}) => {
  const lines = new MyLines(page);
  await compose.open();
  await lines.open();
  await lines.import(
    textFile('mine.csv', `line,tags\n"${COFFEE}",coffee\n"${KOREAN_COFFEE}",커피`),
  );
  await expect(lines.report).toContainText('Added 2 lines.');
  await lines.close();
  await compose.write(sample('coffee'));
  await expectOwn(page, COFFEE);
  const texts = (await readOffers(compose)).map(({ text }) => text);
  expect(texts, 'Hangul is for Korean posts').not.toContain(KOREAN_COFFEE);
  await compose.postAfter(() => page.getByRole('radio', { name: en.post.ko }).check());
  await expectOwn(page, KOREAN_COFFEE);

  await page.reload();
  await lines.open();
  await lines.expectCount(2);
  await lines.close();
  await page.getByRole('button', { name: en.post.putAway }).click();
  await compose.write(sample('coffee'));
  // Which language the draft was in depends on how far its save had come.
  const isKorean = await page.getByRole('radio', { name: en.post.ko }).isChecked();
  await expectOwn(page, isKorean ? KOREAN_COFFEE : COFFEE);
});

test('lines that are added beside a post are offered for it at once', async ({ compose, page }) => {
  const lines = new MyLines(page);
  await compose.open();
  await compose.write(sample('coffee'));
  await lines.open();
  await lines.import(textFile('mine.csv', `line,tags\n"${COFFEE}",coffee`));
  await expect(lines.report).toContainText('Added 1 line.');
  await compose.postAfter(() => lines.close());
  await expectOwn(page, COFFEE);
});

test('pasted lines: what is refused stays in the field; one removed can come back', async ({
  compose,
  page,
}) => {
  const lines = new MyLines(page);
  await compose.open();
  await lines.open();
  const long = '가'.repeat(2201);
  await lines.paste(`Slow mornings\n\n느린 아침\nslow  MORNINGS\n${long}`);
  await expect(lines.report).toContainText('Added 2 lines. 1 was there already.');
  await expect(lines.report).toContainText('Line 5 was refused: it has 2,201 characters');
  await expect(lines.field).toHaveValue(long);
  await expect(lines.rows).toHaveText(['느린 아침', 'Slow mornings']);

  await lines.rows.first().getByRole('button').click();
  await expect(lines.rows).toHaveText(['Slow mornings']);
  await lines.dialog.getByRole('button', { name: en.lines.undo }).click();
  await expect(lines.rows).toHaveText(['느린 아침', 'Slow mornings']);

  await lines.close();
  await lines.open();
  await expect(lines.field).toHaveValue(long);
});

test('removing all is asked first', async ({ compose, page }) => {
  const lines = new MyLines(page);
  await compose.open();
  await lines.open();
  await lines.paste('Slow mornings');
  await lines.expectCount(1);
  await lines.dialog.getByRole('button', { name: en.lines.clear }).click();
  const keep = lines.dialog.getByRole('button', { name: en.lines.clearKeep });
  await expect(keep).toBeFocused();
  await keep.click();
  await lines.expectCount(1);
  await lines.clear();
  await page.reload();
  await lines.open();
  await lines.expectCount(0);
});

// "똠방각하, 바다" as Korean Windows saves it; the first letter is one that only CP949 has.
const CP949 = Buffer.from([
  0x8c, 0x63, 0xb9, 0xe6, 0xb0, 0xa2, 0xc7, 0xcf, 0x2c, 0x20, 0xb9, 0xd9, 0xb4, 0xd9, 0x0d, 0x0a,
]);

for (const { what, file, rows } of [
  { what: 'CP949', file: textFile('a.txt', CP949), rows: ['똠방각하, 바다'] },
  {
    what: 'UTF-16',
    file: textFile('a.txt', Buffer.from('\uFEFF느린 아침\r\nCafé\r\n', 'utf16le')),
    rows: ['Café', '느린 아침'],
  },
  {
    what: 'a table with tabs',
    file: textFile('a.tsv', 'tags\t문장\n#바다\t파도'),
    rows: ['파도#바다'],
  },
]) {
  test(`a file in ${what} is read as it was meant`, async ({ compose, page }) => {
    const lines = new MyLines(page);
    await compose.open();
    await lines.open();
    await lines.import(file);
    await expect(lines.rows).toHaveText(rows);
  });
}

for (const { file, says } of [
  {
    file: textFile('a.csv', Buffer.from('PK\u0003\u0004rest')),
    says: en.lines.problem.spreadsheet,
  },
  {
    file: textFile('a.book', Buffer.from([0x1f, 0x8b, 1, 2])),
    says: en.lines.problem['broken-book'],
  },
  { file: textFile('a.txt', '\n  \n'), says: en.lines.nothingFound },
]) {
  test(`a file with no lines in it: "${says}"`, async ({ compose, page }) => {
    const lines = new MyLines(page);
    await compose.open();
    await lines.open();
    await lines.import(file);
    await expect(lines.report).toContainText(says);
    await lines.expectCount(0);
  });
}

test('an import that is cancelled leaves nothing behind', async ({ compose, page }) => {
  const lines = new MyLines(page);
  await compose.open();
  await lines.open();
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.context().route('**/models/decoders/**', async (route) => {
    await held;
    await route.continue().catch(() => undefined); // the worker may have given the request up
  });
  await lines.paste('Slow mornings');
  await lines.dialog.getByRole('button', { name: en.lines.cancel }).click();
  await expect(lines.report).toContainText(en.lines.cancelled);
  await lines.expectCount(0);
  await expect(lines.field).toHaveValue('Slow mornings');
  release();
});

test('without a model the lines are kept, and offered once it is there', async ({
  compose,
  page,
  watch,
}) => {
  const lines = new MyLines(page);
  await compose.open();
  await lines.open();
  await page.context().route('**/models/**', (route) => route.abort('internetdisconnected'));
  await lines.import(textFile('mine.csv', `line,tags\n"${COFFEE}",coffee`));
  await expect(lines.dialog.getByText(en.lines.notReady)).toBeVisible();
  await lines.expectCount(1);
  await lines.close();
  watch.errors.length = 0; // the browser itself reports the requests that were cut
  await page.context().unroute('**/models/**');
  await compose.write(sample('cat'));
  await compose.write(sample('coffee'));
  await expectOwn(page, COFFEE);
});

test('where nothing can be kept, the lines last for the visit, and that is said', async ({
  compose,
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', {
      get: () => {
        throw new DOMException('blocked', 'SecurityError');
      },
    });
  });
  const lines = new MyLines(page);
  await compose.open();
  await lines.open();
  await lines.import(textFile('mine.csv', `line,tags\n"${COFFEE}",coffee`));
  await expect(lines.dialog.getByText(en.lines.notKept)).toBeVisible();
  await lines.close();
  await compose.write(sample('coffee'));
  await expectOwn(page, COFFEE);
});

async function expectOwn(page: Page, text: string): Promise<void> {
  const own = page.getByTestId('caption-option').filter({ hasText: text });
  await expect(own).toContainText(en.caption.source.own);
}
