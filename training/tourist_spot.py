"""The Korean Tourist Spot data (Jeong et al. 2019, Data 4(4), 139; MIT), as the published project used it.

The folder holds JSON lists of posts, ``{"image_path": "palace/1.jpg", "text": "…", "hashtag": ["경복궁", …]}``, with
paths relative to the folder: ``train.json``, ``val.json`` and ``test.json``, or any other names (``total.json``), which
are then split 7 : 2 : 1, class by class (the class is the first folder of the path).

One caption a post, as a person wrote it: the task is ``instagram-ko``. Hashtags are what people wrote too, so the
lexicon is made from those that come back in the train split.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

from training.data import Concept, Photo, tidy

SPLITS = {"train": "train", "val": "dev", "test": "test"}
# A tag that fewer posts carry is a name or a typing error more often than something to be seen.
FEWEST_POSTS = 5
MOST_CONCEPTS = 345
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_MENTION = re.compile(r"@[\w.]+")
_HASHTAG = re.compile(r"#(\w+)")


def is_tourist_spot(data: Path) -> bool:
    """Whether the folder has this layout rather than that of ``data.py``."""
    return not (data / "photos.tsv").exists() and any(data.glob("*.json"))


def clean(text: str) -> str:
    """A post's text as a caption: no addresses, mentions or hashtags (these are a task of their own); emoji stay."""
    for pattern in (_ADDRESS, _MENTION, _HASHTAG):
        text = pattern.sub(" ", text)
    return tidy(text)


def hashtags_of(post: dict) -> list[str]:
    """A post's hashtags without ``#``, each once: a list, or one string of them; and those inside the text."""
    written = post.get("hashtag") or []
    listed = re.split(r"[\s,#]+", written) if isinstance(written, str) else [tag.lstrip("#") for tag in written]
    found = [tidy(tag) for tag in [*listed, *_HASHTAG.findall(post.get("text") or "")]]
    return list(dict.fromkeys(tag for tag in found if tag))


def read_tourist_spot(data: Path) -> list[Photo]:
    """Every post whose picture is there and that says anything. Raises ``ValueError`` when none does."""
    photos: dict[str, Photo] = {}
    for path in sorted(data.glob("*.json")):
        for post in json.loads(path.read_text(encoding="utf-8")):
            image = post.get("image_path")
            if not image or image in photos or not (data / image).is_file():
                continue
            photo = Photo(image, "tourist-spot", SPLITS.get(path.stem, ""), tags=hashtags_of(post))
            caption = clean(post.get("text") or "")
            if re.search(r"\w", caption):
                photo.texts["instagram-ko"].append(caption)
            if photo.texts or photo.tags:
                photos[image] = photo
    if not photos:
        raise ValueError(f"{data}: no post with a picture, a text or a hashtag")
    _split([photo for photo in photos.values() if not photo.split])
    return list(photos.values())


def _split(photos: list[Photo]) -> None:
    """7 : 2 : 1 within each class, in the order of the paths' hashes: the same on every machine."""
    classes: dict[str, list[Photo]] = defaultdict(list)
    for photo in photos:
        classes[photo.id.split("/")[0] if "/" in photo.id else ""].append(photo)
    for of_class in classes.values():
        of_class.sort(key=lambda photo: hashlib.sha256(photo.id.encode()).digest())
        for rank, photo in enumerate(of_class):
            share = rank / len(of_class)
            photo.split = "train" if share < 0.7 else "dev" if share < 0.9 else "test"


def tourist_spot_lexicon(photos: list[Photo], fewest: int = FEWEST_POSTS) -> list[Concept]:
    """The tags of the train split that come back, most frequent first. They are Korean, or what people write in Korean
    posts: both languages get the same word."""
    counts = Counter(tag for photo in photos if photo.split == "train" for tag in set(photo.tags))
    ranked = sorted((tag for tag, count in counts.items() if count >= fewest), key=lambda tag: (-counts[tag], tag))
    return [Concept(tag, (tag,), (tag,)) for tag in ranked[:MOST_CONCEPTS]]
