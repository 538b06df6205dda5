"""The golden file: greedy tokens and log-probabilities of ten photos in every task, from PyTorch.

The app's decoding, in Node and in the browser, must give the same tokens from the shipped graphs.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from training.data import TASKS
from training.decoding import SETTINGS, beam_search
from training.vocabulary import Vocabulary


@torch.inference_mode()
def write_golden(model, vocabulary: Vocabulary, entry: dict, folder: Path) -> None:
    """Writes ``<folder>/<pack>.json`` from the pictures in ``<folder>/photos``, which have the model's input size."""
    photos = []
    for path in sorted((folder / "photos").glob("*.png")):
        with Image.open(path) as image:
            pixels = torch.from_numpy(np.asarray(image.convert("RGB"))).permute(2, 0, 1)[None].float()
        grid = model.encoder(pixels)
        tasks = {}
        for task in TASKS:
            greedy = replace(SETTINGS[task], beam_width=1)
            best = beam_search(model.decoder, grid, task, vocabulary, greedy)[0][0]
            rounded = [round(value, 5) for value in best.log_probabilities]
            tasks[task] = {"tokens": best.tokens, "logProbabilities": rounded}
        photos.append({"file": path.name, "tasks": tasks})
    digests = {name: file["sha256"] for name, file in entry["files"].items()}
    content = {"packId": entry["id"], "sha256": digests, "photos": photos}
    (folder / f"{entry['id']}.json").write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")
