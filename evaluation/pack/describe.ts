import * as ort from 'onnxruntime-node';
import type { TaskId } from '../../workers/captioner/contract.ts';
import { decode } from '../../workers/captioner/decoding/decode.ts';
import { rankHashtags } from '../../workers/captioner/decoding/hashtags.ts';
import type { BeamSearch, Hypothesis } from '../../workers/captioner/decoding/search.ts';
import {
  searchFor,
  vocabularySize,
  type DecodingSettings,
  type TokenTable,
} from '../../workers/captioner/decoding/tasks.ts';
import { conceptsOf, textOf } from '../../workers/captioner/decoding/text.ts';
import type { Pack } from '../../workers/captioner/packs/schema.ts';
import {
  EXPAND_WEIGHTS_ONCE,
  Graphs,
  type Started,
} from '../../workers/captioner/runtime/graphs.ts';
import { readGraphs, readVocabulary, type StoredPack } from './catalog.ts';

/** What happens to a photo, in this order. */
export type Stage = 'encoder' | 'start' | 'steps';

type CaptionTask = Exclude<TaskId, 'hashtags'>;

interface CaptionPrediction {
  readonly text: string;
  /** False when the text was cut at the maximum length. */
  readonly ended: boolean;
  readonly meanLogProbability: number;
}

/** One record of a predictions file, see `scoring/predictions.py`. */
export type Prediction =
  | ({ readonly photo: string; readonly task: CaptionTask } & CaptionPrediction)
  | { readonly photo: string; readonly task: 'hashtags'; readonly tags: readonly string[] };

/** A pack in onnxruntime-node: the worker's own graph and decoding code, with the catalog's settings. */
export class Describer {
  readonly #pack: Pack;
  readonly #graphs: Graphs;
  readonly #table: TokenTable;

  private constructor(pack: Pack, graphs: Graphs, table: TokenTable) {
    this.#pack = pack;
    this.#graphs = graphs;
    this.#table = table;
  }

  static async open(stored: StoredPack, threads: number): Promise<Describer> {
    const graphs = await Graphs.open(ort, readGraphs(stored), {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      ...EXPAND_WEIGHTS_ONCE,
    });
    return new Describer(stored.pack, graphs, readVocabulary(stored));
  }

  /**
   * All tasks of one photo: the encoder runs once, and the beams of all tasks share their steps.
   * @param pixels [3, S, S], RGB, 0–255, S being the pack's input size
   * @param after is called at the end of each stage, for measuring
   */
  async describe(
    photo: string,
    pixels: Float32Array,
    tasks: readonly TaskId[],
    after: (stage: Stage) => void = () => undefined,
  ): Promise<Prediction[]> {
    const grid = await this.#graphs.encode(pixels, this.#pack.inputSize);
    after('encoder');
    const started = await this.#graphs.start(grid);
    after('start');
    const searches = tasks.map((task) => ({
      task,
      search: searchFor(this.#table, task, settingsOf(this.#pack, task)),
    }));
    await this.#run(
      searches.map(({ search }) => search),
      started,
    );
    after('steps');
    return searches.map(({ task, search }) => {
      const best = search.finished()[0] ?? search.best();
      return task === 'hashtags'
        ? { photo, task, tags: this.#rank(started.tags, best) }
        : { photo, task, ...this.#caption(task, best) };
    });
  }

  async #run(searches: readonly BeamSearch[], { memory, state }: Started): Promise<void> {
    const nothingToFree = (): void => undefined; // states are plain arrays
    const options = { vocabularySize: vocabularySize(this.#table) };
    const steps = decode(searches, state, this.#graphs.stepper(memory), nothingToFree, options);
    let step = await steps.next();
    while (step.done !== true) step = await steps.next();
  }

  #caption(task: CaptionTask, best: Hypothesis): CaptionPrediction {
    return {
      text: textOf(this.#table, best.tokens),
      ended: best.tokens.length < settingsOf(this.#pack, task).maxLength,
      meanLogProbability: best.total / best.logProbabilities.length,
    };
  }

  #rank(tagProbabilities: Float32Array, best: Hypothesis): string[] {
    const decoded = new Set(conceptsOf(this.#table, best.tokens));
    const ranked = rankHashtags(this.#table, tagProbabilities, decoded, this.#pack.hashtags);
    return ranked.map(({ concept }) => concept);
  }
}

function settingsOf(pack: Pack, task: TaskId): DecodingSettings {
  const settings = pack.decoding[task];
  if (settings === undefined) throw new Error(`${pack.id}: no decoding settings for ${task}`);
  return settings;
}
