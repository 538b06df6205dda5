"""The published encoders, by name, through timm: ResNet-101, ResNeXt-101 WSL, or any other with a feature grid.

    --encoder timm:resnet101
    --encoder timm:resnext101_32x8d.fb_wsl_ig1b_ft_in1k     (Mahajan et al. 2018, arXiv 1805.00932)
    --encoder timm-random:resnet101                         the same network before any training: for tests

timm is not among the requirements: `pip install timm` brings torchvision, which must be built for the same torch. It
fetches the weights when they are first asked for. A network of this size is for a GPU and not for a phone.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

PREFIXES = ("timm:", "timm-random:")


def is_timm(name: str | None) -> bool:
    return name is not None and name.startswith(PREFIXES)


class TimmEncoder(nn.Module):
    """Pixels, float [B, 3, S, S], RGB 0–255 → feature grid [B, L, channels], rows first; normalised inside, by the mean
    and deviation that the weights were trained with. Raises ``ModuleNotFoundError`` without timm, and what timm raises
    for a name that it does not know."""

    def __init__(self, name: str) -> None:
        super().__init__()
        try:
            import timm
        except ModuleNotFoundError as error:
            raise ModuleNotFoundError(f"{name} needs timm: pip install timm") from error
        prefix, model = name.split(":", 1)
        self.net = timm.create_model(model, pretrained=prefix == "timm", num_classes=0, global_pool="")
        config = self.net.pretrained_cfg
        self.register_buffer("mean", 255 * torch.tensor(config["mean"]).view(1, 3, 1, 1))
        self.register_buffer("deviation", 255 * torch.tensor(config["std"]).view(1, 3, 1, 1))
        self.channels: int = self.net.num_features

    def forward(self, pixels: Tensor) -> Tensor:
        return self.net.forward_features((pixels - self.mean) / self.deviation).flatten(2).transpose(1, 2)
