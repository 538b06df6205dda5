"""Features of several views of every photo, kept on disk: what is trained starts from them, not from pixels.

View 0 is the photo, view 1 its mirror image; the others are random crops of it with random colours and, half of
them, mirrored. Float16. At 256 px the trunk's output is 61 kB a photo, the feature grid 164 kB.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from training.progress import Progress

# Larger batches leave the cache of a small CPU and take two to three times as long.
BATCH = 8


def random_view(pixels: Tensor, generator: torch.Generator, least_area: float) -> Tensor:
    """A random crop of [3, H, W] (0–255), squashed back to H×W, with brightness, contrast, saturation and mirroring."""

    def uniform(low: float, high: float) -> float:
        return low + (high - low) * torch.rand((), generator=generator).item()

    _, height, width = pixels.shape
    area, aspect = uniform(least_area, 1.0), math.exp(uniform(-0.25, 0.25))
    crop_height = min(height, round(height * math.sqrt(area / aspect)))
    crop_width = min(width, round(width * math.sqrt(area * aspect)))
    top = int(uniform(0, height - crop_height + 0.999))
    left = int(uniform(0, width - crop_width + 0.999))
    view = pixels[:, top : top + crop_height, left : left + crop_width]
    view = F.interpolate(view[None], (height, width), mode="bilinear", antialias=True)[0]
    grey = view.mean(0, keepdim=True)
    view = grey + (view - grey) * uniform(0.7, 1.3)
    view = view.mean() + (view - view.mean()) * uniform(0.8, 1.2)
    view = (view * uniform(0.8, 1.2)).clamp(0, 255)
    return view.flip(2) if uniform(0, 1) < 0.5 else view


def view_of(pixels: Tensor, view: int, generator: torch.Generator) -> Tensor:
    """[B, 3, S, S] → the same, seen as view number ``view``."""
    if view == 0:
        return pixels
    if view == 1:
        return pixels.flip(3)
    return torch.stack([random_view(photo, generator, least_area=0.55) for photo in pixels])


def cache_features(
    features_of: Callable[[Tensor], Tensor],
    pixels: np.ndarray,
    rows: list[int],
    view: int,
    name: str,
    work: Path,
    device: torch.device,
) -> np.ndarray:
    """``features_of`` (pixels [B, 3, S, S] → [B, …]) of the photos ``rows`` in one view, [rows, …], memory-mapped;
    computed once, then reused."""
    which = zlib.crc32(np.asarray(rows, dtype=np.int64).tobytes())
    path = work / f"features-{name}-{which:08x}-{view}.npy"
    if path.exists():
        return np.load(path, mmap_mode="r")
    partial = path.with_suffix(".partial")
    features: np.memmap | None = None
    generator = torch.Generator().manual_seed(1000 + view)
    progress = Progress(f"features {name} view {view}", len(rows))
    with torch.inference_mode(), torch.autocast(device.type, torch.bfloat16):
        for first in range(0, len(rows), BATCH):
            chosen = rows[first : first + BATCH]
            batch = torch.from_numpy(pixels[chosen]).permute(0, 3, 1, 2).float()
            batch = view_of(batch, view, generator).to(device).contiguous(memory_format=torch.channels_last)
            found = features_of(batch).float().cpu().numpy().astype(np.float16)
            if features is None:
                shape = (len(rows), *found.shape[1:])
                features = np.lib.format.open_memmap(partial, mode="w+", dtype=np.float16, shape=shape)
            features[first : first + len(chosen)] = found
            progress.step(len(chosen))
    if features is None:
        raise ValueError(f"no photos to compute {name} of")
    features.flush()
    del features
    partial.rename(path)
    return np.load(path, mmap_mode="r")
