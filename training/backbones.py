"""The published encoders, by name, through timm: ResNet-101, ResNeXt-101 WSL, or any other with a feature grid.

    --encoder timm:resnet101.tv_in1k                        (torchvision's weights, as the published project had)
    --encoder timm:resnext101_32x8d.fb_wsl_ig1b_ft_in1k     (Mahajan et al. 2018, arXiv 1805.00932)
    --encoder timm-random:resnet101                         the same network before any training: for tests

`pip install timm` brings what it needs to fetch weights, which it does when they are first asked for, and torchvision,
which must be built for the same torch. A network of this size is for a GPU and not for a phone.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

PREFIXES = ("timm:", "timm-random:")


def is_timm(name: str | None) -> bool:
    return name is not None and name.startswith(PREFIXES)


class TimmEncoder(nn.Module):
    """Pixels, float [B, 3, S, S], RGB 0–255 → feature grid [B, S/32 · S/32, channels], rows first; normalised inside,
    by the mean and deviation that the weights were trained with. Raises ``ModuleNotFoundError`` without timm,
    ``ValueError`` for a network without such a grid, and what timm raises for a name that it does not know."""

    def __init__(self, name: str, fetch: bool = True) -> None:
        """``fetch=False``: a checkpoint will put the weights in place."""
        super().__init__()
        try:
            import timm
        except ModuleNotFoundError as error:
            raise ModuleNotFoundError(f"{name} needs timm: pip install timm") from error
        except RuntimeError as error:
            raise RuntimeError("timm needs a torchvision that was built for this torch") from error
        prefix, model = name.split(":", 1)
        self.net = timm.create_model(model, pretrained=fetch and prefix == "timm", num_classes=0, global_pool="")
        if prefix == "timm-random":
            _open_branches(self.net)
        config = self.net.pretrained_cfg
        self.register_buffer("mean", 255 * torch.tensor(config["mean"]).view(1, 3, 1, 1))
        self.register_buffer("deviation", 255 * torch.tensor(config["std"]).view(1, 3, 1, 1))
        self.channels: int = self.net.num_features
        # Networks of other kinds give tokens, channels last, or a grid at another stride.
        with torch.inference_mode():
            shape = tuple(self.net.eval().forward_features(torch.zeros(1, 3, 64, 64)).shape)
        if shape != (1, self.channels, 2, 2):
            raise ValueError(f"{name} has no feature grid at a 32nd of the photo's side: {shape} for 64 px")
        trained = "weights before any training" if prefix == "timm-random" else f"weights under {config.get('license')}"
        self.origin = f"{model} of timm, {trained}"

    def forward(self, pixels: Tensor) -> Tensor:
        return self.net.forward_features((pixels - self.mean) / self.deviation).flatten(2).transpose(1, 2)


@torch.no_grad()
def _open_branches(net: nn.Module) -> None:
    """Residual branches end, before any training, in a normalisation of scale zero: the network would be its shortcuts
    alone, and its export no test of the rest."""
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d) and not module.weight.any():
            module.weight.fill_(0.2)
