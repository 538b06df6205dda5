"""The Korean Tourist Spot data (Jeong et al. 2019, Data 4(4), 139; MIT), as the published project used it.

The folder holds JSON lists of posts, ``{"image_path": "palace/1.jpg", "text": "…", "hashtag": ["경복궁", …]}``, with
paths relative to the folder. It comes as ``total.json`` and, with the same posts, ``train.json``, ``val.json`` and
``test.json``. A post that is in one of these three keeps its split; all others (of ``total.json``, or of a list of
one's own with more photos) are split 7 : 2 : 1, class by class. The class is the folder that the picture lies in.

One caption a post, as a person wrote it: the task is ``instagram-ko``. Hashtags are what people wrote too, so the
lexicon is made from those that come back in the train split.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from training.data import Concept, Photo, tidy

NAME = "tourist-spot"
TRAINED_ON = ("Korean Tourist Spot data (Jeong et al. 2019), or posts in its layout",)
# In this order: of a post that is in two lists, what is held out must not be trained on.
SPLITS = {"test": "test", "val": "dev", "train": "train"}
# A tag that fewer posts carry is a name or a typing error more often than something to be seen. As many as our own
# lexicon has, at most.
FEWEST_POSTS = 5
MOST_CONCEPTS = 345
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_MENTION = re.compile(r"@[\w.]+")
_HASHTAG = re.compile(r"#(\w*)")


def is_tourist_spot(data: Path) -> bool:
    """Whether the folder has this layout rather than that of ``data.py``."""
    return not (data / "photos.tsv").exists() and any(data.glob("*.json"))


def clean(text: str) -> str:
    """A post's text as a caption. Addresses and mentions belong to one post and one person, and nobody can see them in
    the photo; hashtags are a task of their own; emoji stay: they are part of how people write."""
    for pattern in (_ADDRESS, _MENTION, _HASHTAG):
        text = pattern.sub(" ", text)
    return tidy(text)


def hashtags_of(post: dict) -> list[str]:
    """A post's hashtags without ``#``, each once, in lower case as Instagram compares them: a list, or one string of
    them; and those inside the text."""
    written = post.get("hashtag") or []
    listed = written if isinstance(written, str) else " ".join(tag for tag in written if isinstance(tag, str))
    found = [*re.split(r"[\s,#]+", listed), *_HASHTAG.findall(post.get("text") or "")]
    return list(dict.fromkeys(tidy(tag).lower() for tag in found if tag))


def read_tourist_spot(data: Path) -> list[Photo]:
    """Every post whose picture is there and that says anything, the classes mixed: in the order of the paths' hashes,
    the same on every machine. Raises ``ValueError`` where a split has none."""
    photos: dict[str, Photo] = {}
    for split, post in _posts(data):
        image = post.get("image_path")
        if not image or image in photos or not (data / image).is_file():
            continue
        photo = Photo(image, NAME, split, tags=hashtags_of(post))
        caption = clean(post.get("text") or "")
        if re.search(r"\w", caption):
            photo.texts["instagram-ko"].append(caption)
        if photo.texts or photo.tags:
            photos[image] = photo
    mixed = sorted(photos.values(), key=lambda photo: hashlib.sha256(photo.id.encode()).digest())
    _split([photo for photo in mixed if not photo.split])
    for split in SPLITS.values():
        if not any(photo.split == split for photo in mixed):
            raise ValueError(f"{data}: no post for {split}; posts need a picture, and a text or a hashtag")
    return mixed


def _posts(data: Path) -> Iterator[tuple[str, dict]]:
    """The posts of all lists with their split (empty: not split yet), the lists that are split first."""
    split_already = [data / f"{name}.json" for name in SPLITS if (data / f"{name}.json").exists()]
    others = sorted(path for path in data.glob("*.json") if path not in split_already)
    for path in [*split_already, *others]:
        posts = json.loads(path.read_text(encoding="utf-8-sig"))
        if isinstance(posts, list):
            yield from ((SPLITS.get(path.stem, ""), post) for post in posts if isinstance(post, dict))


def _split(photos: list[Photo]) -> None:
    """7 : 2 : 1 within each class, in the order given."""
    classes: dict[PurePosixPath, list[Photo]] = defaultdict(list)
    for photo in photos:
        classes[PurePosixPath(photo.id).parent].append(photo)
    for of_class in classes.values():
        for rank, photo in enumerate(of_class):
            share = rank / len(of_class)
            photo.split = "train" if share < 0.7 else "dev" if share < 0.9 else "test"


def tourist_spot_lexicon(photos: list[Photo], fewest: int = FEWEST_POSTS) -> list[Concept]:
    """The tags of the train split that come back, most frequent first. They are Korean, or what people write in Korean
    posts: both languages get the same word. Raises ``ValueError`` where none comes back."""
    counts = Counter(tag for photo in photos if photo.split == "train" for tag in photo.tags)
    ranked = sorted((tag for tag, count in counts.items() if count >= fewest), key=lambda tag: (-counts[tag], tag))
    if not ranked:
        raise ValueError(f"no hashtag is in {fewest} posts of the train split")
    return [Concept(tag, (tag,), (tag,)) for tag in ranked[:MOST_CONCEPTS]]


def learnable(photos: list[Photo], lexicon: list[Concept]) -> list[Photo]:
    """Without the posts that have neither a text nor a hashtag of the lexicon."""
    known = {concept.name for concept in lexicon}
    return [photo for photo in photos if photo.texts or not known.isdisjoint(photo.tags)]
