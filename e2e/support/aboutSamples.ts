import type { Language } from './composeScreen.ts';

/**
 * Words of which at least one must come up in a sample's post, in its caption, hashtags or alt text.
 * The rocket has none: the training photos hold nothing like it.
 */
export const ABOUT_SAMPLE: Record<string, Record<Language, RegExp>> = {
  cat: { en: /\b(cats?|kitten|kitty)\b/iu, ko: /고양이|냥/u },
  coffee: { en: /\b(coffee|latte|cappuccino|cup|cafe)\b/iu, ko: /커피|라떼|카페|잔/u },
  flower: { en: /\b(flowers?|blossoms?|bloom\w*)\b/iu, ko: /꽃/u },
  temple: { en: /\b(temple|building|architecture|palace)\b/iu, ko: /절|사원|건물|건축|궁/u },
  astronaut: { en: /\b(woman|girl|person|smil\w+|portrait)\b/iu, ko: /여자|사람|웃|미소|인물/u },
};
