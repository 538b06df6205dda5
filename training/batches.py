"""Which texts a training step sees: a function of seed and step alone, so that a resumed run goes on as it was."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.data import TASKS, Photo
from training.vocabulary import END, Vocabulary

LONGEST = 40


@dataclass(frozen=True)
class Batch:
    """N sequences over P photos, longest first. ``tokens`` [N, T] start with the task; ``targets`` end with ``END``."""

    photo: Tensor
    task: Tensor
    tokens: Tensor
    targets: Tensor
    lengths: list[int]


class Texts:
    """The encoded texts of every photo: ``of[photo][task]`` is a list of token lists, ``END`` included."""

    def __init__(self, photos: list[Photo], vocabulary: Vocabulary) -> None:
        processor = vocabulary.encoder()
        hashtag = {concept.name: vocabulary.first_hashtag + row for row, concept in enumerate(vocabulary.concepts)}
        self.first = {task: vocabulary.task(task) for task in TASKS}
        self.of = []
        for photo in photos:
            encoded = {task: processor.encode(texts) for task, texts in photo.texts.items()}
            # Tags that people made up themselves need not be in the lexicon.
            tags = [hashtag[tag] for tag in photo.tags if tag in hashtag]
            encoded["hashtags"] = [tags] if tags else []
            self.of.append({t: [[*ids, END][:LONGEST] for ids in texts] for t, texts in encoded.items() if texts})

    def sample(self, rows: np.ndarray, rng: np.random.Generator) -> Batch:
        """One text of each task a photo has, two where people wrote several plain sentences."""
        return self._batch(
            (index, task, texts[choice])
            for index, row in enumerate(rows)
            for task, texts in self.of[row].items()
            for choice in rng.permutation(len(texts))[: 2 if task == "plain-en" else 1]
        )

    def first_of_each(self, rows: np.ndarray, tasks: tuple[str, ...]) -> Batch:
        """For held-out loss: the first text of each task."""
        return self._batch(
            (index, task, self.of[row][task][0])
            for index, row in enumerate(rows)
            for task in tasks
            if task in self.of[row]
        )

    def _batch(self, items) -> Batch:
        ordered = sorted(items, key=lambda item: -len(item[2]))
        lengths = [len(ids) for _, _, ids in ordered]
        tokens = torch.zeros(len(ordered), lengths[0], dtype=torch.long)
        targets = torch.zeros_like(tokens)
        for row, (_, task, ids) in enumerate(ordered):
            targets[row, : len(ids)] = torch.tensor(ids)
            tokens[row, : len(ids)] = torch.tensor([self.first[task], *ids[:-1]])
        photo = torch.tensor([index for index, _, _ in ordered])
        task = torch.tensor([TASKS.index(task) for _, task, _ in ordered])
        return Batch(photo, task, tokens, targets, lengths)


def rows_of_step(step: int, photos: int, batch: int, seed: int) -> np.ndarray:
    """The photos of a step: a fresh permutation an epoch, the ragged end left out."""
    steps = max(1, photos // batch)
    order = np.random.default_rng([seed, step // steps]).permutation(photos)
    first = step % steps * batch
    return order[first : first + batch]
