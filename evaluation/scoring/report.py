"""Predictions and references to one JSON report: figures with intervals, by group of photos."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from .bootstrap import Resampler, Statistic
from .captions import score_captions
from .hashtags import score_hashtags
from .predictions import Caption, Predictions
from .references import CAPTION_TASKS, HASHTAGS, Photo, References
from .tokens import language_of, tokenise
from .variety import measure_variety


@dataclass(frozen=True)
class Group:
    """Photos of one task that are scored together: their references are of one kind."""

    name: str
    task: str
    holds: Callable[[Photo], bool]


def _all(_: Photo) -> bool:
    return True


# Flickr8k has five human captions a photo, the other sources one annotation: never one figure.
GROUPS = (
    Group("plain-en", "plain-en", lambda photo: photo.source == "f8k"),
    Group("plain-en-other", "plain-en", lambda photo: photo.source != "f8k"),
    *(Group(task, task, _all) for task in CAPTION_TASKS if task != "plain-en"),
)


@dataclass(frozen=True)
class Report:
    """``groups`` is JSON; ``statistics`` by group and figure, with the photos in their order."""

    groups: dict[str, Any]
    photos: dict[str, list[str]]
    statistics: dict[str, dict[str, Statistic]]


def make_report(
    predictions: Predictions, references: References, split: str, resampler: Resampler
) -> Report:
    """Scores every group that has predictions. Photos without a prediction are left out and counted."""
    report = Report({}, {}, {})
    in_split = references.of_split(split)
    for group in GROUPS:
        captions = predictions.captions.get(group.task, {})
        members = [photo for photo in in_split if group.holds(photo)]
        photos = [photo for photo in members if photo.id in captions]
        if photos:
            chosen = {photo.id: captions[photo.id] for photo in photos}
            _add_captions(report, group, photos, chosen, references, resampler)
            report.groups[group.name]["photosInSplit"] = len(members)
    if predictions.tags:
        _add_hashtags(report, in_split, predictions.tags, resampler)
    return report


def _add_captions(
    report: Report,
    group: Group,
    photos: list[Photo],
    captions: dict[str, Caption],
    references: References,
    resampler: Resampler,
) -> None:
    texts = [captions[photo.id].text for photo in photos]
    training = list(references.training_texts(group.task))
    entry: dict[str, Any] = {
        "photos": len(photos),
        "figures": {},
        "variety": asdict(measure_variety(texts, training)),
        "cutOff": _cut_off([captions[photo.id] for photo in photos]),
    }
    report.groups[group.name] = entry
    # FlickrStyle has train and dev photos only, and not for every photo.
    scored = [photo for photo in photos if photo.texts[group.task]]
    if not scored:
        return
    truths = [photo.texts[group.task] for photo in scored]
    entry["referencesPerPhoto"] = sum(map(len, truths)) / len(truths)
    entry["referenceVariety"] = asdict(measure_variety([texts[0] for texts in truths], training))
    language = language_of(group.task)
    hypotheses = tokenise([captions[photo.id].text for photo in scored], language)
    figures = score_captions(hypotheses, list(_tokenise_lists(truths, language)))
    entry["figures"] = _with_intervals(figures.statistics, resampler)
    entry["figures"]["METEOR"] = {"value": figures.meteor}
    entry["scoredPhotos"] = len(scored)
    report.photos[group.name] = [photo.id for photo in scored]
    report.statistics[group.name] = figures.statistics


def _add_hashtags(
    report: Report, in_split: list[Photo], tags: dict[str, frozenset[str]], resampler: Resampler
) -> None:
    photos = [photo for photo in in_split if photo.id in tags]
    guesses = [tags[photo.id] for photo in photos]
    statistics = score_hashtags(guesses, [photo.tags for photo in photos])
    report.groups[HASHTAGS] = {
        "photos": len(photos),
        "photosInSplit": len(in_split),
        "figures": _with_intervals(statistics, resampler),
        "distinctConcepts": len(frozenset().union(*guesses)),
        "tagsPerPhoto": sum(map(len, guesses)) / len(photos),
        "bySource": _f1_by_source(photos, guesses),
    }
    report.photos[HASHTAGS] = [photo.id for photo in photos]
    report.statistics[HASHTAGS] = statistics


def _f1_by_source(photos: list[Photo], guesses: list[frozenset[str]]) -> dict[str, Any]:
    by_source: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = {}
    for photo, guess in zip(photos, guesses, strict=True):
        by_source.setdefault(photo.source, []).append((guess, photo.tags))
    return {
        source: {
            "photos": len(pairs),
            "F1": score_hashtags([guess for guess, _ in pairs], [truth for _, truth in pairs])[
                "F1"
            ].value(),
        }
        for source, pairs in sorted(by_source.items())
    }


def _with_intervals(statistics: dict[str, Statistic], resampler: Resampler) -> dict[str, Any]:
    figures = {}
    for name, statistic in statistics.items():
        low, high = resampler.interval(statistic)
        figures[name] = {"value": statistic.value(), "low": low, "high": high}
    return figures


def _cut_off(captions: list[Caption]) -> float | None:
    """The share of texts that met the maximum length before their end; None where nobody said."""
    known = [caption.ended for caption in captions if caption.ended is not None]
    return known.count(False) / len(known) if known else None


def _tokenise_lists(lists: list[list[str]], language: str) -> Iterator[list[str]]:
    """Tokenises all texts in one go: starting Java once for each photo would take minutes."""
    tokens = iter(tokenise([text for texts in lists for text in texts], language))
    for texts in lists:
        yield [next(tokens) for _ in texts]
