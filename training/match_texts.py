"""Texts of the match model: how a text becomes a bag of pieces, and what is drawn in a step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import sentencepiece
from torch import Tensor

from training.data import Concept, Photo, read_table, tidy
from training.match import PADDING, pad
from training.vocabulary import Vocabulary

KINDS = ("plain-en", "plain-ko", "instagram-en", "instagram-ko")
MOST_PIECES = 64
# Share of the pieces that a drawn text loses: no one word may carry it.
PIECE_DROPOUT = 0.15


@dataclass(frozen=True)
class BookLine:
    """A caption that is true of any photo that shows its tags."""

    language: str
    tone: str
    tags: tuple[str, ...]
    text: str


def read_book_lines(data: Path) -> list[BookLine]:
    """``book_lines.tsv``; none where the data has no such table."""
    path = data / "book_lines.tsv"
    if not path.exists():
        return []
    return [
        BookLine(row["lang"], row["tone"], tuple(row["tags"].split(",")), tidy(row["line"])) for row in read_table(path)
    ]


def pieces_of(text: str, processor: sentencepiece.SentencePieceProcessor) -> list[int]:
    """A text's pieces as the towers read it: in lower case, since a capital says nothing about a photo."""
    return processor.encode(tidy(text).lower())[:MOST_PIECES]


class MatchTexts:
    """All texts of the training photos in pieces, to draw from."""

    def __init__(self, photos: list[Photo], vocabulary: Vocabulary, book: list[BookLine]) -> None:
        processor = vocabulary.encoder()
        self._of_kind = {
            kind: [[pieces_of(text, processor) for text in photo.texts.get(kind, [])] for photo in photos]
            for kind in KINDS
        }
        names = {concept.name: concept for concept in vocabulary.concepts}
        self._tags = [[_names(names[tag], processor) for tag in photo.tags] for photo in photos]
        showing: dict[str, set[int]] = {}
        for row, photo in enumerate(photos):
            for tag in photo.tags:
                showing.setdefault(tag, set()).add(row)
        found = [set.intersection(*(showing.get(tag, set()) for tag in line.tags)) for line in book]
        self._book = [
            (pieces_of(line.text, processor), sorted(rows)) for line, rows in zip(book, found, strict=True) if rows
        ]

    def draw(self, kind: str, rows: np.ndarray, rng: np.random.Generator) -> tuple[list[int], Tensor]:
        """One text of a kind of each photo that has one: places within ``rows``, and pieces [places, T]."""
        texts = self._of_kind[kind]
        places = [place for place, row in enumerate(rows) if texts[row]]
        return places, _dropped([texts[rows[place]][rng.integers(len(texts[rows[place]]))] for place in places], rng)

    def draw_tags(self, rows: np.ndarray, rng: np.random.Generator) -> tuple[list[int], Tensor]:
        """Each photo's tags as a text, every tag in one language or the other."""
        places = [place for place, row in enumerate(rows) if self._tags[row]]
        texts = [[piece for names in self._tags[rows[p]] for piece in names[rng.integers(2)]] for p in places]
        return places, _dropped(texts, rng)

    def draw_book(self, count: int, rng: np.random.Generator) -> tuple[np.ndarray, Tensor]:
        """Lines of the book, each with a photo that shows all its tags: rows, and pieces [count, T]; fewer where the
        book is small."""
        chosen = rng.choice(len(self._book), min(count, len(self._book)), replace=False)
        rows = np.array([self._book[line][1][rng.integers(len(self._book[line][1]))] for line in chosen], dtype=int)
        return rows, _dropped([self._book[line][0] for line in chosen], rng)


def _names(concept: Concept, processor: sentencepiece.SentencePieceProcessor) -> tuple[list[int], list[int]]:
    return pieces_of(concept.name, processor), pieces_of(concept.ko[0], processor)


def _dropped(texts: list[list[int]], rng: np.random.Generator) -> Tensor:
    kept = [[piece for piece in text if rng.random() >= PIECE_DROPOUT] or text or [PADDING] for text in texts]
    return pad(kept)
