"""Pixels: every photo of the data folder, squashed to the model's square, in one file on disk.

Photos are squashed, not cropped, here as in the app.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO

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


def _files(data: Path, sources: set[str], wanted: Collection[str]) -> Iterator[tuple[str, BinaryIO | Path]]:
    """Each wanted photo's name and file: a member of ``photos_<source>.tar``, or a path below the folder itself."""
    for source in sorted(sources):
        tar_file = data / f"photos_{source}.tar"
        if not tar_file.exists():
            yield from ((name, data / name) for name in wanted if (data / name).is_file())
            continue
        with tarfile.open(tar_file) as tar:
            for member in tar:
                name = member.name.removesuffix(".jpg")
                if name in wanted:
                    yield name, io.BytesIO(tar.extractfile(member).read())


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
    for name, file in _files(data, {photo.source for photo in photos}, row_of.keys()):
        with Image.open(file) as image:
            pixels[row_of[name]] = square(image, size)
        found += 1
        progress.step()
    if found != len(photos):
        raise FileNotFoundError(f"{len(photos) - found} of {len(photos)} photos are not in {data}")
    pixels.flush()
    del pixels
    partial.rename(path)
    return np.load(path, mmap_mode="r")
