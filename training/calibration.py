"""The weights of the ranking (`ranking.py`), fitted on the dev split for one captioning system."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np
import torch

from training.book_lines import Speaks
from training.captioner import Captioner
from training.data import Photo
from training.decoding import SETTINGS, beam_search
from training.grid_means import means_of
from training.match import MatchModel, PhotoTower, pad
from training.match_texts import pieces_of
from training.ranking import FLOOR, MAIN_TAGS, BookArrays, features_of, logistic, witness
from training.setup import Run

PHOTO_FEATURES = ("match", "photo", "required", "agreement", "rarity")
CONCEPT_FEATURES = ("match", "required", "agreement", "rarity")
# Lines of each photo that a fit looks at: the likely ones, and others, so that it knows what does not fit.
LIKELY, OTHERS = 60, 40
CHUNK = 250
# Least share of fitting lines among those called sure, and the least probability of "maybe".
SURE_SHARE = 0.85
MAYBE = 0.4
# Tags cannot tell whether a line makes sense. Share of the decoder's own lines that a reader would post, judged by eye
# on 48 test photos (two in five Korean ones, one in five English ones): the fit's bias is moved until its mean is this.
WORTH_POSTING = 0.3


@dataclass(frozen=True)
class Sight:
    """What a system makes of photos: vectors [M, D], and probabilities of the concepts [M, C]."""

    vectors: np.ndarray
    probabilities: np.ndarray


@torch.inference_mode()
def sight_of(run: Run, args: argparse.Namespace, captioner: Captioner, tower: PhotoTower, split: str) -> Sight:
    means = torch.from_numpy(means_of(run, args, captioner, split)[0])
    concepts = len(run.vocabulary.concepts)
    probabilities = torch.sigmoid(captioner.tag_head.linear(means)[:, :concepts])
    return Sight(tower.of_mean(means).numpy(), probabilities.numpy())


def fit_book(sight: Sight, photos: list[Photo], books: list[BookArrays], rarity: np.ndarray, names: list[str]) -> dict:
    """``photo``, ``concept`` and ``own`` of the ranking, from the lines of every language together."""
    rng = np.random.default_rng(1)
    pools = {"photo": ([], []), "concept": ([], [])}
    for book in books:
        for rows, features, holds in _chunks(sight, photos, book, rarity, names):
            guess = features["match"] + features["photo"] + 0.1 * features["required"]
            for kind, of_kind in (("photo", book.is_photo), ("concept", ~book.is_photo)):
                columns = np.flatnonzero(of_kind)
                for place in range(len(rows)):
                    allowed = columns[features["allowed"][place, columns]]
                    if not len(allowed):
                        continue
                    likely = allowed[np.argsort(-guess[place, allowed])[:LIKELY]]
                    chosen = np.concatenate([likely, rng.choice(allowed, min(OTHERS, len(allowed)), replace=False)])
                    used = PHOTO_FEATURES if kind == "photo" else CONCEPT_FEATURES
                    pools[kind][0].append(np.stack([features[name][place, chosen] for name in used], 1))
                    pools[kind][1].append(holds[place, chosen])
    fitted = {}
    for kind, used in (("photo", PHOTO_FEATURES), ("concept", CONCEPT_FEATURES)):
        x, y = np.concatenate(pools[kind][0]), np.concatenate(pools[kind][1])
        fitted[kind] = _named(used, *logistic(x, y))
        if kind == "photo":
            # People's own lines have no photo, and mostly no tags.
            own = x[:, :1] * 1.0
            fitted["own"] = _named(("match",), *logistic(own, y)) | {"required": fitted["photo"]["required"]}
    return fitted


def _chunks(sight: Sight, photos: list[Photo], book: BookArrays, rarity: np.ndarray, names: list[str]):
    for first in range(0, len(photos), CHUNK):
        rows = range(first, min(first + CHUNK, len(photos)))
        features = features_of(sight.vectors[rows], sight.probabilities[rows], book, rarity)
        yield rows, features, witness([tuple(photos[row].tags) for row in rows], book, names)


def _named(used: tuple[str, ...], weights: np.ndarray, bias: float) -> dict[str, float]:
    return {"bias": round(bias, 4)} | {
        name: round(float(weight), 4) for name, weight in zip(used, weights, strict=True)
    }


def logits_of(ranking: dict, features: dict[str, np.ndarray], book: BookArrays) -> np.ndarray:
    """The score before the sigmoid, [M, n]; −∞ where a line is not allowed."""
    logits = np.empty(features["match"].shape, dtype=np.float32)
    for kind, of_kind in (("photo", book.is_photo), ("concept", ~book.is_photo)):
        weights = ranking[kind]
        logits[:, of_kind] = weights["bias"] + sum(
            weight * features[name][:, of_kind] for name, weight in weights.items() if name != "bias"
        )
    return np.where(features["allowed"], logits, -np.inf)


def sure_from(
    ranking: dict, sight: Sight, photos: list[Photo], books: list[BookArrays], rarity: np.ndarray, names: list[str]
) -> float:
    """The least probability p such that of the lines among each photo's five best with at least p, SURE_SHARE fit."""
    probabilities, fits = [], []
    for book in books:
        for _, features, holds in _chunks(sight, photos, book, rarity, names):
            logits = logits_of(ranking, features, book)
            best = np.argsort(-logits, 1)[:, :5]
            probabilities.append(1 / (1 + np.exp(-np.take_along_axis(logits, best, 1).ravel())))
            fits.append(np.take_along_axis(holds, best, 1).ravel())
    p, fit = np.concatenate(probabilities), np.concatenate(fits)
    order = np.argsort(-p)
    running = np.cumsum(fit[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(running >= SURE_SHARE)
    return float(p[order[enough[-1]]]) if len(enough) else 1.0


@torch.inference_mode()
def fit_written(
    captioner: Captioner,
    grids: torch.Tensor,
    sight: Sight,
    photos: list[Photo],
    model: MatchModel,
    speaks: dict[str, Speaks],
    run: Run,
) -> dict[str, float]:
    """``written`` of the ranking: of the decoder's Instagram captions for ``photos`` (grids [M, L, C]), those whose
    words speak of nothing that the tags lack, and of one of the first three."""
    processor = run.vocabulary.encoder()
    x, y = [], []
    for language, of in speaks.items():
        task = f"instagram-{language}"
        for first in range(0, len(photos), 50):
            found = beam_search(captioner.decoder, grids[first : first + 50], task, run.vocabulary, SETTINGS[task])
            for row, hypotheses in enumerate(found, start=first):
                for hypothesis in hypotheses:
                    text = run.vocabulary.text(hypothesis.tokens)
                    vector = model.text(pad([pieces_of(text, processor)]))[0].numpy()
                    mean = hypothesis.total / len(hypothesis.log_probabilities)
                    tags = photos[row].tags
                    x.append((float(vector @ sight.vectors[row]), mean))
                    y.append(of.named(text) <= set(tags) and bool(of(text) & set(tags[:MAIN_TAGS])))
    features = np.array(x)
    with torch.inference_mode(False), torch.enable_grad():
        weights, bias = logistic(features, np.array(y))
    return _named(("match", "logProbability"), weights, _moved(features @ weights, bias, WORTH_POSTING))


def _moved(scores: np.ndarray, bias: float, mean: float) -> float:
    """The bias with which the probabilities have this mean (bisection)."""
    low, high = bias - 10, bias + 10
    for _ in range(60):
        middle = (low + high) / 2
        if (1 / (1 + np.exp(-(scores + middle)))).mean() < mean:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def thresholds(sure: float) -> dict[str, float]:
    return {"floor": FLOOR, "sure": round(max(sure, MAYBE), 3), "maybe": MAYBE}
