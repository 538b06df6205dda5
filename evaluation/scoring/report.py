"""Predictions and references to one JSON report: figures with intervals, by group of photos."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from .bootstrap import Resampler
from .classes import FIGURES, by_class
from .groups import CAPTION_GROUPS, Group, TagSets, group_tokens, tag_sets
from .hashtags import score_hashtags
from .predictions import Caption, Predictions
from .references import HASHTAGS, Photo, References
from .tokens import language_of
from .variety import measure_variety


def make_report(predictions: Predictions, references: References, split: str, resampler: Resampler) -> dict[str, Any]:
    """By group, for every group with predictions. Photos without one are left out and counted."""
    report: dict[str, Any] = {}
    in_split = references.of_split(split)
    for group in CAPTION_GROUPS:
        captions = predictions.captions.get(group.task, {})
        members = [photo for photo in in_split if group.holds(photo)]
        photos = [photo for photo in members if photo.id in captions]
        if photos:
            report[group.name] = {
                "photos": len(photos),
                "photosInSplit": len(members),
                **_figures(group, photos, captions, resampler),
                **_variety(group, photos, captions, references),
            }
    sets = tag_sets(in_split, predictions.tags)
    if sets:
        report[HASHTAGS] = {"photosInSplit": len(in_split), **_hashtags(sets, resampler)}
    return report


def _figures(group: Group, photos: list[Photo], captions: dict[str, Caption], resampler: Resampler) -> dict[str, Any]:
    tokens = group_tokens(group, photos, captions)
    if tokens is None:
        return {"scoredPhotos": 0, "figures": {}}
    statistics = tokens.statistics()
    count = len(tokens.photos)
    named = {photo.id: photo for photo in photos}
    scored = [named[photo] for photo in tokens.photos]
    return {
        "scoredPhotos": count,
        "referencesPerPhoto": sum(map(len, tokens.references)) / count,
        "figures": resampler.figures(statistics),
        **({"byClass": by_class(group.name, statistics, scored, resampler)} if group.name in FIGURES else {}),
    }


def _variety(group: Group, photos: list[Photo], captions: dict[str, Caption], references: References) -> dict[str, Any]:
    training = list(references.training_texts(group.task))
    chosen = [captions[photo.id] for photo in photos]
    written = [photo.texts[group.task][0] for photo in photos if photo.texts[group.task]]
    language = language_of(group.task)
    return {
        "variety": asdict(measure_variety([caption.text for caption in chosen], training, language)),
        "referenceVariety": asdict(measure_variety(written, training, language)) if written else None,
        "cutOff": _cut_off(chosen),
    }


def _cut_off(captions: list[Caption]) -> float | None:
    """The share of texts that met the maximum length before their end; None where nobody said."""
    known = [caption.ended for caption in captions if caption.ended is not None]
    return known.count(False) / len(known) if known else None


def _hashtags(sets: TagSets, resampler: Resampler) -> dict[str, Any]:
    count = len(sets.photos)
    statistics = sets.statistics()
    return {
        "photos": count,
        "figures": resampler.figures(statistics),
        "byClass": by_class(HASHTAGS, statistics, sets.photos, resampler),
        "distinctConcepts": len(frozenset().union(*sets.guesses)),
        "tagsPerPhoto": sum(map(len, sets.guesses)) / count,
        "bySource": _f1_by_source(sets),
    }


def _f1_by_source(sets: TagSets) -> dict[str, Any]:
    pairs: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = {}
    for photo, guess in zip(sets.photos, sets.guesses, strict=True):
        pairs.setdefault(photo.source, []).append((guess, photo.tags))
    found = {}
    for source, of_source in sorted(pairs.items()):
        guesses, truths = map(list, zip(*of_source, strict=True))
        figures = score_hashtags(guesses, truths)
        found[source] = {"photos": len(of_source), "F1": figures["F1"].value()}
    return found
