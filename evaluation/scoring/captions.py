"""Caption figures by the COCO caption evaluation's own code (Chen et al., arXiv 1504.00325).

Figures are in points: the usual value times 100. METEOR runs with its English settings on Korean
too, where only exact matches (of morphemes) can count.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from pycocoevalcap.bleu.bleu_scorer import BleuScorer
from pycocoevalcap.cider.cider import Cider
from pycocoevalcap.rouge.rouge import Rouge

from .bootstrap import Floats, Statistic, mean_statistic
from .meteor import meteor_statistic

BLEU_ORDERS = (1, 2, 3, 4)
# The guards against division by zero of BleuScorer.compute_score.
_TINY, _SMALL = 1e-15, 1e-9


def caption_statistics(hypotheses: list[str], references: list[list[str]]) -> dict[str, Statistic]:
    """BLEU-1..4, METEOR, ROUGE-L and CIDEr of tokenised captions (tokens joined by spaces), each
    against its own references.

    CIDEr's document frequencies come from these references, as in the official scorer: a value is
    comparable only with one over the same photos.
    """
    truths, guesses = _by_number(hypotheses, references)
    sums = _bleu_sums(hypotheses, references)
    statistics = {f"BLEU-{n}": Statistic(sums, partial(combine_bleu, n)) for n in BLEU_ORDERS}
    statistics["ROUGE-L"] = mean_statistic(_per_photo(Rouge().compute_score(truths, guesses)))
    statistics["CIDEr"] = mean_statistic(cider_of_photos(hypotheses, references))
    statistics["METEOR"] = meteor_statistic(hypotheses, references)
    return statistics


def cider_of_photos(hypotheses: list[str], references: list[list[str]]) -> Floats:
    """CIDEr of each photo [N], rarity weights from all these references."""
    return _per_photo(Cider().compute_score(*_by_number(hypotheses, references)))


def _by_number(hypotheses: list[str], references: list[list[str]]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """The scorers' own form: references and hypotheses by the number of the photo."""
    if not hypotheses or len(hypotheses) != len(references):
        raise ValueError("as many hypotheses as reference lists are needed, and at least one")
    return dict(enumerate(references)), {i: [text] for i, text in enumerate(hypotheses)}


def combine_bleu(order: int, sums: Floats) -> Floats:
    """[R, 10] sums of matches and guesses of orders 1–4, own length, reference length → R values.

    Papineni et al. 2002, as in BleuScorer.compute_score.
    """
    matches, guesses, own, reference = sums[:, 0:4], sums[:, 4:8], sums[:, 8], sums[:, 9]
    precisions = (matches[:, :order] + _TINY) / (guesses[:, :order] + _SMALL)
    ratio = (own + _TINY) / (reference + _SMALL)
    brevity = np.where(ratio < 1, np.exp(1 - 1 / np.minimum(ratio, 1)), 1.0)
    return 100 * brevity * np.prod(precisions, axis=1) ** (1 / order)


def _bleu_sums(hypotheses: list[str], references: list[list[str]]) -> Floats:
    scorer = BleuScorer(n=4)
    for hypothesis, texts in zip(hypotheses, references, strict=True):
        scorer += (hypothesis, texts)
    rows = [[*photo["correct"], *photo["guess"], photo["testlen"], _closest(photo)] for photo in scorer.ctest]
    return np.array(rows, dtype=np.float64)


def _closest(photo: dict) -> int:
    """The reference length nearest to the hypothesis' own, the shorter of two equally near ones."""
    return min((abs(length - photo["testlen"]), length) for length in photo["reflen"])[1]


def _per_photo(result: tuple[float, Floats]) -> Floats:
    return 100 * np.asarray(result[1], dtype=np.float64)
