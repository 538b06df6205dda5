"""Greedy and beam search in PyTorch, for training and for the golden file.

The app's own decoding is ``workers/captioner/decoding``; the golden file holds the two together. The rules: only the
tokens a task allows, no end before the least length, no n-gram twice, no token right after itself, in Instagram
captions no content word twice, no hashtag twice, ties to the lower id, final order by summed log-probability over
length to an exponent.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import Tensor

from training.decoder import Decoder
from training.vocabulary import END, Vocabulary


@dataclass(frozen=True)
class Settings:
    """How one task is decoded. Lengths count tokens without the end token; ``no_repeat_ngram`` 0 allows repeats;
    ``no_repeat_word``: no content word (``Vocabulary.words``) is started twice."""

    beam_width: int
    length_exponent: float
    min_length: int
    max_length: int
    no_repeat_ngram: int
    no_repeat_word: bool = False

    def as_catalog(self) -> dict[str, float | bool]:
        names = ("beamWidth", "lengthExponent", "minLength", "maxLength", "noRepeatNgram", "noRepeatWord")
        return dict(zip(names, asdict(self).values(), strict=True))


# Chosen on dev by `python -m training.tune`; the Instagram tasks and tones were not tuned.
# "A black dog and a brown dog" is a loss, one description in fourteen; but without the rule one in four says its main
# word again, and on dev both languages scored higher with it.
SETTINGS = {
    "plain-en": Settings(4, 0.9, 4, 30, 2, no_repeat_word=True),
    "plain-ko": Settings(5, 0.9, 4, 30, 3, no_repeat_word=True),
    "instagram-en": Settings(3, 0.7, 4, 30, 2, no_repeat_word=True),
    "instagram-ko": Settings(3, 0.7, 4, 30, 2, no_repeat_word=True),
    "romantic-en": Settings(3, 0.7, 6, 36, 2, no_repeat_word=True),
    "humorous-en": Settings(3, 0.7, 6, 36, 2, no_repeat_word=True),
    "hashtags": Settings(1, 0.7, 3, 8, 1),
}


@dataclass
class Hypothesis:
    tokens: list[int]
    log_probabilities: list[float]

    @property
    def total(self) -> float:
        return sum(self.log_probabilities)


def banned(tokens: list[int], ngram: int) -> set[int]:
    """Tokens that would complete an n-gram the hypothesis already holds, and the last token, which would say itself
    twice ("a city city street"); none where ``ngram`` is 0."""
    if ngram == 0 or not tokens:
        return set()
    prefix = tuple(tokens[len(tokens) - ngram + 1 :])
    starts = range(len(tokens) - ngram + 1)
    return {tokens[-1]} | {tokens[at + ngram - 1] for at in starts if tuple(tokens[at : at + ngram - 1]) == prefix}


def forbidden(tokens: list[int], vocabulary: Vocabulary, settings: Settings) -> set[int]:
    """What may not come after ``tokens``: what is ``banned``, and words that were said already."""
    said = {form for token in tokens for form in vocabulary.forms.get(token, ())} if settings.no_repeat_word else set()
    return said | banned(tokens, settings.no_repeat_ngram)


@torch.inference_mode()
def beam_search(
    decoder: Decoder, grid: Tensor, task: str, vocabulary: Vocabulary, settings: Settings
) -> list[list[Hypothesis]]:
    """grid [P, L, C] → for each photo its finished hypotheses, best first (the end token is scored, not kept)."""
    photos, width = len(grid), settings.beam_width
    memory, state = (tuple(value.repeat_interleave(width, 0) for value in values) for values in decoder.start(grid))
    allowed = torch.full((vocabulary.size,), float("-inf"))
    allowed[vocabulary.allowed(task)] = 0.0
    token = torch.full((photos * width,), vocabulary.task(task))
    beams = [[Hypothesis([], [])] for _ in range(photos)]
    finished: list[list[Hypothesis]] = [[] for _ in range(photos)]
    for length in range(settings.max_length + 1):
        logits, state, _ = decoder.step(token, memory, state)
        scores = torch.log_softmax(logits.float(), dim=1) + allowed
        parents = torch.arange(photos * width)
        for photo, beam in enumerate(beams):
            if not beam:
                continue
            rows = scores[photo * width : photo * width + len(beam)].clone()
            for row, hypothesis in enumerate(beam):
                rows[row, list(forbidden(hypothesis.tokens, vocabulary, settings))] = float("-inf")
            if length < settings.min_length:
                rows[:, END] = float("-inf")
            elif length == settings.max_length:
                ended = rows[:, END].clone()
                rows[:] = float("-inf")
                rows[:, END] = ended
            totals = rows + torch.tensor([hypothesis.total for hypothesis in beam])[:, None]
            best = torch.sort(totals.flatten(), descending=True, stable=True)
            grown: list[Hypothesis] = []
            for value, index in zip(best.values[: 2 * width].tolist(), best.indices[: 2 * width].tolist(), strict=True):
                if value == float("-inf") or len(grown) == width:
                    break
                row, chosen = divmod(index, vocabulary.size)
                log_probabilities = [*beam[row].log_probabilities, rows[row, chosen].item()]
                if chosen == END:
                    finished[photo].append(Hypothesis(beam[row].tokens, log_probabilities))
                    continue
                parents[photo * width + len(grown)] = photo * width + row
                token[photo * width + len(grown)] = chosen
                grown.append(Hypothesis([*beam[row].tokens, chosen], log_probabilities))
            beams[photo] = [] if len(finished[photo]) >= width else grown
        if not any(beams):
            break
        state = tuple(value[parents] for value in state)

    def rank(hypothesis: Hypothesis) -> float:
        return hypothesis.total / len(hypothesis.log_probabilities) ** settings.length_exponent

    return [sorted(hypotheses, key=rank, reverse=True) for hypotheses in finished]
