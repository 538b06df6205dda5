"""Figures that are functions of sums over photos, and their intervals by resampling photos.

The percentile bootstrap (Efron & Tibshirani 1993, ch. 13): photos are drawn with replacement, the
figure is computed from the sums of the drawn ones, and the middle 95 % of the values is reported.
For two systems the same draws are used on both, so what the photos have in common cancels.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEVEL = 0.95
# Sums of the same numbers in another order differ in the last binary digits: such a difference is none.
_DIGITS = 9


@dataclass(frozen=True)
class Statistic:
    """``per_photo`` [N, K]; ``combine`` turns sums [R, K] into R values of the figure."""

    per_photo: Floats
    combine: Callable[[Floats], Floats]

    def value(self) -> float:
        return float(self.combine(self.per_photo.sum(axis=0, keepdims=True))[0])


@dataclass(frozen=True)
class Resampler:
    """Seeded draws of photos: ``samples`` times N out of N."""

    samples: int
    seed: int

    def interval(self, statistic: Statistic) -> tuple[float, float]:
        """The 95 % interval of one figure."""
        return _middle(self._values(statistic))

    def figures(self, statistics: dict[str, Statistic]) -> dict[str, dict[str, float]]:
        """By name: the value, and the ends of its interval."""
        found = {}
        for name, statistic in statistics.items():
            low, high = self.interval(statistic)
            found[name] = {"value": statistic.value(), "low": low, "high": high}
        return found

    def difference(self, first: Statistic, second: Statistic) -> tuple[float, float]:
        """The 95 % interval of first − second, over the same photos in the same order."""
        return _middle(np.round(self._values(first) - self._values(second), _DIGITS))

    def _values(self, statistic: Statistic) -> Floats:
        drawn = _draws(self.samples, self.seed, len(statistic.per_photo))
        return statistic.combine(drawn @ statistic.per_photo)


@cache
def _draws(samples: int, seed: int, photos: int) -> Floats:
    """[samples, photos]: how often each photo was drawn; the same for the same number of photos."""
    generator = np.random.default_rng(seed)
    shares = np.full(photos, 1 / photos)
    return generator.multinomial(photos, shares, size=samples).astype(np.float64)


def mean_statistic(scores: Floats) -> Statistic:
    """A figure that is the plain mean of a score of each photo."""
    return Statistic(np.stack([scores, np.ones_like(scores)], axis=1), _ratio)


def _ratio(sums: Floats) -> Floats:
    return sums[:, 0] / sums[:, 1]


def divide(above: Floats, below: Floats) -> Floats:
    """0 where there is nothing to divide by."""
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)


def _middle(values: Floats) -> tuple[float, float]:
    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
