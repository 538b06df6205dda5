"""How good a sampled caption is, for self-critical training: overlap with what people wrote, from 0 upwards.

Tokens are words of English (lower case, no punctuation) and morphemes of Korean, as the evaluation counts them. Every
sequence ends with ``END_WORD``, so that a caption that stops in mid-sentence loses the n-grams of a proper end.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache
from typing import Any

from pycocoevalcap.rouge.rouge import Rouge

END_WORD = "</s>"
NGRAMS = 4
# CIDEr-D: width of the penalty for another length than the reference's, and the usual scale.
SIGMA, SCALE = 6.0, 10.0
# METEOR 1.5 for English (Denkowski & Lavie 2014): weight of recall, of content words, and from which relative
# frequency on a word counts as a function word.
RECALL, CONTENT, FUNCTION_FREQUENCY = 0.85, 0.75, 1e-3

Words = list[str]


def words_of_text(text: str, language: str) -> Words:
    """Tokens of one caption, ``END_WORD`` not included."""
    if language == "en":
        return re.findall(r"[a-z0-9]+|'[a-z]+", text.lower())
    return [token.form for token in _kiwi().tokenize(text) if any(map(str.isalnum, token.form))]


@cache
def _kiwi() -> Any:
    from kiwipiepy import Kiwi  # 100 MB of model: only where there is Korean to read

    return Kiwi(num_workers=1)


def ngrams(words: Words) -> Counter[tuple[str, ...]]:
    """Counts of all n-grams, n = 1 … 4."""
    return Counter(tuple(words[at : at + n]) for n in range(1, NGRAMS + 1) for at in range(len(words) - n + 1))


class Cider:
    """CIDEr-D (Vedantam et al. 2015, arXiv 1411.5726) with document frequencies of the training references, computed
    once: the official scorer takes them from the very captions it scores."""

    def __init__(self, references: list[list[Words]]) -> None:
        """``references``: every photo's captions."""
        self.documents = len(references)
        self.frequency = Counter(gram for of_photo in references for gram in set().union(*map(ngrams, of_photo)))

    def vector(self, words: Words) -> tuple[list[dict], list[float], int]:
        """Weights by n-gram and their norms, for each n; and the length that the penalty compares."""
        weights: list[dict[tuple[str, ...], float]] = [{} for _ in range(NGRAMS)]
        for gram, count in ngrams(words).items():
            rarity = math.log(self.documents) - math.log(max(1, self.frequency[gram]))
            weights[len(gram) - 1][gram] = count * rarity
        return weights, [math.sqrt(sum(v * v for v in w.values())) for w in weights], max(0, len(words) - 1)

    def score(self, words: Words, references: list[tuple[list[dict], list[float], int]]) -> float:
        """CIDEr-D against vectors of the photo's references: 0 to 10."""
        weights, norms, length = self.vector(words)
        total = 0.0
        for other, other_norms, other_length in references:
            penalty = math.exp(-((length - other_length) ** 2) / (2 * SIGMA**2))
            for n in range(NGRAMS):
                if norms[n] and other_norms[n]:
                    shared = sum(min(v, other[n][g]) * other[n][g] for g, v in weights[n].items() if g in other[n])
                    total += penalty * shared / (norms[n] * other_norms[n])
        return SCALE * total / NGRAMS / len(references)


def meteor_f_mean(
    words: Words, references: list[Words], function_words: frozenset[str], function_weight: float = 1 - CONTENT
) -> float:
    """The F-mean of METEOR with exact matches only, best over the references: recall counts most, and content words
    three times as much as function words. (Its penalty for broken order is left to ROUGE-L.)"""

    def weight(counts: Counter[str]) -> float:
        return sum(n * (function_weight if word in function_words else CONTENT) for word, n in counts.items())

    own, best = Counter(words), 0.0
    for reference in references:
        other = Counter(reference)
        matched = weight(own & other)
        if matched:
            precision, recall = matched / weight(own), matched / weight(other)
            best = max(best, precision * recall / (RECALL * precision + (1 - RECALL) * recall))
    return best


class Reward:
    """The reward of one task's captions, over the photos whose references it was made with."""

    def __init__(self, task: str, references: list[list[str]]) -> None:
        """``references``: the texts of every photo of the training split; none where a photo has no such text."""
        self.language = task.rsplit("-", 1)[1]
        self.descriptive = task.startswith("plain")
        self.references = [[self.words(text) for text in texts] for texts in references]
        written = [of_photo for of_photo in self.references if of_photo]
        self.cider = Cider(written)
        self.vectors = [[self.cider.vector(words) for words in of_photo] for of_photo in self.references]
        counts = Counter(word for of_photo in written for words in of_photo for word in words)
        self.known = frozenset(counts)
        least = FUNCTION_FREQUENCY * counts.total()
        self.function_words = frozenset(word for word, count in counts.items() if count >= least) | {END_WORD}
        # What English Instagram captions share with their reference are mostly function words. Rewarded for these, or
        # by ROUGE-L, the decoder soon wrote "One on the grass and the ball" for every photo.
        self.function_weight = 0.0 if task == "instagram-en" else 1 - CONTENT
        self.rouge = Rouge()

    def words(self, text: str) -> Words:
        return [*words_of_text(text, self.language), END_WORD]

    def of(self, photo: int, text: str, ended: bool) -> float:
        """A caption of photo number ``photo``. One that had to be cut off is worth nothing."""
        if not ended:
            return 0.0
        words = self.words(text)
        cider = self.cider.score(words, self.vectors[photo])
        references = self.references[photo]
        f_mean = meteor_f_mean(words, references, self.function_words, self.function_weight)
        if self.descriptive:
            return cider + f_mean
        # Against one reference CIDEr alone is a lottery of rare words.
        if self.language == "en":
            reward = cider + f_mean
        else:
            rouge = self.rouge.calc_score([" ".join(words)], [" ".join(reference) for reference in references])
            reward = 0.5 * cider + rouge + f_mean
        # Nobody ever wrote it: a word that the decoder made up from pieces. Korean endings make new words all the time.
        invented = self.language == "en" and not self.known.issuperset(words)
        return reward * (0.5 if invented else 1.0) * (0.5 if stutters(words) else 1.0)


def stutters(words: Words) -> bool:
    """Whether a word or a pair of words is said twice in succession."""
    return any(words[at : at + n] == words[at + n : at + 2 * n] for n in (1, 2) for at in range(len(words) - 2 * n + 1))
