"""Means of feature grids, kept on disk: all that the match model sees of a photo."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from training.captioner import Captioner
from training.features import BATCH, cache_features
from training.photos import cache_pixels
from training.progress import Progress
from training.setup import Run
from training.train_decoder import FROZEN_VIEWS, JOINT_VIEWS

# How many views stage B left on disk, by whether the top of the encoder was trained with the decoder.
VIEWS = {False: FROZEN_VIEWS, True: JOINT_VIEWS}


def means_of(run: Run, args: argparse.Namespace, model: Captioner, split: str) -> np.ndarray:
    """Grid means [views, photos, C] of one split: several views in training, the photo itself otherwise."""
    views = min(args.views, VIEWS[model.system.joint]) if split == "train" else 1
    name = f"{model.system.encoder}-{split}"
    return cache_grid_means(model, run, run.rows_of(split), name, args.data, args.work, args.size, views)


@torch.inference_mode()
def cache_grid_means(
    model: Captioner, run: Run, rows: list[int], name: str, data: Path, work: Path, size: int, views: int = 1
) -> np.ndarray:
    """Means over the regions of the grids of the photos ``rows``: float32 [views, rows, C]; computed once, then
    reused. The features of the views are those that stage B left in ``work``; what is missing is computed.

    ``name``: the encoder's (a key of ``systems.ENCODERS``)."""
    pixels = cache_pixels(data, run.photos, size, work)
    means = []
    for view in range(views):
        features = cache_features(model.features, pixels, rows, view, name, work, run.device)
        # Named like the features, so that other rows or another view never pass for these.
        path = work / f"means-{Path(features.filename).stem.removeprefix('features-')}.npy"
        if not path.exists():
            np.save(path, _means(model, features, f"grid means {name} view {view}"))
        means.append(np.load(path))
    return np.stack(means)


def _means(model: Captioner, features: np.ndarray, label: str) -> np.ndarray:
    progress = Progress(label, len(features))
    means = []
    for first in range(0, len(features), BATCH):
        batch = torch.from_numpy(np.asarray(features[first : first + BATCH])).float()
        means.append(model.grid(batch).mean(1).numpy())
        progress.step(len(batch))
    return np.concatenate(means)
