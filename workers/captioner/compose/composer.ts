import type { ComposeEvent, ComposeRequest, ComposeResult, Timings } from '../contract.ts';
import { decode } from '../decoding/decode.ts';
import { vocabularySize, type TokenTable } from '../decoding/tasks.ts';
import { nextTask } from '../nextTask.ts';
import type { Pack } from '../packs/schema.ts';
import type { Graphs, Started } from '../runtime/graphs.ts';
import { captionsFor, type Matching } from './captions.ts';
import type { Matcher, Seen } from './matcher.ts';
import { readConfidence, readPost } from './outcome.ts';
import { PartReport } from './partReport.ts';
import { planPost, type Plan } from './plan.ts';

type OnEvent = (event: ComposeEvent) => void;

/** Milliseconds of the stages that come before the steps. */
type Before = Pick<Timings, 'encoder' | 'start'>;

/** The decoder writes no more captions than this where a book has others. */
const MOST_WRITTEN = 2;

/** The parts of a pack that write. */
export interface Writers {
  readonly pack: Pack;
  readonly table: TokenTable;
  readonly graphs: Graphs;
  /** `null` for packs without a match model. */
  readonly matcher: Matcher | null;
}

/** What was computed of a photo. */
interface Look extends Seen {
  readonly photoId: string;
  readonly started: Started;
}

/** Writes posts with one pack. Jobs must not overlap. */
export class Composer {
  readonly #writers: Writers;
  /** The other language, or another try, needs no second look at the photo. */
  #last: Look | null = null;

  constructor(writers: Writers) {
    this.#writers = writers;
  }

  /**
   * @param read gives the photo as pixels [3, size, size]; not asked of the photo that came last
   * @param signal looked at between steps; ends downloads
   * @throws DecodeStopped when the signal said so; CaptionerError otherwise
   */
  async compose(
    read: (size: number) => Float32Array,
    request: ComposeRequest,
    onEvent: OnEvent,
    signal: AbortSignal,
  ): Promise<ComposeResult> {
    const from = performance.now();
    const { look, before } = await this.#look(read, request.photoId);
    onEvent({ type: 'encoded' });
    const { pack, table } = this.#writers;
    const matching = this.#match(request, onEvent, signal);
    const alternatives = Math.min(request.alternatives, matching ? MOST_WRITTEN : Infinity);
    const plan = planPost({ table, decoding: pack.decoding }, { ...request, alternatives });
    const stepsFrom = performance.now();
    const stepCount = await this.#write(plan, look.started, onEvent, signal);
    const stepsTo = performance.now();
    const words = readPost(plan, table, look.tags, pack.hashtags);
    const { altText, hashtags } = words;
    const sentence = altText?.text ?? null;
    const chosen = await captionsFor(look, words.captions, sentence, request, matching, signal);
    return {
      packId: pack.id,
      language: request.language,
      ...chosen,
      altText,
      hashtags,
      confidence: readConfidence(altText, pack.confidence?.[request.language] ?? null),
      timings: {
        ...before,
        steps: stepsTo - stepsFrom,
        stepCount,
        total: performance.now() - from,
      },
    };
  }

  /** Has what captions are chosen from fetched, while the decoder writes. */
  #match(request: ComposeRequest, onEvent: OnEvent, signal: AbortSignal): Matching | null {
    const { matcher } = this.#writers;
    if (!matcher || !request.parts.includes('caption')) return null;
    const onDownload = (loadedBytes: number, totalBytes: number) => {
      if (!signal.aborted) onEvent({ type: 'download', loadedBytes, totalBytes });
    };
    return { matcher, fetching: matcher.fetch(request.language, { onDownload, signal }) };
  }

  /** What is to be known of the photo; computed once for the last photo. */
  async #look(
    read: (size: number) => Float32Array,
    photoId: string,
  ): Promise<{ look: Look; before: Before }> {
    if (this.#last?.photoId === photoId) {
      return { look: this.#last, before: { encoder: null, start: null } };
    }
    const { pack, graphs } = this.#writers;
    const pixels = read(pack.inputSize);
    const from = performance.now();
    const grid = await graphs.encode(pixels, pack.inputSize);
    const encoded = performance.now();
    const started = await graphs.start(grid);
    const before = { encoder: encoded - from, start: performance.now() - encoded };
    this.#last = { photoId, started, grid, tags: started.tags, vector: null };
    return { look: this.#last, before };
  }

  /** Runs all searches to their ends, and tells of the words as they come. */
  async #write(
    plan: Plan,
    { memory, state }: Started,
    onEvent: OnEvent,
    signal: AbortSignal,
  ): Promise<number> {
    const { captions, altText, hashtags } = plan;
    // The caption last: while several parts are written, it is what the person waits for.
    const reports = [
      new PartReport('hashtags', hashtags ? [hashtags] : []),
      new PartReport('alt-text', altText ? [altText] : []),
      new PartReport('caption', captions),
    ];
    const writings = [...captions, altText, hashtags].filter((writing) => writing !== null);
    const searches = writings.map(({ search }) => search);
    let stepCount = 0;
    await nextTask(); // a `cancel` that came during the encoder is heard before the first step
    const { table, graphs } = this.#writers;
    const steps = decode(searches, state, graphs.stepper(memory), () => undefined, {
      vocabularySize: vocabularySize(table),
      shouldStop: () => signal.aborted,
    });
    for await (stepCount of steps) {
      for (const report of reports) report.news(table).forEach(onEvent);
      await nextTask();
    }
    return stepCount;
  }
}
