"""What one pack gains over another on the same photos, with paired intervals."""

from __future__ import annotations

from typing import Any

from .bootstrap import Resampler
from .predictions import Predictions
from .references import References
from .report import make_report


def differences(
    first: Predictions,
    second: Predictions,
    references: References,
    split: str,
    resampler: Resampler,
) -> dict[str, Any]:
    """By group and figure: both values and first − second, over the photos that both have.

    Both are scored anew over those photos, so CIDEr's rarity weights are the same for both.
    """
    left = make_report(_common(first, second), references, split, resampler)
    right = make_report(_common(second, first), references, split, resampler)
    return {
        name: {
            "photos": len(left.photos[name]),
            "identical": _identical(first, second, name, left.photos[name]),
            "figures": {
                figure: _difference(statistics[figure], right.statistics[name][figure], resampler)
                for figure in statistics
            },
        }
        for name, statistics in left.statistics.items()
    }


def _difference(first: Any, second: Any, resampler: Resampler) -> dict[str, float]:
    low, high = resampler.difference(first, second)
    values = {"first": first.value(), "second": second.value()}
    return {**values, "difference": values["first"] - values["second"], "low": low, "high": high}


def _common(predictions: Predictions, other: Predictions) -> Predictions:
    """The predictions for the photos and tasks that the other has as well."""
    return Predictions(
        {
            task: {photo: caption for photo, caption in captions.items() if photo in shared}
            for task, captions in predictions.captions.items()
            if (shared := other.captions.get(task, {}))
        },
        {photo: tags for photo, tags in predictions.tags.items() if photo in other.tags},
    )


def _identical(first: Predictions, second: Predictions, group: str, photos: list[str]) -> float:
    """The share of photos for which both say the very same."""
    task = "plain-en" if group == "plain-en-other" else group
    sides = [
        {photo: caption.text for photo, caption in side.captions[task].items()}
        if task in side.captions
        else side.tags
        for side in (first, second)
    ]
    return sum(sides[0][photo] == sides[1][photo] for photo in photos) / len(photos)
