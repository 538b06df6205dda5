"""Decoding settings on the dev split: prints what each choice would score.

    python -m training.tune --data DIR --work DIR [--system hanmadi] [--dev-photos 400]

Captions by CIDEr over beam widths and length exponents (SentencePiece pieces as words: for comparing settings, not
for reporting); hashtags by F1 over the decoder's weight and the threshold; alt text by CIDEr within bands of its
mean log-probability, which is what confidence is read from. The choices go into ``decoding.py`` and ``systems.py``.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from pycocoevalcap.cider.cider import Cider
from torch import Tensor

from training.captioner import grids_of, trained_captioner
from training.data import Photo
from training.decoding import SETTINGS, Hypothesis, beam_search
from training.photos import cache_pixels
from training.setup import add_common_arguments, add_system_argument, chosen_system, open_run
from training.vocabulary import Vocabulary

# Instagram captions have one reference each, which says little: only where there are no descriptions.
DESCRIPTIONS, CAPTIONS = ("plain-en", "plain-ko"), ("instagram-en", "instagram-ko")
WIDTHS = (1, 2, 3, 4, 5)
EXPONENTS = (0.0, 0.4, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2)
BATCH = 50


class Decoded:
    """Finished hypotheses of every photo by task and width, decoded once."""

    def __init__(self, decoder: torch.nn.Module, grids: Tensor, vocabulary: Vocabulary) -> None:
        self.decoder, self.grids, self.vocabulary = decoder, grids, vocabulary

    def of(self, task: str, width: int) -> list[list[Hypothesis]]:
        settings = replace(SETTINGS[task], beam_width=width)
        chunks = self.grids.split(BATCH)
        return [h for chunk in chunks for h in beam_search(self.decoder, chunk, task, self.vocabulary, settings)]


def cider(texts: list[str], references: list[list[str]], vocabulary: Vocabulary) -> np.ndarray:
    """CIDEr of each photo, in points, over SentencePiece pieces."""
    encode = vocabulary.encoder().encode

    def pieces(text: str) -> str:
        return " ".join(map(str, encode(text.lower())))

    guesses = {row: [pieces(text)] for row, text in enumerate(texts)}
    truths = {row: [pieces(text) for text in of_photo] for row, of_photo in enumerate(references)}
    return 100 * np.asarray(Cider().compute_score(truths, guesses)[1])


def tune_captions(decoded: Decoded, task: str, photos: list[Photo]) -> None:
    print(f"\n{task}: CIDEr by beam width and length exponent")
    print("width " + " ".join(f"{exponent:6.1f}" for exponent in EXPONENTS))
    rows = [row for row, photo in enumerate(photos) if photo.texts[task]]
    references = [photos[row].texts[task] for row in rows]
    for width in WIDTHS:
        of_photo = decoded.of(task, width)
        found = [of_photo[row] for row in rows]
        scores = []
        for exponent in EXPONENTS:
            best = [max(of, key=lambda h: h.total / len(h.log_probabilities) ** exponent) for of in found]
            texts = [decoded.vocabulary.text(hypothesis.tokens) for hypothesis in best]
            scores.append(cider(texts, references, decoded.vocabulary).mean())
        print(f"{width:5} " + " ".join(f"{score:6.1f}" for score in scores), flush=True)


def tune_hashtags(decoded: Decoded, tags: Tensor, photos: list[Photo]) -> None:
    concepts = [concept.name for concept in decoded.vocabulary.concepts]
    labels = torch.tensor([[float(concept in photo.tags) for concept in concepts] for photo in photos])
    chosen = torch.zeros_like(labels)
    for row, found in enumerate(decoded.of("hashtags", 1)):
        chosen[row, [token - decoded.vocabulary.first_hashtag for token in found[0].tokens]] = 1
    print("\nhashtags: F1 by the decoder's weight, at the best threshold")
    for weight in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 1.0):
        fused = (1 - weight) * tags + weight * chosen
        scores = []
        for threshold in torch.arange(0.1, 0.8, 0.02).tolist():
            offered = (fused >= threshold).float()
            # At most eight: what falls out is below the eighth best of the photo.
            offered *= fused >= fused.topk(min(8, fused.shape[1]), dim=1).values[:, -1:]
            hits, wanted = (offered * labels).sum(), labels.sum()
            scores.append((2 * hits / (offered.sum() + wanted)).item())
        best = int(np.argmax(scores))
        print(f"weight {weight:.1f}: F1 {scores[best]:.4f} at {0.1 + 0.02 * best:.2f}", flush=True)


def tune_confidence(decoded: Decoded, task: str, photos: list[Photo]) -> None:
    found = decoded.of(task, SETTINGS[task].beam_width)
    exponent = SETTINGS[task].length_exponent
    best = [max(of, key=lambda h: h.total / len(h.log_probabilities) ** exponent) for of in found]
    means = np.array([hypothesis.total / len(hypothesis.log_probabilities) for hypothesis in best])
    texts = [decoded.vocabulary.text(hypothesis.tokens) for hypothesis in best]
    scores = cider(texts, [photo.texts[task] for photo in photos], decoded.vocabulary)
    print(f"\n{task}: mean CIDEr by fifth of the mean log-probability, least first")
    order = np.argsort(means)
    for fifth in np.array_split(order, 5):
        print(f"{means[fifth].min():.3f} to {means[fifth].max():.3f}: CIDEr {scores[fifth].mean():.1f}", flush=True)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_common_arguments(parser)
    add_system_argument(parser)
    parser.add_argument("--encoder", help="timm:NAME, if the system was trained on one (backbones.py)")
    parser.add_argument("--checkpoint", type=Path, help="default: that of the last stage, in --work")
    args = parser.parse_args(arguments)
    run = open_run(args)
    dev = run.rows_of("dev")
    rows = dev[:: max(1, len(dev) // args.dev_photos)]
    photos = [run.photos[row] for row in rows]
    system = chosen_system(args, run)
    model = trained_captioner(args.checkpoint or args.work / system.checkpoint, system, run.vocabulary, args.encoder)
    grids = grids_of(model.encoder, cache_pixels(args.data, run.photos, args.size, args.work), rows)
    decoded = Decoded(model.decoder, grids, run.vocabulary)
    with torch.inference_mode():
        tags = torch.sigmoid(model.tag_head(grids)[:, : len(run.vocabulary.concepts)])
    tune_hashtags(decoded, tags, photos)
    described = [task for task in DESCRIPTIONS if all(photo.texts[task] for photo in photos)]
    for task in described:
        tune_confidence(decoded, task, photos)
        tune_captions(decoded, task, photos)
    for task in () if described else CAPTIONS:
        if any(photo.texts[task] for photo in photos):
            tune_captions(decoded, task, photos)


if __name__ == "__main__":
    main()
