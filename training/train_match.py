"""Stage D: the match model. Both towers on the encoder of one system, then a photo tower into the same space for each
other encoder, so that one text tower and one set of books serve every pack.

python -m training.train_match --data DIR --work DIR [--epochs 40]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from training.averaging import cosine
from training.batches import rows_of_step
from training.captioner import trained_captioner
from training.data import Photo
from training.grid_means import means_of
from training.match import MatchConfig, MatchModel, PhotoTower, pad, recall
from training.match_texts import KINDS, MatchTexts, pieces_of, read_book_lines
from training.progress import Progress, load_checkpoint, save_checkpoint, seed_everything
from training.setup import add_common_arguments, open_run
from training.systems import DEFAULT, SYSTEMS, System
from training.vocabulary import Vocabulary

CHECKPOINT = "match.pt"
TAGS_WEIGHT = 0.2
BOOK_WEIGHT = 0.2
BOOK_SMOOTHING = 0.1
# How much a later photo tower follows the first one's vectors beside finding the texts.
TEACHER_WEIGHT = 8.0


def match_systems() -> list[System]:
    """One system for each encoder, the default's first: its encoder makes the space."""
    by_encoder: dict[str, System] = {}
    for system in [SYSTEMS[DEFAULT], *SYSTEMS.values()]:
        by_encoder.setdefault(system.encoder, system)
    return list(by_encoder.values())


def step_loss(model: MatchModel, tower: PhotoTower, batch: Tensor, rows: np.ndarray, means, texts, rng) -> Tensor:
    """The sum over the kinds of text; ``batch`` are the photo vectors of ``rows``."""
    loss = torch.zeros(())
    for kind in KINDS:
        places, pieces = texts.draw(kind, rows, rng)
        if places:
            loss = loss + model.loss(batch[places], model.text(pieces))
    places, pieces = texts.draw_tags(rows, rng)
    loss = loss + TAGS_WEIGHT * model.loss(batch[places], model.text(pieces))
    shown, pieces = texts.draw_book(len(rows) // 2, rng)
    if len(shown):
        photos = tower.of_mean(drawn(means, shown, rng))
        loss = loss + BOOK_WEIGHT * model.loss(photos, model.text(pieces), BOOK_SMOOTHING)
    return loss


def drawn(means: np.ndarray, rows: np.ndarray, rng: np.random.Generator) -> Tensor:
    """Means [rows, C], each in a random view."""
    return torch.from_numpy(means[rng.integers(len(means), size=len(rows)), rows])


def fit(
    model: MatchModel,
    tower: PhotoTower,
    means: np.ndarray,
    texts: MatchTexts,
    args: argparse.Namespace,
    title: str,
    teacher: Tensor | None = None,
) -> None:
    """Trains a photo tower; the text tower with it, unless there is a ``teacher``: the vectors [photos, D] that the
    first tower gave, in whose space the new one has to stay."""
    trained: list[nn.Module] = [tower] if teacher is not None else [model]
    tower.standardize(torch.from_numpy(means[0]))
    parameters = [parameter for module in trained for parameter in module.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=args.rate, weight_decay=0.01)
    count = means.shape[1]
    batch = min(args.batch, count)
    total = max(1, round(args.epochs * (count // batch)))
    progress = Progress(title, total)
    model.eval()
    for module in trained:
        module.train()
    for step in range(total):
        torch.manual_seed(args.seed * 1_000_003 + step)
        rng = np.random.default_rng([args.seed, 11, step])
        rows = rows_of_step(step, count, batch, args.seed)
        photos = tower.of_mean(drawn(means, rows, rng))
        loss = step_loss(model, tower, photos, rows, means, texts, rng)
        if teacher is not None:
            loss = loss + TEACHER_WEIGHT * (1 - (photos * teacher[rows]).sum(1)).mean()
        for group in optimizer.param_groups:
            group["lr"] = args.rate * cosine(step, total, warmup=min(50, total // 10 + 1))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        progress.step(loss=loss.item())
    model.eval()
    tower.eval()


@torch.inference_mode()
def held_out(model: MatchModel, tower: PhotoTower, means: np.ndarray, photos: list[Photo], vocabulary: Vocabulary):
    """R@1, 5, 10 of each kind of text: each photo's first one, found among those of all ``photos``."""
    processor = vocabulary.encoder()
    vectors = tower.of_mean(torch.from_numpy(means[0]))
    found = {}
    for kind in KINDS:
        having = [row for row, photo in enumerate(photos) if photo.texts.get(kind)]
        if having:
            texts = model.text(pad([pieces_of(photos[row].texts[kind][0], processor) for row in having]))
            found[kind] = recall(vectors[having], texts)
    return found


def trained_match(work: Path) -> tuple[MatchModel, dict[str, PhotoTower]]:
    """The text tower and a photo tower for each encoder, in eval mode."""
    saved = load_checkpoint(work / CHECKPOINT)
    if saved is None:
        raise FileNotFoundError(f"{work / CHECKPOINT}: train it first (python -m training.train_match)")
    model = MatchModel(MatchConfig(**saved["config"]))
    model.load_state_dict(saved["model"])
    towers = {}
    for encoder, state in saved["towers"].items():
        towers[encoder] = PhotoTower(model.config)
        towers[encoder].load_state_dict(state)
        towers[encoder].eval()
    return model.eval(), towers


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_common_arguments(parser)
    parser.add_argument("--epochs", type=float, default=40)
    parser.add_argument("--batch", type=int, default=512)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--views", type=int, default=4, help="at most so many views of each photo")
    parser.add_argument("--encoders", nargs="*", help="the default's and these (default: all)")
    args = parser.parse_args(arguments)
    run = open_run(args)
    seed_everything(args.seed)
    train = [run.photos[row] for row in run.rows_of("train")]
    dev = [run.photos[row] for row in run.rows_of("dev")]
    texts = MatchTexts(train, run.vocabulary, read_book_lines(args.data))

    first, *others = match_systems()
    others = [system for system in others if args.encoders is None or system.encoder in args.encoders]
    # Every tower's training takes minutes: what a restart finds done is not done again, what was not is done anew.
    saved = load_checkpoint(args.work / CHECKPOINT) or {"towers": {}}
    model = MatchModel(MatchConfig(len(run.vocabulary.pieces)))
    teacher = None
    for system in [first, *others]:
        tower = model.photo if system is first else PhotoTower(model.config)
        captioner = trained_captioner(args.work / system.checkpoint, system, run.vocabulary)
        means = means_of(run, args, captioner, "train")
        if system.encoder in saved["towers"]:
            if system is first:
                model.load_state_dict(saved["model"])
        else:
            fit(model, tower, means, texts, args, f"match {system.encoder}", teacher)
            towers = saved["towers"] | {system.encoder: tower.state_dict()}
            saved = {"config": vars(model.config), "model": model.state_dict(), "towers": towers}
            save_checkpoint(args.work / CHECKPOINT, saved)
            dev_means = means_of(run, args, captioner, "dev")
            for kind, shares in held_out(model, tower, dev_means, dev, run.vocabulary).items():
                shown = " ".join(f"R@{k} {share:.3f}" for k, share in shares.items())
                print(f"match {system.encoder} dev {kind}: {shown}", flush=True)
        if system is first:
            with torch.inference_mode():
                teacher = model.eval().photo.of_mean(torch.from_numpy(means[0]))


if __name__ == "__main__":
    main()
