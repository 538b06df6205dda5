import { type Sample } from './samples.ts';

const CC0 = 'https://creativecommons.org/publicdomain/zero/1.0/';
const CC_BY_2 = 'https://creativecommons.org/licenses/by/2.0/';

/** The photos in `public/samples/`; `CREDITS.md` there says where each comes from. */
export const SAMPLES: readonly Sample[] = [
  {
    id: 'cat',
    file: 'cat.jpg',
    width: 451,
    height: 300,
    author: 'Stéfan van der Walt',
    licence: 'CC0',
    licenceUrl: CC0,
  },
  {
    id: 'coffee',
    file: 'coffee.jpg',
    width: 600,
    height: 400,
    author: 'Rachel Michetti',
    licence: 'CC0',
    licenceUrl: CC0,
  },
  {
    id: 'flower',
    file: 'flower.jpg',
    width: 640,
    height: 427,
    author: 'vultilion / danielbuechele',
    licence: 'CC BY 2.0',
    licenceUrl: CC_BY_2,
  },
  {
    id: 'temple',
    file: 'temple.jpg',
    width: 640,
    height: 427,
    author: 'danielbuechele',
    licence: 'CC BY 2.0',
    licenceUrl: CC_BY_2,
  },
  {
    id: 'astronaut',
    file: 'astronaut.jpg',
    width: 512,
    height: 512,
    author: 'NASA',
    licence: 'public domain',
    licenceUrl: null,
  },
  {
    id: 'rocket',
    file: 'rocket.jpg',
    width: 640,
    height: 427,
    author: 'SpaceX',
    licence: 'public domain',
    licenceUrl: null,
  },
];
