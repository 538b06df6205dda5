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
from torch import Tensor

from training.decoder import Decoder
from training.decoding import SETTINGS, Settings, beam_search, forbidden
from training.vocabulary import END, Vocabulary

# Two runtimes add up in different orders: below this lead of the best token over the next one, in nats, which of
# the two comes out is a coin toss, and the photo cannot be held to it.
LEAST_LEAD = 1e-4


@torch.inference_mode()
def write_golden(model, vocabulary: Vocabulary, entry: dict, folder: Path) -> None:
    """Writes ``<folder>/<pack>.json`` from the pictures in ``<folder>/photos``, which have the model's input size.
    Raises ``ValueError`` for a photo whose greedy path holds a tie."""
    photos = []
    for path in sorted((folder / "photos").glob("*.png")):
        with Image.open(path) as image:
            pixels = torch.from_numpy(np.asarray(image.convert("RGB"))).permute(2, 0, 1)[None].float()
        grid = model.encoder(pixels)
        tasks = {}
        for task in entry["tasks"]:
            greedy = replace(SETTINGS[task], beam_width=1)
            best = beam_search(model.decoder, grid, task, vocabulary, greedy)[0][0]
            lead = least_lead(model.decoder, grid, task, vocabulary, greedy, best.tokens)
            if lead < LEAST_LEAD:
                raise ValueError(f"{path.name}, {task}: a lead of {lead:.1g} is a tie; put another photo in its place")
            rounded = [round(value, 5) for value in best.log_probabilities]
            tasks[task] = {"tokens": best.tokens, "logProbabilities": rounded}
        photos.append({"file": path.name, "tasks": tasks})
    digests = {name: file["sha256"] for name, file in entry["files"].items()}
    content = {"packId": entry["id"], "sha256": digests, "photos": photos}
    (folder / f"{entry['id']}.json").write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")


def least_lead(
    decoder: Decoder, grid: Tensor, task: str, vocabulary: Vocabulary, settings: Settings, tokens: list[int]
) -> float:
    """The least difference, in nats, between the token that greedy search took and the best other one it could have."""
    memory, state = decoder.start(grid)
    allowed = torch.full((vocabulary.size,), float("-inf"))
    allowed[vocabulary.allowed(task)] = 0
    leads = []
    for length, token in enumerate([vocabulary.task(task), *tokens]):
        logits, state, _ = decoder.step(torch.tensor([token]), memory, state)
        scores = torch.log_softmax(logits[0], dim=0) + allowed
        scores[list(forbidden(tokens[:length], vocabulary, settings))] = float("-inf")
        if length < settings.min_length:
            scores[END] = float("-inf")
        if length < settings.max_length:
            best, next_best = scores.topk(2).values.tolist()
            leads.append(best - next_best)
    return min(leads)
