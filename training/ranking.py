"""How well a line fits a photo: one logistic score for every kind of line, calibrated on the dev split.

The witness is what is known of the dev photos: their tags. The app computes the same features
(`workers/captioner/matching`); `export_match.py` puts the weights into the catalog.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from training.book_lines import PHOTO, Line

LEAST_PROBABILITY = 0.01
# A line whose required concept is less likely than this is not offered.
FLOOR = 0.2
# A photo's tags are in order, most specific first: these say what it is of.
MAIN_TAGS = 3
FEATURES = ("match", "photo", "required", "agreement", "rarity")


@dataclass(frozen=True)
class BookArrays:
    """A book as arrays over its n lines: ``text`` and ``photo`` vectors [n, D] (zeros where a line has no photo),
    ``tags`` and ``required`` [n, C] (0 or 1), ``is_photo`` [n]."""

    text: np.ndarray
    photo: np.ndarray
    tags: np.ndarray
    required: np.ndarray
    is_photo: np.ndarray


def rarity_of(tags: np.ndarray) -> np.ndarray:
    """Photos' tags [N, C] → [C]: how few photos show a concept, in nats, at most that of one photo."""
    return np.log(len(tags) / np.maximum(1, tags.sum(0)))


def indicator(tags: list[tuple[str, ...]], concepts: list[str]) -> np.ndarray:
    """Lists of tags → float32 [N, C] of 0 and 1; unknown tags are left out."""
    column = {name: at for at, name in enumerate(concepts)}
    rows = np.zeros((len(tags), len(concepts)), dtype=np.float32)
    for row, names in enumerate(tags):
        rows[row, [column[name] for name in names if name in column]] = 1
    return rows


def book_arrays(lines: list[Line], text: np.ndarray, photo: np.ndarray, concepts: list[str]) -> BookArrays:
    return BookArrays(
        text=text,
        photo=photo,
        tags=indicator([line.tags for line in lines], concepts),
        required=indicator([line.required for line in lines], concepts),
        is_photo=np.array([line.kind == PHOTO for line in lines]),
    )


def features_of(vectors: np.ndarray, probabilities: np.ndarray, book: BookArrays, rarity: np.ndarray) -> dict:
    """Photos' vectors [M, D] and tag probabilities [M, C] → each feature [M, n], and ``allowed`` [M, n]."""
    logs = np.log(np.maximum(probabilities, LEAST_PROBABILITY))
    unlikely = (probabilities < FLOOR).astype(np.float32)
    return {
        "match": vectors @ book.text.T,
        "photo": vectors @ book.photo.T,
        "required": logs @ book.required.T,
        "agreement": probabilities @ (book.tags / np.maximum(1, book.tags.sum(1, keepdims=True))).T,
        "rarity": np.broadcast_to(book.required @ rarity, (len(vectors), len(book.text))),
        "allowed": unlikely @ book.required.T == 0,
    }


def witness(tags: list[tuple[str, ...]], book: BookArrays, concepts: list[str]) -> np.ndarray:
    """Whether a line fits a photo, as far as tags can say, bool [M, n]: every required concept is among the photo's
    tags, and the line is about what the photo is about: its own photo shares at least half of this one's tags, or,
    where it has none, one of its concepts is among the first three."""
    mine = indicator(tags, concepts)
    main = indicator([names[:MAIN_TAGS] for names in tags], concepts)
    holds = (1 - mine) @ book.required.T == 0
    about = np.where(book.is_photo, shares_half(mine, book), main @ book.required.T > 0)
    return holds & about


def shares_half(mine: np.ndarray, book: BookArrays) -> np.ndarray:
    """Photos' tags [M, C] → bool [M, n]: the line's tags hold at least half of them."""
    return mine @ book.tags.T >= 0.5 * np.maximum(1, mine.sum(1, keepdims=True))


def logistic(x: np.ndarray, y: np.ndarray, weights: np.ndarray | None = None) -> tuple[np.ndarray, float]:
    """Features [K, F] and labels [K] → coefficients [F] and bias of a logistic regression (a trace of L2)."""
    location, scale = x.mean(0), x.std(0) + 1e-6
    inputs = torch.from_numpy((x - location) / scale).float()
    labels = torch.from_numpy(y).float()
    by = None if weights is None else torch.from_numpy(weights).float()
    line = nn.Linear(x.shape[1], 1)
    nn.init.zeros_(line.weight)
    optimizer = torch.optim.LBFGS(line.parameters(), max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = nn.functional.binary_cross_entropy_with_logits(line(inputs)[:, 0], labels, weight=by)
        loss = loss + 1e-4 * line.weight.square().sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    coefficients = line.weight[0].detach().numpy() / scale
    return coefficients, float(line.bias.item() - coefficients @ location)
