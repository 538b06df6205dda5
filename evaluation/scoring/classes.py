"""Scores by what a photo shows: the ten classes of the Korean Tourist Spot data, people, animals, food.

``classes.json`` says which of the lexicon's concepts make a photo one of a class; a photo may be of several.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from .bootstrap import Resampler, Statistic
from .references import Photo

# By group. Five references and one are groups of their own here too.
_PLAIN = ("CIDEr", "ROUGE-L")
_INSTAGRAM = ("ROUGE-L",)
FIGURES = {
    "plain-en": _PLAIN,
    "plain-en-other": _PLAIN,
    "plain-ko": _PLAIN,
    "instagram-en": _INSTAGRAM,
    "instagram-ko": _INSTAGRAM,
    "hashtags": ("F1",),
}
# Resampling fewer gives intervals that are too narrow to be believed.
FEWEST_PHOTOS = 10


@cache
def classes() -> dict[str, frozenset[str]]:
    """Class → concepts."""
    table = json.loads(Path(__file__).with_name("classes.json").read_text(encoding="utf-8"))
    return {name: frozenset(concepts) for name, concepts in table.items()}


def by_class(
    name: str, statistics: dict[str, Statistic], photos: list[Photo], resampler: Resampler
) -> dict[str, dict[str, Any]]:
    """Class → photos and figures, for one group whose statistics have a row for each of ``photos``.

    CIDEr keeps the rarity weights of all photos. A class of fewer than ten photos has no figures.
    """
    found = {}
    for label, concepts in classes().items():
        rows = [row for row, photo in enumerate(photos) if photo.tags & concepts]
        wanted = FIGURES[name] if len(rows) >= FEWEST_PHOTOS else ()
        own = {figure: _of_photos(statistics[figure], rows) for figure in wanted}
        found[label] = {"photos": len(rows), "figures": resampler.figures(own)}
    return found


def _of_photos(statistic: Statistic, rows: list[int]) -> Statistic:
    return Statistic(statistic.per_photo[rows], statistic.combine)
