import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { REPORTS } from '../scripts/lib/paths.mjs';
import type { PostText } from './support/composeScreen.ts';
import { expectPost } from './support/expectPost.ts';
import { dataIsThere, unpackTestPhotos } from './support/testPhotos.ts';
import { expect, test } from './support/test.ts';

test.describe('twenty photos of the test split', () => {
  test.skip(!dataIsThere, 'no ../shared/data beside the repository');
  test.setTimeout(600_000);

  for (const [language, locale] of [
    ['en', 'en-US'],
    ['ko', 'ko-KR'],
  ] as const) {
    test.describe(language, () => {
      test.use({ locale });

      test('a post for each, different from photo to photo', async ({ compose }) => {
        await compose.open();
        const posts: Record<string, PostText> = {};
        for (const path of unpackTestPhotos()) {
          const post = await compose.write(path);
          expectPost(post, language);
          posts[basename(path)] = post;
        }
        mkdirSync(REPORTS, { recursive: true });
        writeFileSync(join(REPORTS, `photos.${language}.json`), JSON.stringify(posts, null, 2));
        const all = Object.values(posts);
        expect(all).toHaveLength(20);
        expect(new Set(all.map((post) => JSON.stringify(post))).size).toBe(20);
        // Two dogs on two lawns may well share a sentence; a model that ignores the photo repeats all.
        for (const part of ['caption', 'altText'] as const) {
          expect(new Set(all.map((post) => post[part])).size, part).toBeGreaterThanOrEqual(17);
        }
      });
    });
  }
});
