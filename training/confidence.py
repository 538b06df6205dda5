"""How sure a description is, read from its mean log-probability.

The bands are shares of the dev split: sure is the upper two fifths of a system's own descriptions, unsure the lowest
fifth. `training.tune` shows that CIDEr rises from fifth to fifth.
"""

from __future__ import annotations

import numpy as np
from torch import Tensor

from training.decoder import Decoder
from training.decoding import SETTINGS, Hypothesis, beam_search
from training.vocabulary import Vocabulary

BATCH = 50


def mean_log_probability(hypothesis: Hypothesis) -> float:
    """Nats a token, the end token counted."""
    return hypothesis.total / len(hypothesis.log_probabilities)


def confidence_bands(decoder: Decoder, grids: Tensor, vocabulary: Vocabulary) -> dict[str, dict[str, float]]:
    """Grids [N, L, C] of dev photos → per language the least mean log-probability of ``sure`` and of ``maybe``."""
    bands = {}
    for language in ("en", "ko"):
        task = f"plain-{language}"
        chunks = grids.split(BATCH)
        best = [of[0] for chunk in chunks for of in beam_search(decoder, chunk, task, vocabulary, SETTINGS[task])]
        maybe, sure = np.quantile([mean_log_probability(hypothesis) for hypothesis in best], [0.2, 0.6])
        bands[language] = {"sure": round(float(sure), 2), "maybe": round(float(maybe), 2)}
    return bands
