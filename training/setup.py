"""What every training command shares: its arguments, the photos, the vocabulary, the device."""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from training import tourist_spot
from training.backbones import is_timm
from training.data import TRAINED_ON, Photo, read_lexicon, read_photos, subset
from training.systems import DEFAULT, SYSTEMS, System
from training.vocabulary import Vocabulary, build_vocabulary


@dataclass(frozen=True)
class Run:
    """``data_set`` is the name of what is not the project's own data folder, else ``None``."""

    photos: list[Photo]
    vocabulary: Vocabulary
    device: torch.device
    trained_on: tuple[str, ...]
    data_set: str | None

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
    if tourist_spot.is_tourist_spot(args.data):
        photos = tourist_spot.read_tourist_spot(args.data)
        lexicon = tourist_spot.tourist_spot_lexicon(photos)
        photos = tourist_spot.learnable(photos, lexicon)
        trained_on, data_set = tourist_spot.TRAINED_ON, tourist_spot.NAME
    else:
        photos, lexicon = read_photos(args.data), read_lexicon(args.data)
        trained_on, data_set = TRAINED_ON, None
    photos = subset(photos, args.limit)
    vocabulary = build_vocabulary(photos, lexicon, args.pieces, args.work)
    return Run(photos, vocabulary, torch.device(args.device), trained_on, data_set)


def chosen_system(args: argparse.Namespace, run: Run) -> System:
    """The system that ``--system`` names. On another encoder or on other data it goes by a name of its own, so that
    neither its checkpoint nor its pack takes the place of ours."""
    system = SYSTEMS[args.system]
    encoder = getattr(args, "encoder", None)
    apart = [name for name in (encoder if is_timm(encoder) else None, run.data_set) if name]
    if not apart:
        return system
    suffix = re.sub(r"[^a-z0-9]+", "-", "-".join(apart).lower())
    titles = {language: f"{title} ({', '.join(apart)})" for language, title in system.title.items()}
    return replace(system, id=f"{system.id}-{suffix}", title=titles)
