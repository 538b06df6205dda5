"""What the predictions are held against: the tables of the data folder, by split and task."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CAPTION_TASKS = (
    "plain-en",
    "plain-ko",
    "instagram-en",
    "instagram-ko",
    "romantic-en",
    "humorous-en",
)
HASHTAGS = "hashtags"
TASKS = (*CAPTION_TASKS, HASHTAGS)

_ANNOTATED = {
    "plain-en": "alt_en",
    "plain-ko": "alt_ko",
    "instagram-en": "ig_en",
    "instagram-ko": "ig_ko",
}
_ABSENT = "-"


@dataclass
class Photo:
    """One photo and what people and annotators wrote about it: task → texts, and its concepts."""

    id: str
    source: str
    split: str
    texts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class References:
    """The data folder's tables in memory."""

    photos: dict[str, Photo]
    concepts: frozenset[str]

    def of_split(self, split: str) -> list[Photo]:
        """The photos of one split, in the order of ``photos.tsv``."""
        return [photo for photo in self.photos.values() if photo.split == split]

    def training_texts(self, task: str) -> Iterator[str]:
        """Every text that a model may have learnt by heart for a task."""
        for photo in self.of_split("train"):
            yield from photo.texts[task]


def tidy(text: str) -> str:
    """NFC and single spaces: a caption is one line to every scorer."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a table: UTF-8, tab-separated, with a header, unquoted."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        header = next(lines).rstrip("\r\n").split("\t")
        for line in lines:
            yield dict(zip(header, line.rstrip("\r\n").split("\t"), strict=True))


def read_references(data: Path) -> References:
    """Reads the folder that ``training/README.md`` describes.

    Raises FileNotFoundError when a table is missing.
    """
    photos = {row["photo"]: Photo(row["photo"], row["source"], row["split"]) for row in read_table(data / "photos.tsv")}
    for row in read_table(data / "annotations.tsv"):
        photo = photos[row["photo"]]
        photo.tags = frozenset(tag for tag in row["tags"].split(",") if tag)
        for task, column in _ANNOTATED.items():
            if row[column] != _ABSENT:
                photo.texts[task].append(tidy(row[column]))
    for row in read_table(data / "captions_f8k.tsv"):
        photos[row["photo"]].texts["plain-en"].append(tidy(row["caption"]))
    for row in read_table(data / "captions_flickrstyle.tsv"):
        photos[row["photo"]].texts[f"{row['style']}-en"].append(tidy(row["caption"]))
    concepts = frozenset(row["concept"] for row in read_table(data / "hashtag_lexicon.tsv"))
    return References(photos, concepts)
