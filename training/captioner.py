"""A whole captioning system: encoder, tag head and decoder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from training.backbones import TimmEncoder, is_timm
from training.decoder import Decoder, DecoderConfig
from training.encoder import Encoder, TagHead, fold_batch_norm
from training.progress import Progress, load_checkpoint
from training.systems import System
from training.vocabulary import Vocabulary


class Captioner(nn.Module):
    """What a pack is made of. ``features`` are the input of what is trained: the trunk's output where the top of the
    encoder is trained too, the feature grid where the encoder is frozen."""

    def __init__(self, system: System, vocabulary: Vocabulary, encoder: str | None = None, fetch: bool = True) -> None:
        """``encoder``: a name of ``backbones.py`` in place of our own encoder, for the systems that leave it frozen;
        ``fetch``: whether its weights are wanted now, or come from a checkpoint."""
        super().__init__()
        if is_timm(encoder) and system.joint:
            raise ValueError(f"{system.id} trains the top of its own encoder; choose another system for {encoder}")
        self.system = system
        self.encoder = TimmEncoder(encoder, fetch) if is_timm(encoder) else Encoder()
        self.tag_head = TagHead(len(vocabulary.concepts), channels=self.encoder.channels)
        config = DecoderConfig(vocabulary.size, system.attention, channels=self.encoder.channels)
        self.decoder = Decoder(config)

    def features(self, pixels: Tensor) -> Tensor:
        """[B, 3, S, S], 0–255 → [B, 120, S/16, S/16] (joint) or [B, L, C] (frozen)."""
        return self.encoder.trunk(pixels) if self.system.joint else self.encoder(pixels)

    def grid(self, features: Tensor, drop_connect: float = 0.0) -> Tensor:
        """What ``features`` gave → feature grid [B, L, C]."""
        if not self.system.joint:
            return features
        return self.encoder.top(features.contiguous(memory_format=torch.channels_last), drop_connect)

    def train(self, mode: bool = True) -> Captioner:
        """Batch-norm statistics stay those of the encoder's own training: batches of 32 are too small to replace
        them."""
        super().train(mode)
        for module in self.encoder.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.eval()
        return self

    def parameters_count(self) -> int:
        """Weights that a pack holds: the tag head's rows for caption words serve training only."""
        words = self.tag_head.words * (self.tag_head.linear.in_features + 1)
        return sum(parameter.numel() for parameter in self.parameters()) - words


def trained_captioner(
    checkpoint: Path, system: System, vocabulary: Vocabulary, encoder: str | None = None
) -> Captioner:
    """The averaged weights of the last checkpoint, in eval mode, batch norms folded (timm's are left to the export)."""
    saved = load_checkpoint(checkpoint)
    if saved is None:
        stage = "self_critical" if system.self_critical else "train_decoder"
        raise FileNotFoundError(f"{checkpoint}: train it first (python -m training.{stage} --system {system.id})")
    model = Captioner(system, vocabulary, encoder, fetch=False)
    model.load_state_dict(saved["model"])
    model.load_state_dict(saved["average"], strict=False)
    model.eval()
    if isinstance(model.encoder, Encoder):
        fold_batch_norm(model.encoder)
    return model


@torch.inference_mode()
def grids_of(encoder: nn.Module, pixels: np.ndarray, rows: list[int]) -> Tensor:
    """Feature grids [N, L, C] of the photos ``rows``."""
    progress = Progress("grids", len(rows))
    grids = []
    for row in rows:
        grids.append(encoder(torch.from_numpy(pixels[row]).permute(2, 0, 1)[None].float()))
        progress.step()
    return torch.cat(grids)
