"""Rewards and policy gradient: what a sign error would turn round without a word."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from pycocoevalcap.cider.cider import Cider as OfficialCider

from training import rewards
from training.rewards import END_WORD, Reward, meteor_f_mean, stutters, words_of_text
from training.self_critical import REWARDED, Samples, advantages, allowed_tokens, policy_loss, sample_captions
from training.tests.test_parts import TOY, toy_decoder
from training.vocabulary import END

REFERENCES = [
    ["a dog runs on the sand", "the brown dog is running by the sea"],
    ["two children play in the snow", "children in red coats in deep snow"],
    ["a man climbs a rock", "someone is on a steep rock"],
]
GUESSES = ["a dog is running on sand", "two children in the snow", "a rock"]


def test_cider_is_the_official_one() -> None:
    """With the same captions for the document frequencies, photo by photo."""
    words = [[[*text.split(), END_WORD] for text in texts] for texts in REFERENCES]
    cider = rewards.Cider(words)
    own = [
        cider.score([*guess.split(), END_WORD], [cider.vector(w) for w in of_photo])
        for guess, of_photo in zip(GUESSES, words, strict=True)
    ]
    truths = {at: [" ".join(w) for w in of_photo] for at, of_photo in enumerate(words)}
    guesses = {at: [f"{guess} {END_WORD}"] for at, guess in enumerate(GUESSES)}
    _, official = OfficialCider().compute_score(truths, guesses)
    np.testing.assert_allclose(own, official, rtol=1e-6)
    assert max(own) > 1


def test_meteor_f_mean_wants_content_and_recall() -> None:
    reference, function_words = ["a", "dog", "runs", "fast", "home"], frozenset({"a"})
    assert meteor_f_mean(reference, [reference], function_words) == pytest.approx(1)
    without_article = meteor_f_mean(reference[1:], [reference], function_words)
    without_noun = meteor_f_mean([w for w in reference if w != "dog"], [reference], function_words)
    with_more = meteor_f_mean([*reference, "now"], [reference], function_words)
    assert 1 > without_article > without_noun
    assert with_more > without_noun, "a word too many costs less than one that is missing"
    assert meteor_f_mean(["cat"], [reference], function_words) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [("I am I am I am", True), ("so so good", True), ("I am what I am", False), ("", False)],
)
def test_stutters(text: str, expected: bool) -> None:
    assert stutters(text.split()) is expected


def test_korean_is_rewarded_by_morphemes() -> None:
    assert words_of_text("바다가 좋아 🌊!", "ko")[:2] == ["바다", "가"]
    assert words_of_text("It's a Dog's day!", "en") == ["it", "'s", "a", "dog", "'s", "day"]


def test_what_costs_an_instagram_caption() -> None:
    """Made-up words, stutters, and captions that never end."""
    reward = Reward("instagram-en", [["Sunday morning by the sea"], ["Sunday in the city"], ["By the fire"]])
    plain = reward.of(0, "Sunday morning by the sea", ended=True)
    assert plain > reward.of(0, "Sunday in the city", ended=True) > reward.of(0, "Sunday in the citys", ended=True) > 0
    assert reward.of(0, "Sunday Sunday morning by the sea", ended=True) < plain / 1.5
    assert reward.of(0, "Sunday morning by the sea", ended=False) == 0


def test_advantages_compare_with_the_other_samples() -> None:
    advantage = advantages(torch.tensor([1.0, 2.0, 3.0, 5.0, 5.0, 5.0]), count=3)
    torch.testing.assert_close(advantage.view(2, 3).sum(1), torch.zeros(2), atol=1e-5, rtol=0)
    assert advantage[0] < advantage[1] < advantage[2]
    assert advantage[3:].abs().max() == 0


def _draw(decoder: torch.nn.Module, grid: torch.Tensor, count: int) -> Samples:
    photo = torch.arange(len(grid)).repeat_interleave(count).repeat(len(REWARDED))
    task = torch.arange(len(REWARDED)).repeat_interleave(len(grid) * count)
    return sample_captions(decoder, grid, photo, task, TOY, allowed_tokens(TOY))


@pytest.mark.parametrize("attention", ["none", "soft", "look-back"])
def test_samples_follow_the_distribution(attention: str) -> None:
    """First tokens are as frequent as their probabilities say, and only allowed ones are drawn."""
    torch.manual_seed(0)
    decoder, grid, count = toy_decoder(attention=attention), torch.randn(1, 4, 6), 4000
    samples = _draw(decoder, grid, count)
    assert len(samples.tokens) == len(samples.ended) == count * len(REWARDED)
    for number, task in enumerate(REWARDED):
        rows = range(number * count, (number + 1) * count)
        assert {token for row in rows for token in samples.tokens[row]} <= set(TOY.allowed(task)) - {END}
        memory, state = decoder.start(grid)
        with torch.no_grad():
            logits, *_ = decoder.step(torch.tensor([TOY.task(task)]), memory, state)
        expected = torch.softmax(logits[0] + allowed_tokens(TOY)[number], 0)
        drawn = [(samples.tokens[row] or [END])[0] for row in rows]
        observed = torch.bincount(torch.tensor(drawn), minlength=TOY.size) / count
        torch.testing.assert_close(observed, expected, atol=0.04, rtol=0)


def test_a_step_makes_the_better_caption_more_likely() -> None:
    torch.manual_seed(1)
    decoder, grid = toy_decoder(5), torch.randn(1, 4, 6)
    mask = allowed_tokens(TOY)
    samples = Samples(torch.tensor([0, 0]), torch.tensor([0, 0]), [[3, 4], [4, 6, 3]], [True, True])

    def log_probability(row: int) -> float:
        one = torch.zeros(2)
        one[row] = 1
        length = sum(len(tokens) + 1 for tokens in samples.tokens)
        with torch.no_grad():
            return -policy_loss(decoder, grid, samples, one, TOY, mask).item() * length

    before = [log_probability(row) for row in (0, 1)]
    optimizer = torch.optim.SGD(decoder.parameters(), lr=0.01)
    policy_loss(decoder, grid, samples, torch.tensor([1.0, -1.0]), TOY, mask).backward()
    optimizer.step()
    assert log_probability(0) > before[0]
    assert log_probability(1) < before[1]
