import { BAD_FILES, sample } from './support/files.ts';
import { expectPost } from './support/expectPost.ts';
import { expect, test } from './support/test.ts';

for (const [language, locale] of [
  ['en', 'en-US'],
  ['ko', 'ko-KR'],
] as const) {
  test.describe(`bad files, ${language}`, () => {
    test.use({ locale });

    for (const { what, name, mimeType, make } of BAD_FILES) {
      test(`${what} gets a sentence, and a good photo goes on`, async ({ compose, page }) => {
        await compose.open();
        await compose.choose({ name, mimeType, buffer: await make() });
        const alert = page.getByRole('alert');
        await expect(alert).toBeVisible();
        const sentence = await alert.innerText();
        expect(/\p{Script=Hangul}/u.test(sentence)).toBe(language === 'ko');
        expect(sentence.length).toBeGreaterThan(15);
        expectPost(await compose.write(sample('coffee')), language);
        await expect(alert).toBeHidden();
      });
    }
  });
}

test('each kind of bad file has its own sentence', async ({ compose, page }) => {
  await compose.open();
  const sentences = [];
  for (const { name, mimeType, make } of BAD_FILES) {
    await compose.startAfresh();
    await compose.choose({ name, mimeType, buffer: await make() });
    const alert = page.getByRole('alert');
    await expect(alert).toBeVisible();
    sentences.push(await alert.innerText());
  }
  expect(new Set(sentences).size).toBe(BAD_FILES.length);
});

test('a bad file leaves the post before it alone', async ({ compose, page }) => {
  await compose.open();
  const post = await compose.write(sample('cat'));
  await compose.choose({ name: 'empty.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) });
  await expect(page.getByRole('alert')).toBeVisible();
  expect(await compose.read()).toEqual(post);
});
