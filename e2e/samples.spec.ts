import { expectPost } from './support/expectPost.ts';
import { expect, test } from './support/test.ts';

for (const [language, locale] of [
  ['en', 'en-US'],
  ['ko', 'ko-KR'],
] as const) {
  test.describe(`samples, ${language}`, () => {
    test.use({ locale });

    test('each sample becomes a post of its own', async ({ compose, page }) => {
      await compose.open();
      const count = await compose.samples.count();
      expect(count).toBeGreaterThanOrEqual(4);
      const posts = [];
      for (let i = 0; i < count; i += 1) {
        await page.goto('./');
        const post = await compose.postAfter(() => compose.samples.nth(i).click());
        expectPost(post, language);
        posts.push(post);
      }
      expect(new Set(posts.map(({ caption }) => caption)).size, 'captions').toBe(count);
      expect(new Set(posts.map(({ altText }) => altText)).size, 'alt texts').toBe(count);
      expect(new Set(posts.map(({ hashtags }) => hashtags.join())).size, 'hashtags').toBe(count);
    });
  });
}

test('the language of the post can be switched and switched back', async ({ compose, page }) => {
  await compose.open();
  const english = await compose.postAfter(() => compose.samples.first().click());
  expectPost(english, 'en');
  const korean = await compose.postAfter(() => page.getByRole('radio', { name: '한국어' }).check());
  expectPost(korean, 'ko');
  await page.getByRole('radio', { name: 'English' }).check();
  await expect(compose.caption).toHaveValue(english.caption);
});
