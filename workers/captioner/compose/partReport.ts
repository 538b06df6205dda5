import type { ComposeEvent, Part } from '../contract.ts';
import type { TokenTable } from '../decoding/tasks.ts';
import { readGrowing } from './outcome.ts';
import type { Writing } from './plan.ts';

/** Tells of one part of a post while it is being written. */
export class PartReport {
  readonly #part: Part;
  readonly #writings: readonly Writing[];
  #text = '';
  #done = false;

  /** @param writings the first one is shown */
  constructor(part: Part, writings: readonly Writing[]) {
    this.#part = part;
    this.#writings = writings;
  }

  /** What there is to tell since the last time. Hashtags have no order until all are known. */
  news(table: TokenTable): readonly ComposeEvent[] {
    const [shown] = this.#writings;
    if (!shown || this.#done) return [];
    const part = this.#part;
    const text = part === 'hashtags' ? '' : readGrowing(shown, table);
    const news: ComposeEvent[] = text === this.#text ? [] : [{ type: 'token', part, text }];
    this.#text = text;
    this.#done = this.#writings.every(({ search }) => search.done);
    return this.#done ? [...news, { type: 'part', part }] : news;
  }
}
