import { join } from 'node:path';
import { ROOT } from '../scripts/lib/paths.mjs';
import { test } from './support/test.ts';

const FOLDER = join(ROOT, 'docs', 'screenshots');
const SIZES = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
};
const SAMPLE = { en: 'flower', ko: 'temple' };

for (const language of ['ko', 'en'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const size of ['phone', 'desktop'] as const) {
      test.describe(`${size} ${colorScheme} ${language}`, () => {
        test.use({
          locale: language,
          colorScheme,
          viewport: SIZES[size],
          hasTouch: size === 'phone',
          reducedMotion: 'reduce',
        });

        test('pictures', async ({ compose, page }) => {
          const shoot = (state: string): Promise<Buffer> =>
            page.screenshot({
              path: join(FOLDER, `${state}-${size}-${colorScheme}-${language}.jpg`),
              type: 'jpeg',
              quality: 70,
              animations: 'disabled',
            });
          await compose.open();
          await shoot('start');
          await compose.write(join(ROOT, 'public', 'samples', `${SAMPLE[language]}.jpg`));
          await shoot('post');
        });
      });
    }
  }
}
