"""The data folder: photos, splits, captions, hashtags, and the text of each task.

The layout is that of the tables named below (UTF-8, tab-separated, with a header, unquoted);
photos lie in ``photos_<source>.tar`` as ``<photo>.jpg``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

TASKS = (
    "plain-en",
    "plain-ko",
    "instagram-en",
    "instagram-ko",
    "romantic-en",
    "humorous-en",
    "hashtags",
)
CAPTION_TASKS = TASKS[:-1]
TRAINED_ON = (
    "Flickr8k (Hodosh et al. 2013)",
    "FlickrStyle10K (Gan et al. 2017)",
    "MS-COCO 2014 (Lin et al. 2014)",
    "MiniPlaces (Zhou et al. 2017)",
    "Food-101 (Bossard et al. 2014)",
    "annotations written for this project",
)


@dataclass
class Photo:
    """One photo with everything that was written about it."""

    id: str
    source: str
    split: str
    tags: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True)
class Concept:
    """One entry of the hashtag lexicon; the first hashtag of a language is the literal one."""

    name: str
    en: tuple[str, ...]
    ko: tuple[str, ...]


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a tab-separated table as dictionaries."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        header = next(lines).rstrip("\r\n").split("\t")
        for line in lines:
            yield dict(zip(header, line.rstrip("\r\n").split("\t"), strict=True))


def tidy(text: str) -> str:
    """NFC, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def plain_english(text: str) -> str:
    """The decoder's form of a plain English sentence: lower case, no full stop or quotes, commas
    and clitics joined to their word. The page puts the capital and the full stop back."""
    text = tidy(text).lower()
    text = re.sub(r"[\"`“”;:!?.()]|''", " ", text)
    text = re.sub(r"\s+(,|'s\b|n't\b|'t\b)", r"\1", text)
    return " ".join(text.split()).strip(" ,-")


def styled_english(text: str) -> str:
    """FlickrStyle captions come lower-case and tokenised; they are learnt as a person would write them."""
    text = plain_english(text)
    return re.sub(r"\bi\b", "I", text[:1].upper() + text[1:]) + "." if text else ""


def read_photos(data: Path) -> list[Photo]:
    """Every photo of the data folder with its texts by task, in the order of ``photos.tsv``."""
    photos = {row["photo"]: Photo(row["photo"], row["source"], row["split"]) for row in read_table(data / "photos.tsv")}
    for row in read_table(data / "annotations.tsv"):
        photo = photos[row["photo"]]
        photo.tags = [tag for tag in row["tags"].split(",") if tag]
        if row["alt_en"] != "-":
            photo.texts["plain-en"].append(plain_english(row["alt_en"]))
        photo.texts["plain-ko"].append(tidy(row["alt_ko"]))
        photo.texts["instagram-en"].append(tidy(row["ig_en"]))
        photo.texts["instagram-ko"].append(tidy(row["ig_ko"]))
    for row in read_table(data / "captions_f8k.tsv"):
        photos[row["photo"]].texts["plain-en"].append(plain_english(row["caption"]))
    for row in read_table(data / "captions_flickrstyle.tsv"):
        photos[row["photo"]].texts[f"{row['style']}-en"].append(styled_english(row["caption"]))
    for photo in photos.values():
        for task, texts in photo.texts.items():
            photo.texts[task] = [text for text in texts if text]
    return list(photos.values())


def read_lexicon(data: Path) -> list[Concept]:
    """The hashtag concepts, in the order that the tag head and the hashtag tokens follow."""
    return [
        Concept(row["concept"], tuple(row["en"].split(",")), tuple(row["ko"].split(",")))
        for row in read_table(data / "hashtag_lexicon.tsv")
    ]


def subset(photos: list[Photo], limit: int | None) -> list[Photo]:
    """At most ``limit`` photos of each split, evenly spaced, so that every source is in a tiny run too."""
    if limit is None:
        return photos
    chosen: list[Photo] = []
    for split in ("train", "dev", "test"):
        of_split = [photo for photo in photos if photo.split == split]
        stride = max(1, len(of_split) // limit)
        chosen += of_split[::stride][:limit]
    return chosen


_STOP_WORDS = frozenset(
    "a an the and or of in on at by to with without from for into onto over under up down out off is are was were be "
    "being been has have had it its his her their he she they them him who that this these those there as while next "
    "through around near behind front two one some another other something very".split()
)


def frequent_words(photos: list[Photo], count: int) -> list[str]:
    """The most frequent words of the plain English captions of the train split, stop words left out."""
    frequency: dict[str, int] = defaultdict(int)
    for photo in photos:
        if photo.split == "train":
            for word in words_of(photo):
                frequency[word] += 1
    ranked = sorted(frequency, key=lambda word: (-frequency[word], word))
    return ranked[:count]


def words_of(photo: Photo) -> set[str]:
    """The words that any plain English caption of the photo holds."""
    words = {word for text in photo.texts["plain-en"] for word in re.findall(r"[a-z]+", text)}
    return {word for word in words - _STOP_WORDS if len(word) > 2}
