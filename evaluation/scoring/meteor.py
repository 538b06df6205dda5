"""METEOR 1.5 (Denkowski & Lavie 2014) as a function of sums over photos, so that it can be resampled exactly.

Its Java program says of each photo how many words match in which way; the figure of a corpus is computed from the
sums of these counts, not as a mean over photos. ``combine_meteor`` is that last step.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from pycocoevalcap.meteor.meteor import Meteor

from .bootstrap import Floats, Statistic, divide

# The program's settings for English (`-l en -norm`), as the COCO evaluation runs it: precision against recall, the
# penalty for scattered matches, content against function words, and exact, stem, synonym and paraphrase matches.
_ALPHA, _BETA, _GAMMA, _DELTA = 0.85, 0.2, 0.6, 0.75
_STAGES = np.array([1.0, 0.6, 0.8, 0.6])
# Of the 23 counts: lengths and function words of both sides; for each stage the matched content and function words
# of both sides; chunks; matched words of both sides. The hypothesis comes before the reference.
_COUNTS = 23
_CHUNKS = 20


def meteor_statistic(hypotheses: list[str], references: list[list[str]]) -> Statistic:
    """METEOR in points, against the best-matching reference of each photo."""
    program = _program()
    with program.lock:
        rows = [program._stat(text, truths).split() for text, truths in zip(hypotheses, references, strict=True)]
    counts = np.array(rows, dtype=np.float64)
    if counts.shape[1] != _COUNTS:
        raise RuntimeError(f"METEOR gave {counts.shape[1]} counts a photo, {_COUNTS} are expected")
    whole = (_stages(counts).sum(axis=(1, 2)) == counts[:, 0:2]).all(axis=1)
    counts[whole & (counts[:, _CHUNKS] == 1), _CHUNKS] = 0  # so the program adds up: no penalty for the very same words
    return Statistic(counts, combine_meteor)


def combine_meteor(sums: Floats) -> Floats:
    """[R, 23] sums of counts → R values, as in the program's ``MeteorScorer.computeMetrics``."""
    lengths, function_words = sums[:, 0:2], sums[:, 2:4]
    stages = _stages(sums)
    weighted = _DELTA * stages[:, :, 0] + (1 - _DELTA) * stages[:, :, 1]
    matches = np.einsum("s,rsk->rk", _STAGES, weighted)
    precision, recall = divide(matches, _DELTA * (lengths - function_words) + (1 - _DELTA) * function_words).T
    mean = divide(precision * recall, (1 - _ALPHA) * recall + _ALPHA * precision)
    scattered = divide(sums[:, _CHUNKS], sums[:, 21:23].mean(axis=1))
    return 100 * mean * (1 - _GAMMA * scattered**_BETA)


def _stages(counts: Floats) -> Floats:
    """[R, 4, 2, 2] matched words: stage; content, function words; of the hypothesis, of the reference."""
    return counts[:, 4:20].reshape(-1, len(_STAGES), 2, 2)


@cache
def _program() -> Meteor:
    """One Java process for all groups: it reads its paraphrase tables for several seconds."""
    return Meteor()
