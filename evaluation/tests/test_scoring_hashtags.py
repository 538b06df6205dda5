"""Hashtag figures by hand, and intervals by resampling."""

import numpy as np
import pytest
from scoring.bootstrap import Resampler, Statistic, mean_statistic
from scoring.hashtags import score_hashtags

TRUTHS = [frozenset({"dog", "snow"}), frozenset({"beach", "sea", "sand"})]


def values(guesses: list[frozenset[str]]) -> dict[str, float]:
    return {name: statistic.value() for name, statistic in score_hashtags(guesses, TRUTHS).items()}


def test_truths_against_themselves_are_perfect():
    assert values(TRUTHS) == {"precision": 1, "recall": 1, "F1": 1}


def test_sums_are_over_photos_before_dividing():
    # 1 of 1 right and 1 of 4 right; 5 wanted.
    guesses = [frozenset({"dog"}), frozenset({"sea", "cat", "car", "cup"})]
    assert values(guesses) == pytest.approx({"precision": 2 / 5, "recall": 2 / 5, "F1": 2 / 5})


def test_nothing_suggested_is_zero_not_an_error():
    assert values([frozenset(), frozenset()]) == {"precision": 0, "recall": 0, "F1": 0}


def test_the_interval_of_a_mean_is_near_the_normal_one():
    scores = np.random.default_rng(7).normal(50, 10, 400)
    low, high = Resampler(2000, 1).interval(mean_statistic(scores))
    half = 1.96 * scores.std() / 20
    assert low == pytest.approx(scores.mean() - half, abs=0.15)
    assert high == pytest.approx(scores.mean() + half, abs=0.15)


def test_the_same_seed_gives_the_same_interval():
    statistic = mean_statistic(np.arange(30.0))
    assert Resampler(100, 3).interval(statistic) == Resampler(100, 3).interval(statistic)
    assert Resampler(100, 3).interval(statistic) != Resampler(100, 4).interval(statistic)


def test_a_constant_gain_has_no_spread_though_the_photos_have():
    scores = np.arange(30.0)
    low, high = Resampler(200, 1).difference(mean_statistic(scores + 2), mean_statistic(scores))
    assert (low, high) == (pytest.approx(2), pytest.approx(2))


def test_resampled_figures_come_from_resampled_sums():
    # One photo decides: the figure is 1 where it was drawn, and 0 where it was not.
    statistic = Statistic(np.array([[1.0], [0.0]]), lambda sums: (sums[:, 0] > 0).astype(float))
    assert Resampler(500, 1).interval(statistic) == (0, 1)
