"""The photos that a pack did worst on: a poor plain English description and wrong hashtags together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .bootstrap import Floats
from .captions import cider_of_photos
from .groups import CAPTION_GROUPS, Group, group_tokens, tag_sets
from .predictions import Predictions
from .references import Photo

TASK = "plain-en"


@dataclass(frozen=True)
class Failure:
    photo: Photo
    cider: float
    """In points, against the photo's own references."""
    f1: float
    """Of the hashtags of this photo alone, 0–1."""
    better: float
    """The share of the photos of its group that did better: the mean of that by CIDEr and that by F1."""


def worst(predictions: Predictions, in_split: list[Photo], count: int) -> list[Failure]:
    """At most ``count`` photos that have a description and hashtags, the worst first.

    Photos are ranked within their group, since CIDEr against five references and against one do not compare.
    """
    found = [
        failure for group in CAPTION_GROUPS if group.task == TASK for failure in _ranked(group, predictions, in_split)
    ]
    return sorted(found, key=lambda failure: (-failure.better, failure.photo.id))[:count]


def _ranked(group: Group, predictions: Predictions, in_split: list[Photo]) -> list[Failure]:
    photos = [photo for photo in in_split if group.holds(photo) and photo.id in predictions.tags]
    tokens = group_tokens(group, photos, predictions.captions.get(TASK, {}))
    if tokens is None:
        return []
    named = {photo.id: photo for photo in photos}
    scored = [named[photo] for photo in tokens.photos]
    sets = tag_sets(scored, predictions.tags)
    assert sets is not None, "every one of these photos has hashtags"
    f1 = sets.f1_of_photos()
    cider = cider_of_photos(tokens.hypotheses, tokens.references)
    better = (share_above(cider) + share_above(f1)) / 2
    return [Failure(photo, float(cider[row]), float(f1[row]), float(better[row])) for row, photo in enumerate(scored)]


def share_above(scores: Floats) -> Floats:
    """For each score the share of all that are higher; an equal one, itself among them, counts half."""
    ordered = np.sort(scores)
    higher = len(scores) - np.searchsorted(ordered, scores, side="right")
    equal = len(scores) - np.searchsorted(ordered, scores, side="left") - higher
    return (higher + equal / 2) / len(scores)
