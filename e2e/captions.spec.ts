import type { Page, Request } from '@playwright/test';
import sharp from 'sharp';
import { en } from '../src/i18n/en.ts';
import { bookLines, bookPath } from './support/books.ts';
import { readOffered, readOffers } from './support/captionOptions.ts';
import type { ComposeScreen } from './support/composeScreen.ts';
import { sample } from './support/files.ts';
import { expectPost } from './support/expectPost.ts';
import { expect, test } from './support/test.ts';

const SOURCES: readonly string[] = Object.values(en.caption.source);
const TONES: readonly string[] = Object.values(en.caption.tone);
const CERTAINTIES: readonly string[] = Object.values(en.caption.certainty);
const PICTURE = /\p{Extended_Pictographic}/u;

const others = (page: Page) => page.getByRole('button', { name: en.caption.others });

test('five captions, each with its source, its tone, and how surely it fits', async ({
  compose,
}) => {
  await compose.open();
  const { caption } = await compose.write(sample('coffee'));
  const offers = await readOffers(compose);
  expect(offers).toHaveLength(5);
  expect(offers[0]?.text).toBe(caption);
  for (const { marks } of offers) {
    expect(SOURCES).toContain(marks[0]);
    expect(CERTAINTIES).toContain(marks.at(-1));
    for (const tone of marks.slice(1, -1)) expect(TONES).toContain(tone);
  }
  const sources = new Set(offers.map(({ marks }) => marks[0]));
  expect(sources).toEqual(new Set([en.caption.source.book, en.caption.source.written]));
});

test('others are others: only the captions change, and those before can be had again', async ({
  compose,
  page,
}) => {
  await compose.open();
  const first = await compose.write(sample('temple'));
  const before = await readOffered(compose);
  const second = await compose.postAfter(() => others(page).click());
  const after = await readOffered(compose);
  expect(after.length).toBeGreaterThan(0);
  expect(after.filter((text) => before.includes(text))).toEqual([]);
  expect(second).toEqual({ ...first, caption: after[0] });
  await page.getByRole('button', { name: /from before/u }).click();
  await page.getByRole('radio', { name: before[1]! }).check();
  await expect(compose.caption).toHaveValue(before[1]!);
});

test('words of the person stay when others are asked for', async ({ compose, page }) => {
  await compose.open();
  await compose.write(sample('cat'));
  await compose.caption.fill('내 말이 먼저');
  const post = await compose.postAfter(() => others(page).click());
  expect(post.caption).toBe('내 말이 먼저');
});

test('what cannot be met is said: nothing else, and nothing at all', async ({ compose, page }) => {
  await compose.open();
  await compose.write(sample('cat'));
  await openWishes(page);
  // Few English lines do without these letters.
  await compose.postAfter(() => ban(page, 'e, a, u'));
  const all = new Set(await readOffered(compose));
  expect(all.size).toBeGreaterThan(0);
  const exhausted = page.getByText(en.caption.exhausted);
  for (let presses = 0; presses < 12 && !(await exhausted.isVisible()); presses += 1) {
    await compose.postAfter(() => others(page).click());
    for (const text of await readOffered(compose)) all.add(text);
  }
  await expect(exhausted).toBeVisible();
  for (const text of all) expect(text).not.toMatch(/[eau]/iu);
  const { caption } = await compose.postAfter(() => ban(page, 'e, a, u, o, i'));
  await expect(page.getByText(en.caption.nothingFits)).toBeVisible();
  expect(caption).not.toBe('');
});

test('wishes hold for every caption, wherever it comes from', async ({ compose, page }) => {
  await compose.open();
  const { hashtags, altText } = await compose.write(sample('coffee'));
  await openWishes(page);
  const wish = (group: string, name: string) =>
    compose.postAfter(() =>
      page
        .getByRole('radiogroup', { name: group })
        .getByRole('radio', { name, exact: true })
        .check(),
    );
  const post = await wish(en.wishes.tone, en.caption.tone.calm);
  expect(post).toMatchObject({ hashtags, altText });
  await expectOffers(compose, ({ marks }) => marks.includes(en.caption.tone.calm));
  await wish(en.wishes.tone, en.wishes.any);
  await wish(en.wishes.length, en.wishes.lengths.short);
  const letters = (text: string) => [...new Intl.Segmenter('en').segment(text)].length;
  await expectOffers(compose, ({ text }) => letters(text) <= 45);
  await wish(en.wishes.emoji, en.wishes.emojis.with);
  await expectOffers(compose, ({ text }) => PICTURE.test(text) && letters(text) <= 45);
  await wish(en.wishes.emoji, en.wishes.emojis.without);
  await expectOffers(compose, ({ text }) => !PICTURE.test(text));
  await wish(en.wishes.length, en.wishes.any);
  await compose.postAfter(() => ban(page, ' Coffee, cup '));
  await expectOffers(compose, ({ text }) => !/coffee|cup/iu.test(text));

  // Words that are not wanted are not wanted tomorrow either.
  await compose.startAfresh();
  await compose.write(sample('coffee'));
  await expectOffers(compose, ({ text }) => !/coffee|cup/iu.test(text));
});

test('two photos of a burst do not get the same caption', async ({ compose }) => {
  await compose.open();
  const twin = (brightness: number) =>
    sharp(sample('flower')).modulate({ brightness }).jpeg().toBuffer();
  const file = async (brightness: number) => ({
    name: 'burst.jpg',
    mimeType: 'image/jpeg',
    buffer: await twin(brightness),
  });
  const captions = [];
  for (const brightness of [1, 1.01, 1.02]) {
    captions.push((await compose.write(await file(brightness))).caption);
  }
  expect(new Set(captions).size).toBe(3);
});

test('the alt text is never a line of the book', async ({ compose }) => {
  await compose.open();
  const lines = bookLines('en');
  for (const name of ['cat', 'coffee', 'flower']) {
    const { altText } = await compose.write(sample(name));
    expect(lines.has(altText)).toBe(false);
    expect(await readOffered(compose)).not.toContain(altText);
  }
});

test('a book comes when it is first needed, once, and serves without a network', async ({
  compose,
  page,
  context,
}) => {
  const fetched: string[] = [];
  context.on('request', (request: Request) => {
    const path = new URL(request.url()).pathname.split('/models/')[1];
    if (path?.startsWith('books/') === true) fetched.push(path);
  });
  await compose.open();
  await compose.write(sample('cat'));
  expect(fetched).toEqual([bookPath('en')]);
  await compose.postAfter(() => page.getByRole('radio', { name: en.post.ko }).check());
  expect(fetched).toEqual([bookPath('en'), bookPath('ko')]);

  await context.setOffline(true);
  expectPost(await compose.write(sample('temple')), 'ko');
  await expect(page.getByText(en.caption.source.book).first()).toBeVisible();
  await compose.postAfter(() => page.getByRole('radio', { name: en.post.en }).check());
  await expect(page.getByText(en.caption.source.book).first()).toBeVisible();
  expect(fetched).toHaveLength(2);
});

test('a book that cannot be had: said quietly, with captions all the same, and tried again', async ({
  compose,
  page,
  context,
  watch,
}) => {
  await compose.open();
  await context.route('**/models/books/**', (route) => route.abort());
  expectPost(await compose.write(sample('cat')), 'en');
  await expect(page.getByText(en.caption.bookMissing)).toBeVisible();
  await expect(page.getByRole('alert')).toBeHidden();
  for (const { marks } of await readOffers(compose)) {
    expect(marks[0]).toBe(en.caption.source.written);
  }
  watch.errors.length = 0; // the browser's own line about the request
  await context.unroute('**/models/books/**');
  await compose.write(sample('temple'));
  await expect(page.getByText(en.caption.bookMissing)).toBeHidden();
  await expect(page.getByText(en.caption.source.book).first()).toBeVisible();
});

async function openWishes(page: Page): Promise<void> {
  await page.getByRole('button', { name: en.wishes.label }).click();
}

async function ban(page: Page, words: string): Promise<void> {
  const field = page.getByRole('textbox', { name: en.wishes.banned });
  await field.fill(words);
  await field.press('Enter');
}

type Offers = Awaited<ReturnType<typeof readOffers>>;

async function expectOffers(
  compose: ComposeScreen,
  isAsWished: (offer: Offers[number]) => boolean,
): Promise<void> {
  const offers = await readOffers(compose);
  expect(offers.length).toBeGreaterThan(0);
  expect(offers.filter((offer) => !isAsWished(offer))).toEqual([]);
}
