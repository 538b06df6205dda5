"""Hashtags as sets of concepts: precision, recall and F1, micro-averaged over photos."""

from __future__ import annotations

import numpy as np

from .bootstrap import Floats, Statistic, divide


def score_hashtags(guesses: list[frozenset[str]], truths: list[frozenset[str]]) -> dict[str, Statistic]:
    """Figures between 0 and 1, over the sums of right, suggested and wanted concepts."""
    if not guesses or len(guesses) != len(truths):
        raise ValueError("as many guesses as truths are needed, and at least one")
    rows = [(len(guess & truth), len(guess), len(truth)) for guess, truth in zip(guesses, truths, strict=True)]
    sums = np.array(rows, dtype=np.float64)
    return {
        "precision": Statistic(sums, combine_precision),
        "recall": Statistic(sums, combine_recall),
        "F1": Statistic(sums, combine_f1),
    }


def combine_precision(sums: Floats) -> Floats:
    return divide(sums[:, 0], sums[:, 1])


def combine_recall(sums: Floats) -> Floats:
    return divide(sums[:, 0], sums[:, 2])


def combine_f1(sums: Floats) -> Floats:
    return divide(2 * sums[:, 0], sums[:, 1] + sums[:, 2])
