import * as v from 'valibot';

const varietySchema = v.object({
  distinct: v.number(),
  most_frequent: v.number(),
  most_frequent_text: v.string(),
  learnt_by_heart: v.number(),
  repeated_bigram: v.number(),
  repeated_run: v.number(),
  /** Results from before it was measured have none. */
  repeated_word: v.optional(v.number()),
  words: v.number(),
});
export type Variety = v.InferOutput<typeof varietySchema>;

/** A figure; `low` and `high` are its 95 % bootstrap interval, where it has one. */
const figureSchema = v.object({
  value: v.number(),
  low: v.optional(v.number()),
  high: v.optional(v.number()),
});
export type Figure = v.InferOutput<typeof figureSchema>;

/** One group of photos; caption groups have the variety, hashtags the rest. */
const groupSchema = v.object({
  /** By what the photos show, see `scoring/classes.py`. */
  byClass: v.optional(
    v.record(
      v.string(),
      v.object({ photos: v.number(), figures: v.record(v.string(), figureSchema) }),
    ),
  ),
  photos: v.number(),
  photosInSplit: v.number(),
  figures: v.record(v.string(), figureSchema),
  scoredPhotos: v.optional(v.number()),
  referencesPerPhoto: v.optional(v.number()),
  variety: v.optional(varietySchema),
  referenceVariety: v.optional(v.nullable(varietySchema)),
  cutOff: v.optional(v.nullable(v.number())),
  distinctConcepts: v.optional(v.number()),
  tagsPerPhoto: v.optional(v.number()),
  bySource: v.optional(v.record(v.string(), v.object({ photos: v.number(), F1: v.number() }))),
});
export type Group = v.InferOutput<typeof groupSchema>;

const differenceSchema = v.object({
  first: v.number(),
  second: v.number(),
  difference: v.number(),
  low: v.number(),
  high: v.number(),
});

/** What `score.py` writes: figures by group, see `evaluation/scoring/report.py`. */
export const scoresSchema = v.object({
  version: v.literal(1),
  split: v.string(),
  samples: v.number(),
  seed: v.number(),
  groups: v.record(v.string(), groupSchema),
});
export type Scores = v.InferOutput<typeof scoresSchema>;

export const differencesSchema = v.object({
  differences: v.record(
    v.string(),
    v.object({ photos: v.number(), figures: v.record(v.string(), differenceSchema) }),
  ),
  sameOutput: v.record(v.string(), v.number()),
});
export type Differences = v.InferOutput<typeof differencesSchema>;

/** This pack (first) against one with the same id in another models folder (second). */
export const comparisonSchema = v.object({
  ...differencesSchema.entries,
  bytes: v.number(),
});
export type Comparison = v.InferOutput<typeof comparisonSchema>;
