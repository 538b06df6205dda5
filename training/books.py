"""Caption books: lines with their vectors, in one file a language.

The file is gzip of: ``HMBK``, version and header bytes (uint32, little endian), a JSON header padded with spaces to a
multiple of four, int8 text vectors [lines, D], int8 vectors of the photo lines' photos in the order of the lines.
`workers/captioner/matching/` reads it, and writes the same for the lines that people bring.
"""

from __future__ import annotations

import gzip
import json
import struct
from pathlib import Path

import numpy as np

from training.book_lines import PHOTO, Line

MAGIC = b"HMBK"
FORMAT_VERSION = 1
# No line may be offered for more photos than this share.
MOST_USED = 0.012


def int8(vectors: np.ndarray) -> np.ndarray:
    """Vectors of length 1 as int8: 127 stands for 1."""
    return np.clip(np.rint(vectors * 127), -127, 127).astype(np.int8)


def from_int8(values: np.ndarray) -> np.ndarray:
    return values.astype(np.float32) / 127


def write_book(
    path: Path,
    language: str,
    space: str,
    concepts: list[str],
    rarity: np.ndarray,
    lines: list[Line],
    handicaps: np.ndarray,
    text: np.ndarray,
    photo: np.ndarray,
) -> None:
    """``text`` int8 [n, D], ``photo`` int8 [n, D] (rows of lines without a photo are left out), ``handicaps`` [n]."""
    column = {name: at for at, name in enumerate(concepts)}

    def columns(tags: tuple[str, ...]) -> list[int]:
        return [column[tag] for tag in tags if tag in column]

    header = {
        "language": language,
        "space": space,
        "dimensions": text.shape[1],
        "concepts": concepts,
        "rarity": [round(float(value), 2) for value in rarity],
        "lines": [
            [line.text, line.kind, line.tone, columns(line.tags), columns(line.required), round(float(handicap), 2)]
            for line, handicap in zip(lines, handicaps, strict=True)
        ],
    }
    encoded = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    encoded += b" " * (-len(encoded) % 4)
    of_photos = photo[[line.kind == PHOTO for line in lines]]
    content = MAGIC + struct.pack("<II", FORMAT_VERSION, len(encoded)) + encoded + text.tobytes() + of_photos.tobytes()
    # Without a time of writing: the same book has the same hash.
    path.write_bytes(gzip.compress(content, compresslevel=9, mtime=0))


def handicaps_of(best: np.ndarray, scores: np.ndarray, lines: int, offered: int = 5, rounds: int = 60) -> np.ndarray:
    """How many nats each line has to be set back, so that none is offered all the time: [lines].

    ``best`` [M, K]: each photo's K best lines; ``scores`` [M, K]: their logits. Simulates what would be offered, and
    sets back the lines that come too often, as nearest-neighbour searches correct for hubs."""
    handicaps = np.zeros(lines, dtype=np.float32)
    for _ in range(rounds):
        order = np.argsort(handicaps[best] - scores, axis=1)[:, :offered]
        used = np.bincount(np.take_along_axis(best, order, axis=1).ravel(), minlength=lines) / len(best)
        over = used > MOST_USED
        if not over.any():
            break
        handicaps[over] += 0.3 * np.log(used[over] / MOST_USED) + 0.02
    return handicaps
