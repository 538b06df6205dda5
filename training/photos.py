"""Pixels: every photo of the data folder, squashed to the model's square, in one file on disk.

Photos are squashed, not cropped, here as in the app.
"""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import numpy as np
from PIL import Image

from training.data import Photo
from training.progress import Progress


def square(image: Image.Image, size: int) -> np.ndarray:
    """An image squashed to uint8 [size, size, 3], RGB."""
    image = image.convert("RGB")
    if image.size != (size, size):
        image = image.resize((size, size), Image.Resampling.BICUBIC)
    return np.asarray(image)


def cache_pixels(data: Path, photos: list[Photo], size: int, work: Path) -> np.ndarray:
    """Pixels of ``photos``, uint8 [N, size, size, 3], memory-mapped from ``work``; decoded once, then reused."""
    path = work / f"pixels-{size}-{len(photos)}.npy"
    if path.exists():
        return np.load(path, mmap_mode="r")
    partial = path.with_suffix(".partial")
    pixels = np.lib.format.open_memmap(partial, mode="w+", dtype=np.uint8, shape=(len(photos), size, size, 3))
    row_of = {photo.id: row for row, photo in enumerate(photos)}
    progress = Progress("pixels", len(photos))
    found = 0
    for source in sorted({photo.source for photo in photos}):
        with tarfile.open(data / f"photos_{source}.tar") as tar:
            for member in tar:
                row = row_of.get(member.name.removesuffix(".jpg"))
                if row is None:
                    continue
                with Image.open(io.BytesIO(tar.extractfile(member).read())) as image:
                    pixels[row] = square(image, size)
                found += 1
                progress.step()
    if found != len(photos):
        raise FileNotFoundError(f"{len(photos) - found} of {len(photos)} photos are not in the tar files of {data}")
    pixels.flush()
    del pixels
    partial.rename(path)
    return np.load(path, mmap_mode="r")
