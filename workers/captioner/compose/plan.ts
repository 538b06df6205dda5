import type { ComposeRequest, Language, TaskId, Tone } from '../contract.ts';
import type { BeamSearch, SearchSettings } from '../decoding/search.ts';
import { searchFor, type DecodingSettings, type TokenTable } from '../decoding/tasks.ts';

/** What a pack brings to a search. */
export interface Speaker {
  readonly table: TokenTable;
  readonly decoding: { readonly [T in TaskId]?: DecodingSettings };
}

export interface Writing {
  readonly task: TaskId;
  readonly search: BeamSearch;
}

export interface CaptionWriting extends Writing {
  readonly tone: Tone;
}

/** The searches of one post, to be run in one batch of steps; `null` and none where not asked for. */
export interface Plan {
  /** The first one is shown while it is being written. */
  readonly captions: readonly CaptionWriting[];
  readonly altText: Writing | null;
  readonly hashtags: Writing | null;
}

/**
 * Hypotheses kept in each group of captions. Groups bring the variety; two hypotheses are enough to
 * step over a bad word, and a third costs a row of every step.
 */
const GROUP_WIDTH = 2;
/** Nats for a word that an earlier group took at the same place. */
const DIVERSITY = 0.8;
/** So many captions are in the usual tone before others get a place. */
const USUAL_FIRST = 2;

/** Which searches a request asks of a pack; tasks that the pack has not learnt are left out. */
export function planPost(speaker: Speaker, request: ComposeRequest): Plan {
  const { language, parts } = request;
  const width = request.beamWidth === undefined ? {} : { beamWidth: request.beamWidth };
  return {
    captions: parts.includes('caption') ? planCaptions(speaker, request) : [],
    altText: parts.includes('alt-text') ? write(speaker, `plain-${language}`, width) : null,
    // Greedy: the tag head is the other witness, and a set needs no best order.
    hashtags: parts.includes('hashtags') ? write(speaker, 'hashtags', { beamWidth: 1 }) : null,
  };
}

function planCaptions(speaker: Speaker, request: ComposeRequest): CaptionWriting[] {
  const { language, alternatives, beamWidth = GROUP_WIDTH, wishes } = request;
  const [first, ...rest] = voicesOf(speaker, language).filter(
    ({ tone }) => wishes.tone === null || tone === wishes.tone,
  );
  if (!first) return [];
  const others = rest.slice(0, Math.max(0, alternatives - USUAL_FIRST));
  const groups = alternatives - others.length;
  const inGroups = { beamWidth, groups, diversity: DIVERSITY };
  return [
    { tone: first.tone, writing: write(speaker, first.task, inGroups) },
    ...others.map(({ tone, task }) => ({ tone, writing: write(speaker, task, { beamWidth }) })),
  ].flatMap(({ tone, writing }) => (writing ? [{ ...writing, tone }] : []));
}

interface Voice {
  readonly task: TaskId;
  readonly tone: Tone;
}

/** The tones that the pack has in a language, the usual one first. */
function voicesOf({ table }: Speaker, language: Language): Voice[] {
  const usual: Voice = { task: `instagram-${language}`, tone: 'everyday' };
  const others: readonly Voice[] = [
    { task: 'romantic-en', tone: 'romantic' },
    { task: 'humorous-en', tone: 'funny' },
  ];
  const all = language === 'ko' ? [usual] : [usual, ...others];
  return all.filter(({ task }) => table.tasks[task] !== undefined);
}

function write(
  { table, decoding }: Speaker,
  task: TaskId,
  overrides: Partial<SearchSettings>,
): Writing | null {
  const settings = decoding[task];
  if (!settings || table.tasks[task] === undefined) return null;
  return { task, search: searchFor(table, task, settings, overrides) };
}
