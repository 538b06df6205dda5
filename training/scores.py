"""Hashtag scores: micro-averaged over photos and concepts."""

from __future__ import annotations

import torch
from torch import Tensor


def best_tag_f1(probabilities: Tensor, labels: Tensor) -> tuple[float, float]:
    """[N, T] each → the best micro F1 over one threshold for all concepts, and that threshold."""
    wanted = labels.sum()
    best = (0.0, 0.0)
    for threshold in torch.arange(0.05, 0.95, 0.01).tolist():
        chosen = probabilities >= threshold
        hits = labels[chosen].sum()
        f1 = (2 * hits / (chosen.sum() + wanted)).item()
        best = max(best, (f1, threshold))
    return best
