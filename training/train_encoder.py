"""Stage A: the encoder, supervised by hashtags and caption words instead of classes.

    python -m training.train_encoder --data DIR --work DIR [--init imagenet | FILE.safetensors] [--epochs 5]

The idea is that of Mahajan et al. 2018 (arXiv 1805.00932): hashtags are weak labels that people wrote for free.
Resumes from ``<work>/encoder.pt``; writes ``<work>/encoder.safetensors``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.averaging import Averaged, cosine, update_average
from training.batches import rows_of_step
from training.encoder import WORD_LABELS, Encoder, TagHead, asymmetric_loss, load_encoder, load_imagenet, save_encoder
from training.features import BATCH, random_view
from training.labels import best_tag_f1, labels_of
from training.photos import cache_pixels
from training.progress import Progress, resume_training, save_training, seed_everything
from training.setup import add_common_arguments, open_run


class Tagger(nn.Module):
    def __init__(self, concepts: int) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.tag_head = TagHead(concepts)

    def forward(self, pixels: Tensor) -> Tensor:
        return self.tag_head(self.encoder(pixels))


def augmented(pixels: np.ndarray, size: int, generator: torch.Generator) -> Tensor:
    """uint8 [B, S, S, 3] → random views, float [B, 3, size, size]."""
    photos = torch.from_numpy(pixels).permute(0, 3, 1, 2).float()
    views = torch.stack([random_view(photo, generator, least_area=0.45) for photo in photos])
    return F.interpolate(views, (size, size), mode="bilinear", antialias=True)


@torch.inference_mode()
def tag_f1(model: Tagger, pixels: np.ndarray, rows: list[int], labels: Tensor, device: torch.device) -> tuple:
    """Micro F1 of the hashtags at the best threshold, and the threshold."""
    model.eval()
    probabilities = []
    for first in range(0, len(rows), BATCH):
        batch = torch.from_numpy(pixels[rows[first : first + BATCH]]).permute(0, 3, 1, 2).float().to(device)
        with torch.autocast(device.type, torch.bfloat16):
            probabilities.append(torch.sigmoid(model(batch.contiguous(memory_format=torch.channels_last)).float()))
    model.train()
    concepts = labels.shape[1] - WORD_LABELS
    return best_tag_f1(torch.cat(probabilities)[:, :concepts].cpu(), labels[:, :concepts])


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_common_arguments(parser)
    parser.add_argument("--init", default="imagenet", help="'imagenet', or weights that this command wrote")
    parser.add_argument("--epochs", type=float, default=5)
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--rate", type=float, default=6e-4)
    parser.add_argument("--head-rate", type=float, default=4e-3)
    parser.add_argument("--train-size", type=int, default=224, help="pixels in training; fewer than in use")
    parser.add_argument("--average", type=float, default=0.998)
    args = parser.parse_args(arguments)
    run = open_run(args)
    train, dev = run.rows_of("train"), run.rows_of("dev")[: args.dev_photos]
    seed_everything(args.seed)
    pixels = cache_pixels(args.data, run.photos, args.size, args.work)
    labels, dev_labels = labels_of(run, train, dev)

    model = Tagger(len(run.vocabulary.concepts))
    if args.init == "imagenet":
        load_imagenet(model.encoder)
    else:
        load_encoder(Path(args.init), model.encoder, model.tag_head)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.momentum = 0.01
    model.to(run.device, memory_format=torch.channels_last).train()
    optimizer = torch.optim.AdamW(
        [
            {"params": list(model.encoder.parameters()), "peak": args.rate},
            {"params": list(model.tag_head.parameters()), "peak": args.head_rate},
        ],
        lr=args.rate,
        weight_decay=0.02,
    )
    average = {n: v.detach().clone() for n, v in model.state_dict().items() if v.is_floating_point()}
    steps_an_epoch = max(1, len(train) // args.batch)
    total = max(1, round(args.epochs * steps_an_epoch))
    checkpoint = args.work / "encoder.pt"
    step = resume_training(checkpoint, model, optimizer, average)

    progress = Progress("encoder", total, step, every=20)
    while step < total:
        torch.manual_seed(args.seed * 1_000_003 + step)
        generator = torch.Generator().manual_seed(args.seed * 1_000_003 + step)
        rows = rows_of_step(step, len(train), args.batch, args.seed)
        batch = augmented(pixels[[train[row] for row in rows]], args.train_size, generator).to(run.device)
        factor = cosine(step, total, warmup=min(200, total // 10 + 1))
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * factor
        with torch.autocast(run.device.type, torch.bfloat16):
            logits = model(batch.contiguous(memory_format=torch.channels_last))
        loss = asymmetric_loss(logits, labels[rows].to(run.device))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        update_average(average, model, step, args.average)
        step += 1
        progress.step(loss=loss.item(), rate=factor)
        if step % 100 == 0 or step == total:
            save_training(checkpoint, model, optimizer, average, step)
        if step % steps_an_epoch == 0 or step == total:
            with Averaged(model, average):
                f1, threshold = tag_f1(model, pixels, dev, dev_labels, run.device)
                save_encoder(args.work / "encoder.safetensors", model.encoder, model.tag_head)
            print(f"epoch {step / steps_an_epoch:.1f} dev: hashtag F1 {f1:.3f} at {threshold:.2f}", flush=True)


if __name__ == "__main__":
    main()
