"""The predictions file: what a pack, or a checkpoint in training, said about the photos of a split.

JSON, a list of records, one for a photo and a task:

    {"photo": "f8k/…", "task": "plain-en", "text": "a dog runs through the snow"}
    {"photo": "f8k/…", "task": "instagram-ko", "text": "…", "ended": true}
    {"photo": "f8k/…", "task": "hashtags", "tags": ["dog", "snow"]}

``text`` is the raw decoded text (plain English: lower case, no full stop), ``tags`` are concepts of
the lexicon, ``ended`` (optional) is false when the text was cut at the maximum length.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .references import CAPTION_TASKS, HASHTAGS, References, tidy


class PredictionsError(ValueError):
    """The predictions file is not what this module's description says, or not of this data."""


@dataclass(frozen=True)
class Caption:
    text: str
    ended: bool | None


@dataclass
class Predictions:
    """By task: photo id → caption; and photo id → concepts."""

    captions: dict[str, dict[str, Caption]] = field(default_factory=dict)
    tags: dict[str, frozenset[str]] = field(default_factory=dict)


def read_predictions(path: Path, references: References, split: str) -> Predictions:
    """Reads and checks a predictions file. Raises PredictionsError, naming the first bad record."""
    records = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(records, list):
        raise PredictionsError(f"{path}: a list of records is expected")
    predictions = Predictions()
    for number, record in enumerate(records):
        try:
            _add(predictions, record, references, split)
        except PredictionsError as error:
            raise PredictionsError(f"{path}, record {number}: {error}") from None
    return predictions


def _add(predictions: Predictions, record: Any, references: References, split: str) -> None:
    if not isinstance(record, dict):
        raise PredictionsError("not an object")
    photo, task = record.get("photo"), record.get("task")
    known = references.photos.get(photo) if isinstance(photo, str) else None
    if known is None or known.split != split:
        raise PredictionsError(f"photo {photo!r} is not in the split {split!r}")
    if task == HASHTAGS:
        _add_once(predictions.tags, photo, _concepts(record, references))
    elif task in CAPTION_TASKS:
        _add_once(predictions.captions.setdefault(task, {}), photo, _caption(record))
    else:
        raise PredictionsError(f"task {task!r} is unknown")


def _add_once(by_photo: dict[str, Any], photo: str, value: Any) -> None:
    if photo in by_photo:
        raise PredictionsError(f"photo {photo!r} has this task already")
    by_photo[photo] = value


def _caption(record: dict[str, Any]) -> Caption:
    text, ended = record.get("text"), record.get("ended")
    if not isinstance(text, str) or not (ended is None or isinstance(ended, bool)):
        raise PredictionsError("`text` must be a string, `ended` true, false or absent")
    return Caption(tidy(text), ended)


def _concepts(record: dict[str, Any], references: References) -> frozenset[str]:
    tags = record.get("tags")
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise PredictionsError("`tags` must be a list of concepts")
    if len(set(tags)) < len(tags):
        raise PredictionsError("a concept twice")
    unknown = set(tags) - references.concepts
    if unknown:
        raise PredictionsError(f"not in the lexicon: {', '.join(sorted(unknown))}")
    return frozenset(tags)
