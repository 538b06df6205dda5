"""The three graphs of a pack, from the PyTorch modules: encoder, start, step.

- encoder: pixels [1, 3, S, S] float32, RGB 0–255 → grid [1, L, C];
- start: grid → memory: regions [1, L, D], keys [1, L, A]; state: hidden [1, H], cell [1, H], glance [1, D];
  tags [1, concepts] (probabilities);
- step: token [B] int32, memory, state of batch B → logits [B, V], next state (``next_hidden``, …), attention [B, L].

Memory, glance and attention are there where the decoder has them (``decoder.MEMORY``, ``decoder.STATE``): the app
reads from the graphs' names what is passed on.
"""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from training.captioner import Captioner
from training.decoder import MEMORY, STATE, Decoder
from training.encoder import TagHead
from training.quantize import quantize_graph

OPSET = 17


class StartGraph(nn.Module):
    def __init__(self, decoder: Decoder, tag_head: TagHead) -> None:
        super().__init__()
        self.decoder = decoder
        # The rows of the caption words served training only.
        concepts = tag_head.linear.out_features - tag_head.words
        self.tags = nn.Linear(tag_head.linear.in_features, concepts)
        self.tags.weight = nn.Parameter(tag_head.linear.weight[:concepts].detach().clone())
        self.tags.bias = nn.Parameter(tag_head.linear.bias[:concepts].detach().clone())

    def forward(self, grid: Tensor) -> tuple[Tensor, ...]:
        memory, state = self.decoder.start(grid)
        return (*memory, *state, torch.sigmoid(self.tags(grid.mean(1))))


class StepGraph(nn.Module):
    def __init__(self, decoder: Decoder) -> None:
        super().__init__()
        self.decoder = decoder

    def forward(self, token: Tensor, *values: Tensor) -> tuple[Tensor, ...]:
        count = len(MEMORY[self.decoder.config.attention])
        logits, state, attention = self.decoder.step(token, values[:count], values[count:])
        return (logits, *state) if attention is None else (logits, *state, attention)


def export_graphs(model: Captioner, size: int, folder: Path, int8: bool) -> dict[str, Path]:
    """Writes the graphs of a captioner in eval mode with folded batch norms; returns their paths by name."""
    encoder, decoder = model.encoder, model.decoder
    grid = torch.zeros(1, (size // 32) ** 2, decoder.config.channels)
    memory, state = decoder.start(grid)
    pair = tuple(value.expand(2, *value.shape[1:]) for value in state)
    state_names = STATE[decoder.config.attention]
    names = [*MEMORY[decoder.config.attention], *state_names]
    outputs = ["logits", *(f"next_{name}" for name in state_names), *(["attention"] if decoder.attends else [])]
    batch = {name: {0: "batch"} for name in ("token", *state_names, *outputs)}
    plans = {
        "encoder": (encoder, (torch.zeros(1, 3, size, size),), ["pixels"], ["grid"], None),
        "start": (StartGraph(decoder, model.tag_head), (grid,), ["grid"], [*names, "tags"], None),
        "step": (
            StepGraph(decoder),
            (torch.zeros(2, dtype=torch.int32), *memory, *pair),
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
        graph = onnx.load(paths[name])
        if int8:
            quantize_graph(graph)
        onnx.checker.check_model(graph, full_check=True)
        onnx.save(graph, paths[name])
    return paths
