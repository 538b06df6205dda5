import { en } from '../src/i18n/en.ts';
import { SAMPLES } from '../src/photo/sampleList.ts';
import { ABOUT_SAMPLE } from './support/aboutSamples.ts';
import { expectPost } from './support/expectPost.ts';
import { expect, test } from './support/test.ts';

for (const [language, locale] of [
  ['en', 'en-US'],
  ['ko', 'ko-KR'],
] as const) {
  test.describe(`samples, ${language}`, () => {
    test.use({ locale });

    test('each sample becomes a post of its own', async ({ compose }) => {
      await compose.open();
      const count = SAMPLES.length;
      await expect(compose.samples).toHaveCount(count);
      const posts = [];
      for (const [i, { id }] of SAMPLES.entries()) {
        await compose.startAfresh();
        const post = await compose.postAfter(() => compose.samples.nth(i).click());
        expectPost(post, language);
        const about = ABOUT_SAMPLE[id]?.[language];
        if (about) expect(Object.values(post).flat().join(' '), id).toMatch(about);
        posts.push(post);
      }
      expect(new Set(posts.map(({ caption }) => caption)).size, 'captions').toBe(count);
      expect(new Set(posts.map(({ altText }) => altText)).size, 'alt texts').toBe(count);
      expect(new Set(posts.map(({ hashtags }) => hashtags.join())).size, 'hashtags').toBe(count);
    });
  });
}

test('the language of the post can be switched and switched back', async ({ compose, page }) => {
  const languages = page.getByRole('radiogroup', { name: en.post.language });
  await compose.open();
  const english = await compose.postAfter(() => compose.samples.first().click());
  expectPost(english, 'en');
  const korean = await compose.postAfter(() => languages.getByText(en.post.ko).click());
  expectPost(korean, 'ko');
  await languages.getByText(en.post.en).click();
  expect(await compose.finished()).toEqual(english);
});
