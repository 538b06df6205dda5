"""What a long run says while it runs, and how it survives a restart."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn


class Progress:
    """Prints step, figures and time left, at most every ``every`` seconds."""

    def __init__(self, title: str, total: int, done: int = 0, every: float = 10.0) -> None:
        self.title, self.total, self.done, self.every = title, total, done, every
        self._first, self._start, self._last = done, time.monotonic(), 0.0

    def step(self, count: int = 1, **figures: float) -> None:
        self.done += count
        now = time.monotonic()
        if now - self._last < self.every and self.done < self.total:
            return
        self._last = now
        left = (now - self._start) / max(1, self.done - self._first) * (self.total - self.done)
        shown = " ".join(f"{name} {value:.4g}" for name, value in figures.items())
        print(f"{self.title} {self.done}/{self.total} {shown} {left / 60:.1f} min left", flush=True)


def seed_everything(seed: int) -> None:
    """Seeds Python, NumPy and PyTorch (CPU and CUDA)."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def save_training(
    path: Path, model: nn.Module, optimizer: torch.optim.Optimizer, average: dict[str, Tensor], step: int
) -> None:
    """All that a later run needs to go on."""
    state = {"model": model.state_dict(), "average": average, "optimizer": optimizer.state_dict(), "step": step}
    save_checkpoint(path, state)


def resume_training(path: Path, model: nn.Module, optimizer: torch.optim.Optimizer, average: dict[str, Tensor]) -> int:
    """Puts back what ``save_training`` wrote, in place; returns the step to go on from, 0 where there is nothing."""
    saved = load_checkpoint(path)
    if saved is None:
        return 0
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    for name, value in average.items():
        value.copy_(saved["average"][name])
    return saved["step"]


def save_checkpoint(path: Path, state: dict[str, Any]) -> None:
    """Writes beside, then renames: a run killed in between leaves the previous checkpoint whole."""
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    os.replace(partial, path)


def load_checkpoint(path: Path) -> dict[str, Any] | None:
    """The checkpoint, on the CPU, or ``None`` where there is none."""
    return torch.load(path, map_location="cpu", weights_only=True) if path.exists() else None
