"""Signs of degenerate text: everything alike, learnt by heart, cut off, going round in circles.

Each is a share between 0 and 1. The same shares of the references (one text a photo) say what is
normal: people, too, repeat "in a" within a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .repeats import share_repeating_word

# Flickr8k's captions come tokenised: "a man 's hat", "does n't".
_CLITIC = re.compile(r"\s+(?='\w|n't\b)")


@dataclass(frozen=True)
class Variety:
    distinct: float
    """Different texts, of all texts."""
    most_frequent: float
    """The share of the most frequent text."""
    most_frequent_text: str
    learnt_by_heart: float
    """Texts that are word for word a training text of the same task."""
    repeated_bigram: float
    """Texts that hold the same two words in a row twice."""
    repeated_run: float
    """Texts that stutter: a word, or two words, twice in direct succession."""
    repeated_word: float
    """Texts that say a content word twice, see ``repeats.py``."""
    words: float
    """Mean number of words."""


def measure_variety(texts: Sequence[str], training_texts: Iterable[str], language: str) -> Variety:
    """Compares texts by their words: case, punctuation and emoji do not count."""
    if not texts:
        raise ValueError("at least one text is needed")
    keys = [words_of(text) for text in texts]
    learnt = {words_of(text) for text in training_texts}
    common, count = Counter(keys).most_common(1)[0]
    total = len(keys)
    return Variety(
        distinct=len(set(keys)) / total,
        most_frequent=count / total,
        most_frequent_text=texts[keys.index(common)],
        learnt_by_heart=sum(key in learnt for key in keys) / total,
        repeated_bigram=sum(map(repeats_bigram, keys)) / total,
        repeated_run=sum(map(repeats_at_once, keys)) / total,
        repeated_word=share_repeating_word(texts, language),
        words=sum(map(len, keys)) / total,
    )


def words_of(text: str) -> tuple[str, ...]:
    """Letters and digits of each blank-separated word, case folded; words without any are left out."""
    kept = "".join(
        character if character.isspace() or unicodedata.category(character)[0] in "LMN" else ""
        for character in _CLITIC.sub("", unicodedata.normalize("NFC", text).casefold())
    )
    return tuple(kept.split())


def repeats_bigram(words: Sequence[str]) -> bool:
    """Whether two words in a row occur twice."""
    pairs = list(pairwise(words))
    return len(set(pairs)) < len(pairs)


def repeats_at_once(words: Sequence[str]) -> bool:
    """Whether a word or a pair of words directly follows itself ("so so", "I am I am")."""
    return any(words[at : at + n] == words[at + n : at + 2 * n] for n in (1, 2) for at in range(len(words) - 2 * n + 1))
