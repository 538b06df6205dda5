import type { ComposeScreen } from './composeScreen.ts';

/** A caption on offer, and what is said of it: its source, its tone, how surely it fits. */
export interface Offer {
  readonly text: string;
  readonly marks: readonly string[];
}

export async function readOffers({ captionOptions }: ComposeScreen): Promise<Offer[]> {
  return captionOptions.evaluateAll((options) =>
    options.map((option) => ({
      text: option.querySelector('.choice-text')?.textContent ?? '',
      marks: [...option.querySelectorAll('.choice-marks > span')].map(
        ({ textContent }) => textContent,
      ),
    })),
  );
}

export async function readOffered(compose: ComposeScreen): Promise<string[]> {
  return (await readOffers(compose)).map(({ text }) => text);
}
