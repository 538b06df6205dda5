"""Weights to int8: symmetric, one scale per output channel, rounding to nearest.

Done twice, with the same result: in PyTorch, where every weight is replaced by the value it will have after
dequantization (so that the golden file comes from the very numbers that ship), and in the ONNX graph, where the
float initializer becomes int8 values, scales and a DequantizeLinear. The runtime folds that node at load and
computes in float.
"""

from __future__ import annotations

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from torch import nn

# Smaller tensors (biases, the energy vector) stay float: they would save nothing.
LEAST_SIZE = 4096
WEIGHTED = (nn.Linear, nn.Conv2d, nn.Embedding)


def quantize(weight: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Float32 weights → int8 values of the same shape and float32 scales, one a slice of ``axis``."""
    others = tuple(i for i in range(weight.ndim) if i != axis)
    scale = np.abs(weight).max(axis=others).astype(np.float32) / np.float32(127)
    scale[scale == 0] = 1
    shape = [-1 if i == axis else 1 for i in range(weight.ndim)]
    values = np.clip(np.rint(weight / scale.reshape(shape)), -127, 127).astype(np.int8)
    return values, scale


def dequantize(values: np.ndarray, scale: np.ndarray, axis: int) -> np.ndarray:
    """What DequantizeLinear computes."""
    shape = [-1 if i == axis else 1 for i in range(values.ndim)]
    return values.astype(np.float32) * scale.reshape(shape)


@torch.no_grad()
def round_weights(model: nn.Module) -> None:
    """Replaces the weights of linear layers, convolutions and embeddings by their dequantized int8 values."""
    for module in model.modules():
        if isinstance(module, WEIGHTED) and module.weight.numel() >= LEAST_SIZE:
            weight = module.weight.numpy()
            module.weight.copy_(torch.from_numpy(dequantize(*quantize(weight, axis=0), axis=0)))


def quantize_graph(model: onnx.ModelProto) -> None:
    """Stores every large weight of the graph as int8, in place."""
    graph = model.graph
    kept, added, nodes = [], [], []
    for initializer in graph.initializer:
        axis = _output_axis(graph, initializer.name)
        weight = numpy_helper.to_array(initializer)
        if axis is None or weight.dtype != np.float32 or weight.size < LEAST_SIZE:
            kept.append(initializer)
            continue
        name = initializer.name
        values, scale = quantize(weight, axis)
        added += [
            numpy_helper.from_array(values, f"{name}_int8"),
            numpy_helper.from_array(scale, f"{name}_scale"),
        ]
        nodes.append(helper.make_node("DequantizeLinear", [f"{name}_int8", f"{name}_scale"], [name], axis=axis))
    del graph.initializer[:]
    graph.initializer.extend(kept + added)
    body = list(graph.node)
    del graph.node[:]
    graph.node.extend(nodes + body)


def _output_axis(graph: onnx.GraphProto, name: str) -> int | None:
    """The axis of a weight that counts output channels; ``None`` where it is not a weight."""
    axes = set()
    for node in graph.node:
        for position, used in enumerate(node.input):
            if used != name:
                continue
            if (node.op_type == "Conv" and position == 1) or (node.op_type == "Gather" and position == 0):
                axes.add(0)
            elif node.op_type == "Gemm" and position == 1:
                transposed = any(attribute.name == "transB" and attribute.i for attribute in node.attribute)
                axes.add(0 if transposed else 1)
            elif node.op_type == "MatMul" and position == 1:
                axes.add(1)
            elif node.op_type == "Transpose":
                axes.add(0)
            else:
                return None
    if len(axes) > 1:
        raise ValueError(f"{name} is used with its output channels on different axes: {axes}")
    return axes.pop() if axes else None
