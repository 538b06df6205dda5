"""Stage B: the multi-task decoder of one system, on cached features; for `hanmadi` with the top of the encoder.

    python -m training.train_decoder --data DIR --work DIR [--system hanmadi] [--epochs 12] [--limit N]

Resumes from ``<work>/<system>.pt``. Every step is a pure function of seed and step number.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from training.averaging import Averaged, cosine, update_average
from training.backbones import is_timm
from training.batches import Texts, rows_of_step
from training.captioner import Captioner
from training.data import TASKS
from training.decoder import real_positions
from training.encoder import WORD_LABELS, asymmetric_loss, load_encoder, load_imagenet
from training.features import cache_features
from training.labels import best_tag_f1, labels_of
from training.photos import cache_pixels
from training.progress import Progress, resume_training, save_training, seed_everything
from training.setup import add_common_arguments, add_system_argument, chosen_system, open_run

# Views of each photo to train on: the frozen encoders get the photo and its mirror image, a top in training needs
# more to learn from.
FROZEN_VIEWS = 2
JOINT_VIEWS = 4


def groups_of(model: Captioner, args: argparse.Namespace) -> list[dict]:
    """Parameter groups with their peak learning rates; what is in none of them stays frozen."""
    groups = [
        {"params": list(model.decoder.parameters()), "peak": args.rate},
        {"params": list(model.tag_head.parameters()), "peak": args.encoder_rate * 2 if model.system.joint else 2e-3},
    ]
    if model.system.joint:
        groups.append({"params": model.encoder.top_parameters(), "peak": args.encoder_rate})
    return groups


def load_weights(model: Captioner, encoder: str | None, work: Path) -> None:
    """The encoder that the system starts from; one of timm's comes with its weights."""
    if is_timm(encoder):
        return
    if model.system.encoder == "imagenet":
        load_imagenet(model.encoder)
    else:
        load_encoder(Path(encoder) if encoder else work / "encoder.safetensors", model.encoder, model.tag_head)


@torch.inference_mode()
def held_out(model: Captioner, features: np.ndarray, texts: Texts, labels: Tensor, device: torch.device) -> dict:
    """Loss per token by task, of those that the data has, and the hashtag F1 of the tag head at its best threshold."""
    model.eval()
    losses, counts = torch.zeros(len(TASKS)), torch.zeros(len(TASKS))
    probabilities = []
    for first in range(0, len(features), 16):
        rows = np.arange(first, min(first + 16, len(features)))
        batch = texts.first_of_each(rows, TASKS)
        with torch.autocast(device.type, torch.bfloat16):
            grid = model.grid(torch.from_numpy(features[rows]).float().to(device))
            logits = model.decoder(grid, batch.photo.to(device), batch.tokens.to(device), batch.lengths)
            probabilities.append(torch.sigmoid(model.tag_head(grid).float()).cpu())
        loss = F.cross_entropy(logits.float().cpu(), real_positions(batch.targets, batch.lengths), reduction="none")
        task = real_positions(batch.task[:, None].expand_as(batch.targets), batch.lengths)
        losses.index_add_(0, task, loss)
        counts.index_add_(0, task, torch.ones_like(loss))
    model.train()
    concepts = len(labels[0]) - WORD_LABELS
    f1, threshold = best_tag_f1(torch.cat(probabilities)[:, :concepts], labels[:, :concepts])
    return {task: (losses[i] / counts[i]).item() for i, task in enumerate(TASKS) if counts[i]} | {
        "tag_f1": f1,
        "threshold": threshold,
    }


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_common_arguments(parser)
    add_system_argument(parser)
    parser.add_argument("--encoder", help="weights of stage A (default: those in --work), or timm:NAME (backbones.py)")
    parser.add_argument("--epochs", type=float, default=12)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--encoder-rate", type=float, default=1.5e-4)
    parser.add_argument("--average", type=float, default=0.998)
    parser.add_argument("--views", type=int, help=f"default {FROZEN_VIEWS}, or {JOINT_VIEWS} for hanmadi")
    parser.add_argument("--stop-after", type=int, help="stop at this step with a checkpoint; a later run goes on")
    parser.add_argument("--tag-weight", type=float, default=0.02)
    args = parser.parse_args(arguments)
    run = open_run(args)
    train, dev = run.rows_of("train"), run.rows_of("dev")[: args.dev_photos]
    seed_everything(args.seed)

    model = Captioner(chosen_system(args, run), run.vocabulary, args.encoder)
    load_weights(model, args.encoder, args.work)
    model.to(run.device).eval()
    model.encoder.to(memory_format=torch.channels_last)
    pixels = cache_pixels(args.data, run.photos, args.size, args.work)

    def cached(split: str, rows: list[int], view: int) -> np.ndarray:
        seen_by = args.encoder.replace(":", "-") if is_timm(args.encoder) else model.system.encoder
        name = f"{seen_by}-{split}"
        return cache_features(model.features, pixels, rows, view, name, args.work, run.device)

    views = [
        cached("train", train, v) for v in range(args.views or (JOINT_VIEWS if model.system.joint else FROZEN_VIEWS))
    ]
    dev_features = cached("dev", dev, 0)

    texts = Texts([run.photos[row] for row in train], run.vocabulary)
    dev_texts = Texts([run.photos[row] for row in dev], run.vocabulary)
    labels, dev_labels = labels_of(run, train, dev)

    for parameter in model.encoder.parameters():
        parameter.requires_grad_(False)
    groups = groups_of(model, args)
    for group in groups:
        for parameter in group["params"]:
            parameter.requires_grad_(True)
    optimizer = torch.optim.AdamW(groups, lr=args.rate, weight_decay=0.02, betas=(0.9, 0.98))
    average = {n: p.detach().clone() for n, p in model.named_parameters() if p.requires_grad}

    steps_an_epoch = max(1, len(train) // args.batch)
    total = max(1, round(args.epochs * steps_an_epoch))
    checkpoint = args.work / f"{model.system.id}.pt"
    step = resume_training(checkpoint, model, optimizer, average)

    def report() -> None:
        with Averaged(model, average):
            figures = held_out(model, dev_features, dev_texts, dev_labels, run.device)
        shown = " ".join(f"{name} {value:.3f}" for name, value in figures.items())
        print(f"epoch {step / steps_an_epoch:.1f} dev: {shown}", flush=True)

    progress = Progress(model.system.id, total, step, every=20)
    model.train()
    last = min(total, args.stop_after or total)
    while step < last:
        torch.manual_seed(args.seed * 1_000_003 + step)
        rng = np.random.default_rng([args.seed, 7, step])
        rows = rows_of_step(step, len(train), args.batch, args.seed)
        batch = texts.sample(rows, rng)
        chosen = rng.integers(len(views), size=len(rows))
        features = torch.from_numpy(np.stack([views[view][row] for view, row in zip(chosen, rows, strict=True)]))
        factor = cosine(step, total, warmup=min(400, total // 10 + 1))
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * factor
        with torch.autocast(run.device.type, torch.bfloat16):
            grid = model.grid(features.float().to(run.device), drop_connect=0.2)
            logits = model.decoder(grid, batch.photo.to(run.device), batch.tokens.to(run.device), batch.lengths)
            tag_logits = model.tag_head(grid)
        targets = real_positions(batch.targets, batch.lengths).to(run.device)
        caption_loss = F.cross_entropy(logits.float(), targets, label_smoothing=0.1)
        tag_loss = asymmetric_loss(tag_logits, labels[rows].to(run.device))
        loss = caption_loss + args.tag_weight * tag_loss
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for group in groups for p in group["params"]], 5.0)
        optimizer.step()
        update_average(average, model, step, args.average)
        step += 1
        progress.step(loss=caption_loss.item(), tags=tag_loss.item(), rate=factor)
        if step % 300 == 0 or step == last:
            save_training(checkpoint, model, optimizer, average, step)
        if step % steps_an_epoch == 0 or step == total:
            report()


if __name__ == "__main__":
    main()
