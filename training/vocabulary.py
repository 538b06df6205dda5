"""One vocabulary for both languages: SentencePiece pieces, then hashtag tokens, then task tokens.

SentencePiece unigram: Kudo 2018, arXiv 1804.10959. Ids: 0 unknown, 1 start (never used), 2 end.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import sentencepiece

from training.data import CAPTION_TASKS, TASKS, Concept, Photo
from training.words import word_groups

UNKNOWN, START, END = 0, 1, 2
FORMAT_VERSION = 1


@dataclass(frozen=True)
class Vocabulary:
    """Token ids of texts, hashtags and tasks; ``size`` is V of the decoder's logits. ``words``: the pieces that start
    one content word, together (``words.py``)."""

    pieces: tuple[str, ...]
    concepts: tuple[Concept, ...]
    model: bytes
    words: tuple[tuple[int, ...], ...] = ()

    @property
    def size(self) -> int:
        return len(self.pieces) + len(self.concepts) + len(TASKS)

    @property
    def first_hashtag(self) -> int:
        return len(self.pieces)

    @cached_property
    def forms(self) -> dict[int, tuple[int, ...]]:
        """For each token that starts a content word, all the tokens that start it."""
        return {token: group for group in self.words for token in group}

    def task(self, task: str) -> int:
        """The start token of a task."""
        return len(self.pieces) + len(self.concepts) + TASKS.index(task)

    def encoder(self) -> sentencepiece.SentencePieceProcessor:
        return sentencepiece.SentencePieceProcessor(model_proto=self.model)

    def scores(self) -> list[float]:
        """Log-probability of each piece, by which SentencePiece cuts a text."""
        return [round(score, 5) for score in self.encoder().get_score(list(range(len(self.pieces))))]

    def text(self, tokens: list[int]) -> str:
        """The text of caption tokens."""
        return "".join(self.pieces[token] for token in tokens).replace("▁", " ").strip()

    def tags(self, tokens: list[int]) -> list[str]:
        """The concepts of hashtag tokens."""
        return [self.concepts[token - self.first_hashtag].name for token in tokens]

    def allowed(self, task: str) -> list[int]:
        """The tokens that a task may emit, the end token included, in order of id."""
        if task == "hashtags":
            return [END, *range(self.first_hashtag, self.first_hashtag + len(self.concepts))]
        english = task.endswith("-en")
        return [
            token
            for token, piece in enumerate(self.pieces)
            if token not in (UNKNOWN, START) and not (english and any(map(is_hangul, piece)))
        ]

    def write(self, path: Path) -> None:
        """``vocabulary.json`` as the app reads it."""
        hashtags = [
            {"id": self.first_hashtag + row, "concept": concept.name, "en": concept.en, "ko": concept.ko}
            for row, concept in enumerate(self.concepts)
        ]
        content = {
            "version": FORMAT_VERSION,
            "pieces": self.pieces,
            "scores": self.scores(),
            "unknown": UNKNOWN,
            "end": END,
            "tasks": {task: self.task(task) for task in TASKS},
            "hashtags": hashtags,
            "words": self.words,
        }
        path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def is_hangul(character: str) -> bool:
    """Syllables and jamo."""
    return "\uac00" <= character <= "\ud7a3" or "\u1100" <= character <= "\u11ff" or "\u3130" <= character <= "\u318f"


def build_vocabulary(photos: list[Photo], concepts: list[Concept], pieces: int, work: Path) -> Vocabulary:
    """Trains SentencePiece on the texts of the train split, or loads what an earlier run trained; finds the words."""
    path = work / "sentencepiece.model"
    texts = [text for photo in photos if photo.split == "train" for task in CAPTION_TASKS for text in photo.texts[task]]
    if not path.exists():
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(texts),
            model_prefix=str(path.with_suffix("")),
            vocab_size=pieces,
            model_type="unigram",
            character_coverage=0.9998,
            normalization_rule_name="identity",
            hard_vocab_limit=False,
            unk_id=UNKNOWN,
            bos_id=START,
            eos_id=END,
            num_threads=1,
            minloglevel=1,
        )
    model = path.read_bytes()
    processor = sentencepiece.SentencePieceProcessor(model_proto=model)
    spellings = tuple(processor.id_to_piece(list(range(len(processor)))))
    return Vocabulary(spellings, tuple(concepts), model, word_groups(spellings, processor.encode(texts)))
