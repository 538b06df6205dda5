"""The three graphs of a pack, from the PyTorch modules: encoder, start, step.

- encoder: pixels [1, 3, S, S] float32, RGB 0–255 → grid [1, L, C];
- start: grid → regions [1, L, D], keys [1, L, A], hidden [1, H], cell [1, H], tags [1, concepts] (probabilities);
- step: token [B] int32, regions, keys, hidden [B, H], cell [B, H]
  → logits [B, V], next_hidden, next_cell, attention [B, L].
"""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from training.decoder import Decoder
from training.encoder import Encoder, TagHead
from training.quantize import quantize_graph

OPSET = 17


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


class StartGraph(nn.Module):
    def __init__(self, decoder: Decoder, tag_head: TagHead, concepts: int) -> None:
        super().__init__()
        self.decoder = decoder
        # The rows of the caption words served training only.
        self.tags = nn.Linear(tag_head.linear.in_features, concepts)
        self.tags.weight = nn.Parameter(tag_head.linear.weight[:concepts].detach().clone())
        self.tags.bias = nn.Parameter(tag_head.linear.bias[:concepts].detach().clone())

    def forward(self, grid: Tensor) -> tuple[Tensor, ...]:
        return (*self.decoder.start(grid), torch.sigmoid(self.tags(grid.mean(1))))


class StepGraph(nn.Module):
    def __init__(self, decoder: Decoder) -> None:
        super().__init__()
        self.decoder = decoder

    def forward(self, token: Tensor, regions: Tensor, keys: Tensor, hidden: Tensor, cell: Tensor) -> tuple[Tensor, ...]:
        return self.decoder.step(token, regions, keys, hidden, cell)


def export_graphs(
    encoder: Encoder, decoder: Decoder, tag_head: TagHead, concepts: int, size: int, folder: Path, int8: bool
) -> dict[str, Path]:
    """Writes the graphs of modules in eval mode with folded batch norms; returns their paths by name."""
    grid = torch.zeros(1, (size // 32) ** 2, decoder.config.channels)
    memory = decoder.start(grid)
    pair = tuple(value.expand(2, *value.shape[1:]) for value in memory[2:])
    names = ["regions", "keys", "hidden", "cell"]
    outputs = ["logits", "next_hidden", "next_cell", "attention"]
    batch = {name: {0: "batch"} for name in ("token", "hidden", "cell", *outputs)}
    plans = {
        "encoder": (encoder, (torch.zeros(1, 3, size, size),), ["pixels"], ["grid"], None),
        "start": (StartGraph(decoder, tag_head, concepts), (grid,), ["grid"], [*names, "tags"], None),
        "step": (
            StepGraph(decoder),
            (torch.zeros(2, dtype=torch.int32), *memory[:2], *pair),
            ["token", *names],
            outputs,
            batch,
        ),
    }
    paths = {}
    for name, (module, inputs, input_names, output_names, axes) in plans.items():
        paths[name] = folder / f"{name}.onnx"
        torch.onnx.export(
            module.eval(),
            inputs,
            paths[name],
            input_names=input_names,
            output_names=output_names,
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
        model = onnx.load(paths[name])
        if int8:
            quantize_graph(model)
        onnx.checker.check_model(model, full_check=True)
        onnx.save(model, paths[name])
    return paths
