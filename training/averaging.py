"""Learning-rate schedule and weight averaging, the same in both stages."""

from __future__ import annotations

import math

import torch
from torch import Tensor


def cosine(step: int, total: int, warmup: int) -> float:
    """Learning-rate factor: linear warm-up, then a cosine to zero."""
    if step < warmup:
        return (step + 1) / warmup
    return 0.5 * (1 + math.cos(math.pi * (step - warmup) / max(1, total - warmup)))


@torch.no_grad()
def update_average(average: dict[str, Tensor], model: torch.nn.Module, step: int, decay: float) -> None:
    """Exponential moving average of the weights named in ``average``, quicker in the first steps."""
    decay = min(decay, (1 + step) / (10 + step))
    current = dict(model.named_parameters()) | dict(model.named_buffers())
    for name, value in average.items():
        value.lerp_(current[name].detach(), 1 - decay)


class Averaged:
    """``with Averaged(model, average):`` the model holds the averaged weights inside, its own again after."""

    def __init__(self, model: torch.nn.Module, average: dict[str, Tensor]) -> None:
        self.model, self.average = model, average

    def __enter__(self) -> None:
        state = self.model.state_dict()
        self.own = {name: state[name].clone() for name in self.average}
        self.model.load_state_dict(self.average, strict=False)

    def __exit__(self, *_: object) -> None:
        self.model.load_state_dict(self.own, strict=False)
