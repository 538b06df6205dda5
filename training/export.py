"""Export: a trained captioner → a pack in the models folder, its golden file, its entry in the catalog.

python -m training.export --data DIR --work DIR [--models public/models] [--float]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import Tensor

from training.catalog import place, publish
from training.data import TASKS
from training.decoding import SETTINGS
from training.golden import write_golden
from training.graphs import export_graphs, fold_batch_norm
from training.progress import load_checkpoint
from training.quantize import round_weights
from training.setup import add_common_arguments, open_run
from training.train_decoder import Captioner
from training.vocabulary import Vocabulary

PACK = {
    "id": "hanmadi",
    "title": {"en": "Hanmadi", "ko": "한마디"},
    "system": "Show, Attend and Tell (Xu et al. 2015) on an EfficientNet-Lite2 supervised by hashtags, "
    "its top trained together with the decoder",
    "licence": "MIT; the encoder starts from EfficientNet-Lite2 weights under Apache-2.0",
    "trainedOn": [
        "Flickr8k (Hodosh et al. 2013)",
        "FlickrStyle10K (Gan et al. 2017)",
        "MS-COCO 2014 (Lin et al. 2014)",
        "MiniPlaces (Zhou et al. 2017)",
        "Food-101 (Bossard et al. 2014)",
        "annotations written for this project",
    ],
}
# Chosen on dev by `python -m training.tune`. Sure: the upper two fifths of its descriptions; unsure: the lowest fifth.
HASHTAGS = {"maximum": 8, "decoderWeight": 0.1, "threshold": 0.44}
CONFIDENCE = {"en": {"sure": -0.91, "maybe": -1.11}, "ko": {"sure": -0.73, "maybe": -0.92}}


def trained_captioner(checkpoint: Path, vocabulary: Vocabulary) -> Captioner:
    """The averaged weights of the last checkpoint, in eval mode, batch norms folded."""
    saved = load_checkpoint(checkpoint)
    if saved is None:
        raise FileNotFoundError(f"{checkpoint}: train the decoder first (python -m training.train_decoder)")
    model = Captioner(vocabulary)
    model.load_state_dict(saved["model"])
    model.load_state_dict(saved["average"], strict=False)
    model.eval()
    fold_batch_norm(model.encoder)
    return model


def test_pattern(size: int) -> Tensor:
    """The procedural picture of a tier's self-test: float [1, 3, S, S], ((x(3+c) + y(5−c))·7 + 31c) mod 256."""
    y, x = np.mgrid[:size, :size]
    channels = [((x * (3 + c) + y * (5 - c)) * 7 + 31 * c) % 256 for c in range(3)]
    return torch.from_numpy(np.stack(channels)[None].astype(np.float32))


@torch.inference_mode()
def self_test(model: Captioner, vocabulary: Vocabulary, size: int) -> dict:
    """What every trusted tier must reproduce: grid means, and four unconstrained-length greedy plain-English steps."""
    grid = model.encoder(test_pattern(size))
    regions, keys, hidden, cell = model.decoder.start(grid)
    allowed = torch.full((vocabulary.size,), float("-inf"))
    allowed[vocabulary.allowed("plain-en")] = 0
    token = torch.tensor([vocabulary.task("plain-en")])
    tokens, log_probabilities = [], []
    for _ in range(4):
        logits, hidden, cell, _ = model.decoder.step(token, regions, keys, hidden, cell)
        scores = torch.log_softmax(logits[0], dim=0) + allowed
        token = scores.argmax()[None]
        tokens.append(token.item())
        log_probabilities.append(round(scores[token].item(), 5))
    means = [round(value, 5) for value in grid[0, :, :8].mean(0).tolist()]
    return {"gridMean": means, "tokens": tokens, "logProbabilities": log_probabilities}


@torch.inference_mode()
def check_parity(paths: dict[str, Path], model: Captioner, size: int) -> None:
    """The graphs must give PyTorch's numbers; raises ``AssertionError`` where they do not."""
    session = {name: onnxruntime.InferenceSession(path) for name, path in paths.items()}
    pixels = test_pattern(size)
    grid = model.encoder(pixels)
    (exported,) = session["encoder"].run(None, {"pixels": pixels.numpy()})
    np.testing.assert_allclose(exported, grid.numpy(), atol=2e-3, rtol=1e-3)
    names = ("regions", "keys", "hidden", "cell")
    memory = dict(zip(names, session["start"].run(None, {"grid": exported})[:4], strict=True))
    token = torch.tensor([7, 11], dtype=torch.int32)
    state = {name: np.repeat(memory[name], 2, 0) for name in ("hidden", "cell")}
    logits = session["step"].run(None, {**memory, **state, "token": token.numpy()})[0]
    regions, keys, hidden, cell = model.decoder.start(grid)
    expected = model.decoder.step(token, regions, keys, hidden.expand(2, -1), cell.expand(2, -1))[0]
    np.testing.assert_allclose(logits, expected.numpy(), atol=5e-3, rtol=1e-3)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_common_arguments(parser)
    parser.add_argument("--models", type=Path, default=Path("public/models"))
    parser.add_argument("--golden", type=Path, default=Path("evaluation/golden"))
    parser.add_argument("--float", action="store_true", help="float weights, no golden file: the twin to compare with")
    args = parser.parse_args(arguments)
    run = open_run(args)
    model = trained_captioner(args.work / "decoder.pt", run.vocabulary)
    if not args.float:
        round_weights(model)
    concepts = len(run.vocabulary.concepts)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        paths = export_graphs(
            model.encoder, model.decoder, model.tag_head, concepts, args.size, folder, int8=not args.float
        )
        check_parity(paths, model, args.size)
        run.vocabulary.write(folder / "vocabulary.json")
        files = {
            "encoder": place(paths["encoder"], args.models, "encoders", PACK["id"]),
            "start": place(paths["start"], args.models, "decoders", f"{PACK['id']}-start"),
            "step": place(paths["step"], args.models, "decoders", f"{PACK['id']}-step"),
            "vocabulary": place(folder / "vocabulary.json", args.models, "vocabularies", "ko-en"),
        }
    entry = {
        **PACK,
        "inputSize": args.size,
        "grid": {"rows": args.size // 32, "columns": args.size // 32},
        "tasks": list(TASKS),
        "files": files,
        "decoding": {task: SETTINGS[task].as_catalog() for task in TASKS},
        "hashtags": HASHTAGS,
        "confidence": CONFIDENCE,
        "selfTest": self_test(model, run.vocabulary, args.size),
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "scores": None,
    }
    publish(entry, args.models)
    if not args.float and args.golden.is_dir():
        write_golden(model, run.vocabulary, entry, args.golden)
    total = sum(file["bytes"] for file in files.values())
    print(f"pack {PACK['id']}: {total / 1e6:.2f} MB in {args.models}")


if __name__ == "__main__":
    main()
