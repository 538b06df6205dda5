"""Export: a trained captioner → a pack in the models folder, its golden file, its entry in the catalog.

python -m training.export --data DIR --work DIR [--system hanmadi] [--models public/models] [--float]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import Tensor

from training.backbones import is_timm
from training.captioner import Captioner, grids_of, trained_captioner
from training.catalog import place, publish
from training.confidence import confidence_bands
from training.data import TASKS, Photo
from training.decoder import STATE
from training.decoding import SETTINGS
from training.golden import write_golden
from training.graphs import export_graphs
from training.photos import cache_pixels
from training.quantize import round_weights
from training.setup import add_common_arguments, add_system_argument, chosen_system, open_run
from training.systems import DEFAULT, ENCODERS
from training.vocabulary import Vocabulary

MOST_HASHTAGS = 8


def test_pattern(size: int) -> Tensor:
    """The procedural picture of a tier's self-test: float [1, 3, S, S], ((x(3+c) + y(5−c))·7 + 31c) mod 256."""
    y, x = np.mgrid[:size, :size]
    channels = [((x * (3 + c) + y * (5 - c)) * 7 + 31 * c) % 256 for c in range(3)]
    return torch.from_numpy(np.stack(channels)[None].astype(np.float32))


def tasks_of(photos: list[Photo]) -> list[str]:
    """The tasks that the training photos taught, in the usual order."""
    train = [photo for photo in photos if photo.split == "train"]
    return [task for task in TASKS if any(p.tags if task == "hashtags" else p.texts.get(task) for p in train)]


@torch.inference_mode()
def self_test(model: Captioner, vocabulary: Vocabulary, size: int, task: str) -> dict:
    """What every trusted tier must reproduce: grid means, and four unconstrained-length greedy steps of a task."""
    grid = model.encoder(test_pattern(size))
    memory, state = model.decoder.start(grid)
    allowed = torch.full((vocabulary.size,), float("-inf"))
    allowed[vocabulary.allowed(task)] = 0
    token = torch.tensor([vocabulary.task(task)])
    tokens, log_probabilities = [], []
    for _ in range(4):
        logits, state, _ = model.decoder.step(token, memory, state)
        scores = torch.log_softmax(logits[0], dim=0) + allowed
        token = scores.argmax()[None]
        tokens.append(token.item())
        log_probabilities.append(round(scores[token].item(), 5))
    means = [round(value, 5) for value in grid[0, :, :8].mean(0).tolist()]
    return {"task": task, "gridMean": means, "tokens": tokens, "logProbabilities": log_probabilities}


@torch.inference_mode()
def check_parity(paths: dict[str, Path], model: Captioner, size: int) -> None:
    """The graphs must give PyTorch's numbers; raises ``AssertionError`` where they do not."""
    session = {name: onnxruntime.InferenceSession(path) for name, path in paths.items()}
    pixels = test_pattern(size)
    grid = model.encoder(pixels)
    (exported,) = session["encoder"].run(None, {"pixels": pixels.numpy()})
    np.testing.assert_allclose(exported, grid.numpy(), atol=2e-3, rtol=1e-3)
    names = [value.name for value in session["step"].get_inputs() if value.name != "token"]
    started = dict(zip([*names, "tags"], session["start"].run([*names, "tags"], {"grid": exported}), strict=True))
    state_names = STATE[model.system.attention]
    pair = {name: np.repeat(started[name], 2, 0) if name in state_names else started[name] for name in names}
    token = torch.tensor([7, 11], dtype=torch.int32)
    logits = session["step"].run(["logits"], {**pair, "token": token.numpy()})[0]
    memory, state = model.decoder.start(grid)
    expected = model.decoder.step(token, memory, tuple(value.expand(2, -1) for value in state))[0]
    np.testing.assert_allclose(logits, expected.numpy(), atol=5e-3, rtol=1e-3)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_common_arguments(parser)
    add_system_argument(parser)
    parser.add_argument("--models", type=Path, default=Path("public/models"))
    parser.add_argument("--golden", type=Path, default=Path("evaluation/golden"))
    parser.add_argument("--float", action="store_true", help="float weights, no golden file: the twin to compare with")
    parser.add_argument("--encoder", help="timm:NAME, if the system was trained on one (backbones.py)")
    parser.add_argument("--calibrate-photos", type=int, default=400, help="dev photos that confidence is read from")
    args = parser.parse_args(arguments)
    run = open_run(args)
    system = chosen_system(args, run)
    model = trained_captioner(args.work / system.checkpoint, system, run.vocabulary, args.encoder)
    if not args.float:
        round_weights(model)
    tasks = tasks_of(run.photos)
    confidence = None
    if {"plain-en", "plain-ko"} <= set(tasks):
        dev = run.rows_of("dev")
        calibrated = dev[:: max(1, len(dev) // args.calibrate_photos)]
        grids = grids_of(model.encoder, cache_pixels(args.data, run.photos, args.size, args.work), calibrated)
        confidence = confidence_bands(model.decoder, grids, run.vocabulary)
    encoder = args.encoder if is_timm(args.encoder) else system.encoder
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        paths = export_graphs(model, args.size, folder, int8=not args.float)
        check_parity(paths, model, args.size)
        run.vocabulary.write(folder / "vocabulary.json")
        files = {
            "encoder": place(paths["encoder"], args.models, "encoders", encoder.replace(":", "-")),
            "start": place(paths["start"], args.models, "decoders", f"{system.id}-start"),
            "step": place(paths["step"], args.models, "decoders", f"{system.id}-step"),
            "vocabulary": place(folder / "vocabulary.json", args.models, "vocabularies", "ko-en"),
        }
    entry = {
        "id": system.id,
        "title": system.title,
        "system": system.stands_for,
        "attention": system.attention,
        "encoder": {"supervision": ENCODERS.get(encoder, encoder)},
        "licence": f"MIT; the encoder starts from {model.encoder.origin}",
        "trainedOn": run.trained_on,
        "inputSize": args.size,
        "grid": {"rows": args.size // 32, "columns": args.size // 32},
        "tasks": tasks,
        "files": files,
        "decoding": {task: SETTINGS[task].as_catalog() for task in tasks},
        "hashtags": {
            "maximum": MOST_HASHTAGS,
            "decoderWeight": system.decoder_weight,
            "threshold": system.threshold,
        },
        "confidence": confidence,
        "selfTest": self_test(model, run.vocabulary, args.size, tasks[0]),
        "parameters": model.parameters_count(),
        "scores": None,
    }
    publish(entry, args.models, default=DEFAULT)
    if not args.float and args.golden.is_dir():
        write_golden(model, run.vocabulary, entry, args.golden)
    total = sum(file["bytes"] for file in files.values())
    print(f"pack {system.id}: {total / 1e6:.2f} MB in {args.models}")


if __name__ == "__main__":
    main()
