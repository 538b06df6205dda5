"""The parts that a mistake would spoil silently."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
import torch

from training.batches import rows_of_step
from training.data import Concept, plain_english, styled_english
from training.decoder import MEMORY, STATE, Decoder, DecoderConfig, real_positions
from training.decoding import SETTINGS, Hypothesis, Settings, banned, beam_search, forbidden
from training.encoder import Encoder, asymmetric_loss, fold_batch_norm
from training.golden import least_lead
from training.labels import best_tag_f1
from training.quantize import dequantize, quantize
from training.vocabulary import END, Vocabulary

TOY = Vocabulary(("<unk>", "<s>", "</s>", "▁a", "▁b", "가", "c"), (Concept("x", ("x",), ("엑스",)),), b"")


def toy_decoder(seed: int = 0, attention: str = "soft") -> Decoder:
    torch.manual_seed(seed)
    config = DecoderConfig(TOY.size, attention, channels=6, region=8, key=4, hidden=8, embedding=5)
    decoder = Decoder(config).eval()
    with torch.no_grad():
        for parameter in decoder.parameters():
            parameter.mul_(3)
    return decoder


@pytest.mark.parametrize(
    ("written", "learnt"),
    [
        ("A dog , wet , runs .", "a dog, wet, runs"),
        ('The man \'s sign says " stop " .', "the man's sign says stop"),
        ("  Two   boys\n play!", "two boys play"),
        (".", ""),
    ],
)
def test_plain_english(written: str, learnt: str) -> None:
    assert plain_english(written) == learnt


def test_styled_english_is_written_out() -> None:
    assert styled_english("a dog that i love , and i .") == "A dog that I love, and I."


def test_quantized_weights_are_a_fixed_point() -> None:
    """Rounding what was rounded gives the same int8 values: PyTorch and the graph hold the same numbers."""
    weight = np.random.default_rng(0).normal(size=(16, 40)).astype(np.float32)
    values, scale = quantize(weight, axis=0)
    rounded = dequantize(values, scale, axis=0)
    again, scale_again = quantize(rounded, axis=0)
    np.testing.assert_array_equal(again, values)
    np.testing.assert_array_equal(dequantize(again, scale_again, axis=0), rounded)
    assert np.abs(rounded - weight).max() <= scale.max() / 2 * 1.0001


def test_folding_batch_norm_changes_nothing() -> None:
    torch.manual_seed(0)
    encoder = Encoder().eval()
    for module in encoder.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(std=0.1)
            module.running_var.uniform_(0.5, 2)
    pixels = torch.rand(1, 3, 64, 64) * 255
    with torch.no_grad():
        before = encoder(pixels)
        fold_batch_norm(encoder)
        torch.testing.assert_close(encoder(pixels), before, atol=1e-3, rtol=1e-3)
    assert before.shape == (1, 4, 1280)
    assert before.std() > 0


@pytest.mark.parametrize("attention", list(STATE))
def test_teacher_forcing_equals_stepping(attention: str) -> None:
    """The training pass, with its shrinking batch, gives the logits that decoding word by word gives."""
    decoder = toy_decoder(attention=attention)
    grid = torch.randn(2, 4, 6)
    photo, lengths = torch.tensor([1, 0, 1]), [7, 5, 2]
    tokens = torch.randint(0, TOY.size, (3, 7))
    with torch.no_grad():
        together = decoder(grid, photo, tokens, lengths)
        stepped = torch.zeros(3, 7, TOY.size)
        for row, at in enumerate(photo):
            memory, state = decoder.start(grid[at : at + 1])
            assert len(memory) == len(MEMORY[attention])
            assert len(state) == len(STATE[attention])
            for t in range(lengths[row]):
                stepped[row, t], state, weights = decoder.step(tokens[row, t : t + 1], memory, state)
                assert (weights is None) == (attention == "none")
                if weights is not None:
                    torch.testing.assert_close(weights.sum(), torch.tensor(1.0))
    torch.testing.assert_close(together, real_positions(stepped, lengths), atol=1e-5, rtol=1e-5)


def test_look_back_reads_the_glance_before() -> None:
    """Where it looks depends on where it looked; soft attention does not have that input at all."""
    decoder, grid = toy_decoder(attention="look-back"), torch.randn(1, 4, 6)
    with torch.no_grad():
        memory, (hidden, cell, glance) = decoder.start(grid)
        attended, _ = decoder.attend(memory, (hidden, cell, glance))
        _, state, first = decoder.step(torch.tensor([3]), memory, (hidden, cell, glance))
        *_, elsewhere = decoder.step(torch.tensor([3]), memory, (hidden, cell, -3 * glance))
    torch.testing.assert_close(state[2], attended)
    assert (first - elsewhere).abs().max() > 1e-3


def test_without_attention_the_photo_is_seen_once() -> None:
    """Two photos with the same mean vector are the same to Show and Tell, as long as their regions are."""
    decoder, grid = toy_decoder(attention="none"), torch.randn(1, 4, 6)
    with torch.no_grad():
        (memory, state), (_, shuffled) = decoder.start(grid), decoder.start(grid.flip(1))
    assert memory == ()
    torch.testing.assert_close(state[0], shuffled[0])


def test_wide_beam_finds_the_best_sentence() -> None:
    """A beam wider than all prefixes is an exhaustive search."""
    decoder, grid = toy_decoder(3), torch.randn(1, 4, 6)
    settings = Settings(beam_width=64, length_exponent=0.7, min_length=1, max_length=3, no_repeat_ngram=0)
    best = beam_search(decoder, grid, "plain-ko", TOY, settings)[0][0]
    allowed = [token for token in TOY.allowed("plain-ko") if token != END]
    candidates = [list(s) for n in (1, 2, 3) for s in itertools.product(allowed, repeat=n)]
    scored = [(_log_probability(decoder, grid, s) / (len(s) + 1) ** 0.7, s) for s in candidates]
    assert best.tokens == max(scored)[1]
    assert best.total / len(best.log_probabilities) ** 0.7 == pytest.approx(max(scored)[0], abs=1e-4)


def _log_probability(decoder: Decoder, grid: torch.Tensor, sentence: list[int]) -> float:
    with torch.no_grad():
        logits = decoder(
            grid, torch.tensor([0]), torch.tensor([[TOY.task("plain-ko"), *sentence]]), [len(sentence) + 1]
        )
    return torch.log_softmax(logits, 1)[range(len(sentence) + 1), [*sentence, END]].sum().item()


def test_least_lead_is_that_of_the_closest_choice() -> None:
    """Ties are what the golden file must not hold."""
    decoder, grid = toy_decoder(4), torch.randn(1, 4, 6)
    settings = Settings(beam_width=1, length_exponent=0.7, min_length=0, max_length=6, no_repeat_ngram=0)
    tokens = beam_search(decoder, grid, "plain-ko", TOY, settings)[0][0].tokens
    with torch.no_grad():
        sentence = torch.tensor([[TOY.task("plain-ko"), *tokens]])
        logits = decoder(grid, torch.tensor([0]), sentence, [sentence.shape[1]])[:, TOY.allowed("plain-ko")]
    best = torch.log_softmax(logits, 1).topk(2).values[: settings.max_length]
    with torch.no_grad():
        lead = least_lead(decoder, grid, "plain-ko", TOY, settings, tokens)
    assert lead == pytest.approx((best[:, 0] - best[:, 1]).min().item(), abs=1e-5)
    assert lead > 0


def test_constraints_hold() -> None:
    settings = Settings(beam_width=3, length_exponent=0.7, min_length=4, max_length=6, no_repeat_ngram=2)
    for seed in range(5):
        for hypothesis in beam_search(toy_decoder(seed), torch.randn(1, 4, 6), "plain-en", TOY, settings)[0]:
            assert 4 <= len(hypothesis.tokens) <= 6
            assert set(hypothesis.tokens) <= {3, 4, 6}
            pairs = list(itertools.pairwise(hypothesis.tokens))
            assert len(pairs) == len(set(pairs))


def test_banned_tokens() -> None:
    assert banned([3, 4, 3], 2) == {3, 4}
    assert banned([3, 4, 3], 1) == {3, 4}
    assert banned([3, 4], 3) == {4}
    assert banned([3, 4], 0) == set()
    assert banned([], 2) == set()
    assert Hypothesis([], [-1.0, -0.5]).total == -1.5


def test_no_content_word_is_said_twice() -> None:
    """Under the rule the best sentence of those that keep it, and only those, is found; without, words come again."""
    vocabulary = replace(TOY, words=((3, 5), (4,)))
    settings = Settings(beam_width=64, length_exponent=0.7, min_length=3, max_length=3, no_repeat_ngram=0)
    decoder, grid = toy_decoder(3), torch.randn(1, 4, 6)

    def found(said_once: bool) -> list[list[int]]:
        rules = replace(settings, no_repeat_word=said_once)
        return [of.tokens for of in beam_search(decoder, grid, "plain-ko", vocabulary, rules)[0]]

    def repeats(tokens: list[int]) -> bool:
        return sum(token in (3, 5) for token in tokens) > 1 or tokens.count(4) > 1

    everything = [list(s) for s in itertools.product((3, 4, 5, 6), repeat=3)]
    assert {tuple(tokens) for tokens in found(False)} == {tuple(tokens) for tokens in everything}
    kept = sorted((s for s in everything if not repeats(s)), key=lambda s: -_log_probability(decoder, grid, s))
    assert found(True) == kept
    rules = replace(settings, no_repeat_ngram=2, no_repeat_word=True)
    assert forbidden([3, 6], vocabulary, rules) == {3, 5, 6}
    assert forbidden([3, 6], vocabulary, replace(rules, no_repeat_word=False)) == {6}


def test_only_texts_are_kept_from_repeating_words() -> None:
    once = {task for task, settings in SETTINGS.items() if settings.as_catalog()["noRepeatWord"]}
    assert once == set(SETTINGS) - {"hashtags"}


def test_every_photo_is_seen_once_an_epoch() -> None:
    steps = [rows_of_step(step, photos=20, batch=5, seed=1) for step in range(8)]
    first, second = np.concatenate(steps[:4]), np.concatenate(steps[4:])
    assert sorted(first) == sorted(second) == list(range(20))
    assert list(first) != list(second)


def test_best_tag_f1() -> None:
    probabilities = torch.tensor([[0.9, 0.4, 0.1], [0.2, 0.8, 0.3]])
    labels = torch.tensor([[1.0, 1.0, 0.0], [0.0, 1.0, 0.0]])
    f1, threshold = best_tag_f1(probabilities, labels)
    assert f1 == 1.0
    assert 0.3 < threshold <= 0.4


def test_asymmetric_loss_forgives_easy_negatives() -> None:
    """Below the clip a negative costs nothing; a missed positive costs its whole log-probability."""
    easy = asymmetric_loss(torch.tensor([[-8.0]]), torch.zeros(1, 1))
    missed = asymmetric_loss(torch.tensor([[-8.0]]), torch.ones(1, 1))
    assert easy.item() == pytest.approx(0, abs=1e-9)
    assert missed.item() == pytest.approx(8.0, abs=0.01)
