"""The match model: a photo tower and a text tower into one space, both languages in it.

Trained contrastively over batches of photos and their texts, in both directions (as CLIP: Radford et al. 2021,
arXiv 2103.00020), on the mean of a frozen encoder's feature grid. The score of a photo and a text is the dot product
of their vectors, which have length 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

# SentencePiece's unknown piece says nothing about a photo: it fills the ends of short texts.
PADDING = 0


@dataclass(frozen=True)
class MatchConfig:
    """Sizes of the towers. ``pieces``: SentencePiece pieces."""

    pieces: int
    channels: int = 1280
    dimensions: int = 64
    photo_hidden: int = 256
    embedding: int = 96
    text_hidden: int = 192
    dropout: float = 0.2


class PhotoTower(nn.Module):
    """Feature grid [B, L, C] → vectors [B, D] of length 1."""

    def __init__(self, config: MatchConfig) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(config.channels))
        self.register_buffer("scale", torch.ones(config.channels))
        self.hidden = nn.Linear(config.channels, config.photo_hidden)
        self.out = nn.Linear(config.photo_hidden, config.dimensions)
        self.dropout = nn.Dropout(config.dropout)

    def standardize(self, means: Tensor) -> None:
        """Remembers location and spread of the training photos' means [N, C]."""
        self.mean.copy_(means.mean(0))
        self.scale.copy_(1 / means.std(0).clamp(min=1e-4))

    def of_mean(self, mean: Tensor) -> Tensor:
        """The same from means over the regions, [B, C]."""
        x = self.dropout((mean - self.mean) * self.scale)
        x = self.dropout(F.gelu(self.hidden(x)))
        return F.normalize(self.out(x), dim=1)

    def forward(self, grid: Tensor) -> Tensor:
        return self.of_mean(grid.mean(1))


class TextTower(nn.Module):
    """Pieces [B, T], ``PADDING`` at the ends → vectors [B, D] of length 1. A bag: order does not count."""

    def __init__(self, config: MatchConfig) -> None:
        super().__init__()
        self.embedding = nn.Embedding(config.pieces, config.embedding)
        nn.init.normal_(self.embedding.weight, std=0.1)
        self.hidden = nn.Linear(config.embedding, config.text_hidden)
        self.out = nn.Linear(config.text_hidden, config.dimensions)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, pieces: Tensor) -> Tensor:
        there = (pieces != PADDING).float()
        # A text of unknown pieces alone has no direction; the division still has to give numbers.
        share = there / there.sum(1, keepdim=True).clamp(min=1)
        bag = (self.embedding(pieces) * share[:, :, None]).sum(1)
        x = self.dropout(F.gelu(self.hidden(self.dropout(bag))))
        return F.normalize(self.out(x), dim=1)


class MatchModel(nn.Module):
    """Both towers and the temperature of the contrastive loss."""

    def __init__(self, config: MatchConfig) -> None:
        super().__init__()
        self.config = config
        self.photo = PhotoTower(config)
        self.text = TextTower(config)
        self.log_scale = nn.Parameter(torch.tensor(2.5))

    def loss(self, photos: Tensor, texts: Tensor, smoothing: float = 0.05) -> Tensor:
        """Vectors [B, D] of photos and of one text of each: the mean cross-entropy of finding each other."""
        logits = self.log_scale.exp() * photos @ texts.T
        labels = torch.arange(len(photos), device=logits.device)
        found = F.cross_entropy(logits, labels, label_smoothing=smoothing)
        return (found + F.cross_entropy(logits.T, labels, label_smoothing=smoothing)) / 2


def pad(texts: list[list[int]]) -> Tensor:
    """Pieces of texts → [B, T], at least one wide."""
    width = max(1, *map(len, texts))
    return torch.tensor([text + [PADDING] * (width - len(text)) for text in texts])


def recall(photos: Tensor, texts: Tensor, ranks: tuple[int, ...] = (1, 5, 10)) -> dict[int, float]:
    """Photos' vectors [N, D], and those of one text of each → share of photos whose own text is among the first k."""
    scores = photos @ texts.T
    place = (scores > scores.diagonal()[:, None]).sum(1)
    return {k: (place < k).float().mean().item() for k in ranks}
