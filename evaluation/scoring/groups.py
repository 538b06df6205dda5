"""Which photos are scored together, and their figures as statistics over photos."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .bootstrap import Floats, Statistic
from .captions import caption_statistics
from .hashtags import combine_f1, score_hashtags
from .predictions import Caption, Predictions
from .references import CAPTION_TASKS, HASHTAGS, Photo
from .tokens import language_of, tokenise


@dataclass(frozen=True)
class Group:
    """Photos of one task whose references are of one kind."""

    name: str
    task: str
    holds: Callable[[Photo], bool]


def _all(_: Photo) -> bool:
    return True


# Flickr8k has five human captions a photo, the other sources one annotation: never one figure.
CAPTION_GROUPS = (
    Group("plain-en", "plain-en", lambda photo: photo.source == "f8k"),
    Group("plain-en-other", "plain-en", lambda photo: photo.source != "f8k"),
    *(Group(task, task, _all) for task in CAPTION_TASKS if task != "plain-en"),
)


@dataclass(frozen=True)
class Tokens:
    """Tokenised captions and references of the same photos, in the same order."""

    photos: list[str]
    hypotheses: list[str]
    references: list[list[str]]

    def statistics(self) -> dict[str, Statistic]:
        return caption_statistics(self.hypotheses, self.references)


def group_tokens(group: Group, photos: list[Photo], captions: dict[str, Caption]) -> Tokens | None:
    """Tokens of the photos that have a caption and a reference; None when there are none.

    FlickrStyle has train and dev photos only, and not every one of them.
    """
    scored = [photo for photo in photos if photo.id in captions and photo.texts[group.task]]
    if not scored:
        return None
    language = language_of(group.task)
    return Tokens(
        [photo.id for photo in scored],
        tokenise([captions[photo.id].text for photo in scored], language),
        list(_tokenise_lists([photo.texts[group.task] for photo in scored], language)),
    )


@dataclass(frozen=True)
class TagSets:
    """Suggested and wanted concepts of the same photos, in the same order."""

    photos: list[Photo]
    guesses: list[frozenset[str]]

    def statistics(self) -> dict[str, Statistic]:
        return score_hashtags(self.guesses, [photo.tags for photo in self.photos])

    def f1_of_photos(self) -> Floats:
        """F1 of each photo by itself [N]."""
        return combine_f1(self.statistics()["F1"].per_photo)


def tag_sets(photos: list[Photo], tags: dict[str, frozenset[str]]) -> TagSets | None:
    """The photos that have suggestions (also: an empty set of them); None when there are none."""
    scored = [photo for photo in photos if photo.id in tags]
    return TagSets(scored, [tags[photo.id] for photo in scored]) if scored else None


def all_statistics(predictions: Predictions, in_split: list[Photo]) -> dict[str, dict[str, Statistic]]:
    """By group and figure, for every group that can be scored."""
    found: dict[str, dict[str, Statistic]] = {}
    for group in CAPTION_GROUPS:
        members = [photo for photo in in_split if group.holds(photo)]
        tokens = group_tokens(group, members, predictions.captions.get(group.task, {}))
        if tokens:
            found[group.name] = tokens.statistics()
    sets = tag_sets(in_split, predictions.tags)
    if sets:
        found[HASHTAGS] = sets.statistics()
    return found


def _tokenise_lists(lists: list[list[str]], language: str) -> Iterator[list[str]]:
    """Tokenises all texts in one go: starting Java once for each photo would take minutes."""
    tokens = iter(tokenise([text for texts in lists for text in texts], language))
    for texts in lists:
        yield [next(tokens) for _ in texts]
