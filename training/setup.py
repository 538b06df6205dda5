"""What every training command shares: its arguments, the photos, the vocabulary, the device."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import torch

from training.data import Photo, read_lexicon, read_photos, subset
from training.systems import DEFAULT, SYSTEMS
from training.tourist_spot import is_tourist_spot, read_tourist_spot, tourist_spot_lexicon
from training.vocabulary import Vocabulary, build_vocabulary


@dataclass(frozen=True)
class Run:
    photos: list[Photo]
    vocabulary: Vocabulary
    device: torch.device

    def rows_of(self, split: str) -> list[int]:
        """Rows of the photos of one split."""
        return [row for row, photo in enumerate(self.photos) if photo.split == split]


def add_common_arguments(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--data", type=Path, required=True, help="the data folder (see training/README.md)")
    parser.add_argument("--work", type=Path, default=Path(".training"), help="caches and checkpoints")
    parser.add_argument("--limit", type=int, help="at most this many photos of each split: for a quick end-to-end run")
    parser.add_argument("--dev-photos", type=int, default=600, help="dev photos looked at during training")
    parser.add_argument("--pieces", type=int, default=7000, help="SentencePiece pieces")
    parser.add_argument("--size", type=int, default=256, help="the model's square input, in pixels")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, help="CPU threads (default: PyTorch's)")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")


def add_system_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--system", choices=list(SYSTEMS), default=DEFAULT, help="which captioning system")


def open_run(args: argparse.Namespace) -> Run:
    """Reads the data folder and builds or loads the vocabulary; makes the work folder."""
    args.work.mkdir(parents=True, exist_ok=True)
    if args.threads:
        torch.set_num_threads(args.threads)
    if is_tourist_spot(args.data):
        photos = subset(read_tourist_spot(args.data), args.limit)
        lexicon = tourist_spot_lexicon(photos)
    else:
        photos = subset(read_photos(args.data), args.limit)
        lexicon = read_lexicon(args.data)
    vocabulary = build_vocabulary(photos, lexicon, args.pieces, args.work)
    return Run(photos, vocabulary, torch.device(args.device))
