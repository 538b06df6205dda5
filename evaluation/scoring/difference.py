"""What one pack gains over another on the same photos, with paired intervals."""

from __future__ import annotations

from typing import Any

from .bootstrap import Resampler, Statistic
from .groups import all_statistics
from .predictions import Predictions
from .references import Photo


def differences(first: Predictions, second: Predictions, in_split: list[Photo], resampler: Resampler) -> dict[str, Any]:
    """By group and figure: both values and first − second, over the photos that both have.

    Both are scored over those photos alone, so CIDEr's rarity weights are the same for both.
    """
    left = all_statistics(_common(first, second), in_split)
    right = all_statistics(_common(second, first), in_split)
    return {
        name: {
            "photos": len(next(iter(statistics.values())).per_photo),
            "figures": {
                figure: _difference(statistic, right[name][figure], resampler)
                for figure, statistic in statistics.items()
            },
        }
        for name, statistics in left.items()
    }


def same_output(first: Predictions, second: Predictions) -> dict[str, float]:
    """By task: the share of common photos for which both say the very same."""
    sides = [
        {**{task: _texts(captions) for task, captions in side.captions.items()}, "hashtags": side.tags}
        for side in (first, second)
    ]
    shares = {}
    for task in sides[0].keys() & sides[1].keys():
        common = sides[0][task].keys() & sides[1][task].keys()
        if common:
            same = sum(sides[0][task][photo] == sides[1][task][photo] for photo in common)
            shares[task] = same / len(common)
    return dict(sorted(shares.items()))


def _texts(captions: dict[str, Any]) -> dict[str, str]:
    return {photo: caption.text for photo, caption in captions.items()}


def _difference(first: Statistic, second: Statistic, resampler: Resampler) -> dict[str, float]:
    low, high = resampler.difference(first, second)
    values = {"first": first.value(), "second": second.value()}
    return {**values, "difference": values["first"] - values["second"], "low": low, "high": high}


def _common(predictions: Predictions, other: Predictions) -> Predictions:
    """The predictions for the photos and tasks that the other has as well."""
    return Predictions(
        {
            task: {photo: caption for photo, caption in captions.items() if photo in other.captions.get(task, {})}
            for task, captions in predictions.captions.items()
        },
        {photo: tags for photo, tags in predictions.tags.items() if photo in other.tags},
    )
