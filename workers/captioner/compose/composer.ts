import type { ComposeEvent, ComposeRequest, ComposeResult, Timings } from '../contract.ts';
import { decode } from '../decoding/decode.ts';
import { vocabularySize, type TokenTable } from '../decoding/tasks.ts';
import type { Pack } from '../packs/schema.ts';
import type { Graphs, Started } from '../runtime/graphs.ts';
import { nextTask } from '../nextTask.ts';
import { readConfidence, readPost } from './outcome.ts';
import { PartReport } from './partReport.ts';
import { planPost, type Plan } from './plan.ts';

type OnEvent = (event: ComposeEvent) => void;

/** Milliseconds of the stages that come before the steps. */
type Before = Pick<Timings, 'encoder' | 'start'>;

/** Writes posts with one pack. Jobs must not overlap. */
export class Composer {
  readonly #pack: Pack;
  readonly #table: TokenTable;
  readonly #graphs: Graphs;
  /** The other language, or another try, needs no second look at the photo. */
  #last: { readonly photoId: string; readonly started: Started } | null = null;

  constructor(pack: Pack, table: TokenTable, graphs: Graphs) {
    this.#pack = pack;
    this.#table = table;
    this.#graphs = graphs;
  }

  /**
   * @param read gives the photo as pixels [3, size, size]; not asked of the photo that came last
   * @param shouldStop looked at between steps
   * @throws DecodeStopped when `shouldStop` said so; CaptionerError otherwise
   */
  async compose(
    read: (size: number) => Float32Array,
    request: ComposeRequest,
    onEvent: OnEvent,
    shouldStop: () => boolean,
  ): Promise<ComposeResult> {
    const from = performance.now();
    const { started, before } = await this.#look(read, request.photoId);
    onEvent({ type: 'encoded' });
    const plan = planPost({ table: this.#table, decoding: this.#pack.decoding }, request);
    const stepsFrom = performance.now();
    const stepCount = await this.#write(plan, started, onEvent, shouldStop);
    const to = performance.now();
    const { captions, altText, hashtags } = readPost(
      plan,
      this.#table,
      started.tags,
      this.#pack.hashtags,
    );
    return {
      packId: this.#pack.id,
      language: request.language,
      captions,
      altText,
      hashtags,
      confidence: readConfidence(altText, this.#pack.confidence?.[request.language] ?? null),
      timings: { ...before, steps: to - stepsFrom, stepCount, total: to - from },
    };
  }

  /** What the decoder needs to know of the photo; computed once for the last photo. */
  async #look(
    read: (size: number) => Float32Array,
    photoId: string,
  ): Promise<{ started: Started; before: Before }> {
    if (this.#last?.photoId === photoId) {
      return { started: this.#last.started, before: { encoder: null, start: null } };
    }
    const { inputSize } = this.#pack;
    const pixels = read(inputSize);
    const from = performance.now();
    const grid = await this.#graphs.encode(pixels, inputSize);
    const encoded = performance.now();
    const started = await this.#graphs.start(grid);
    const before = { encoder: encoded - from, start: performance.now() - encoded };
    this.#last = { photoId, started };
    return { started, before };
  }

  /** Runs all searches to their ends, and tells of the words as they come. */
  async #write(
    plan: Plan,
    { memory, state }: Started,
    onEvent: OnEvent,
    shouldStop: () => boolean,
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
    const steps = decode(searches, state, this.#graphs.stepper(memory), () => undefined, {
      vocabularySize: vocabularySize(this.#table),
      shouldStop,
    });
    for await (stepCount of steps) {
      for (const report of reports) report.news(this.#table).forEach(onEvent);
      await nextTask();
    }
    return stepCount;
  }
}
