"""What the encoder is supervised by: the hashtags of a photo and the frequent words of its captions."""

from __future__ import annotations

import torch
from torch import Tensor

from training.data import Photo, frequent_words, words_of
from training.encoder import WORD_LABELS
from training.setup import Run
from training.vocabulary import Vocabulary


def label_matrix(photos: list[Photo], vocabulary: Vocabulary, words: list[str]) -> Tensor:
    """Multi-hot labels, float [N, concepts + WORD_LABELS]: hashtags first."""
    column = {f"#{concept.name}": index for index, concept in enumerate(vocabulary.concepts)}
    column |= {word: len(vocabulary.concepts) + index for index, word in enumerate(words)}
    labels = torch.zeros(len(photos), len(vocabulary.concepts) + WORD_LABELS)
    for row, photo in enumerate(photos):
        for label in [f"#{tag}" for tag in photo.tags] + sorted(words_of(photo)):
            if label in column:
                labels[row, column[label]] = 1
    return labels


def labels_of(run: Run, *splits: list[int]) -> list[Tensor]:
    """The label matrix of each of the given lists of rows; the words are the frequent ones of the train split."""
    words = frequent_words(run.photos, WORD_LABELS)
    return [label_matrix([run.photos[row] for row in rows], run.vocabulary, words) for rows in splits]


def best_tag_f1(probabilities: Tensor, labels: Tensor) -> tuple[float, float]:
    """[N, concepts] each → the best F1 (micro-averaged over photos and concepts) over one threshold for all
    concepts, and that threshold."""
    wanted = labels.sum()
    best = (0.0, 0.0)
    for threshold in torch.arange(0.05, 0.95, 0.01).tolist():
        chosen = probabilities >= threshold
        hits = labels[chosen].sum()
        f1 = (2 * hits / (chosen.sum() + wanted)).item()
        best = max(best, (f1, round(threshold, 2)))
    return best
