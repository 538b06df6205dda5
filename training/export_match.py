"""Export of stage D: towers, caption books, and each pack's calibrated ranking → the models folder and its catalog.

python -m training.export_match --data DIR --work DIR [--models public/models]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn

from training.book_lines import Line, Speaks, Words, concept_lines, photo_lines, sameness
from training.books import from_int8, handicaps_of, int8, write_book
from training.calibration import Sight, fit_book, fit_written, logits_of, sight_of, sure_from, thresholds
from training.captioner import grids_of, trained_captioner
from training.catalog import packs_in, place, publish_match
from training.graphs import OPSET
from training.match import MatchModel, pad
from training.match_texts import BookLine, pieces_of, read_book_lines
from training.photos import cache_pixels
from training.progress import Progress
from training.quantize import quantize_graph, round_weights
from training.ranking import BookArrays, book_arrays, features_of, indicator, rarity_of
from training.setup import Run, add_common_arguments, open_run
from training.systems import DEFAULT, SYSTEMS
from training.train_match import trained_match

LANGUAGES = ("ko", "en")
LICENCE = "MIT; written for this project"
# Photos at a time: their scores over a whole book take 40 MB.
CHUNK = 250
# Of each photo so many lines are looked at when handicaps are found.
BEST = 120


@torch.inference_mode()
def export_tower(tower: nn.Module, example: torch.Tensor, name: str, path: Path) -> Path:
    """Writes a tower as an int8 graph, ``name`` [1 or B, …] → ``vector`` [·, D]; raises ``AssertionError`` where it
    does not give PyTorch's numbers."""
    axes = {name: {0: "batch", 1: "length"}, "vector": {0: "batch"}} if name == "pieces" else None
    torch.onnx.export(
        tower,
        (example,),
        path,
        input_names=[name],
        output_names=["vector"],
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )
    graph = onnx.load(path)
    quantize_graph(graph)
    onnx.checker.check_model(graph, full_check=True)
    onnx.save(graph, path)
    (exported,) = onnxruntime.InferenceSession(path).run(None, {name: example.numpy()})
    np.testing.assert_allclose(exported, tower(example).numpy(), atol=1e-4)
    return path


def speaks_of(run: Run, book: list[BookLine], language: str) -> tuple[Speaks, Words]:
    """What the words of a language speak of, and how familiar they are: from all its lines."""
    lines = [(line.text, line.tags) for line in book if line.language == language]
    for row in run.rows_of("train"):
        photo = run.photos[row]
        lines += [(text, tuple(photo.tags)) for text in photo.texts.get(f"instagram-{language}", [])]
    words = Words([text for text, _ in lines], language, run.vocabulary.concepts)
    return Speaks(lines, run.vocabulary), words


def lines_of(run: Run, book: list[BookLine], language: str, speaks: Speaks, words: Words) -> list[Line]:
    train = [run.photos[row] for row in run.rows_of("train")]
    lines = photo_lines(train, language, speaks, words)
    return lines + concept_lines(book, language, {sameness(line.text) for line in lines})


@torch.inference_mode()
def text_vectors(model: MatchModel, lines: list[Line], run: Run) -> np.ndarray:
    """int8 [n, D]."""
    processor = run.vocabulary.encoder()
    pieces = [pieces_of(line.text, processor) for line in lines]
    return int8(np.concatenate([model.text(pad(pieces[i : i + 512])).numpy() for i in range(0, len(pieces), 512)]))


def find_handicaps(book: BookArrays, sight: Sight, ranking: dict, rarity: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Handicaps of the lines, from what would be offered for the training photos; a photo's own lines (``own`` [n]:
    the photo's row, −1 without one) do not count for it."""
    progress = Progress("handicaps", len(sight.vectors))
    best, scores = [], []
    for first in range(0, len(sight.vectors), CHUNK):
        rows = np.arange(first, min(first + CHUNK, len(sight.vectors)))
        logits = logits_of(ranking, features_of(sight.vectors[rows], sight.probabilities[rows], book, rarity), book)
        logits[own[None] == rows[:, None]] = -np.inf
        top = np.argpartition(-logits, min(BEST, logits.shape[1] - 1), axis=1)[:, :BEST]
        best.append(top)
        scores.append(np.take_along_axis(logits, top, 1))
        progress.step(len(rows))
    return handicaps_of(np.concatenate(best), np.concatenate(scores), len(own))


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_common_arguments(parser)
    parser.add_argument("--views", type=int, default=4, help="as in training")
    parser.add_argument("--models", type=Path, default=Path("public/models"))
    parser.add_argument("--written-photos", type=int, default=200, help="dev photos that each decoder writes for")
    args = parser.parse_args(arguments)
    run = open_run(args)
    model, towers = trained_match(args.work)
    for module in (model.text, *towers.values()):
        round_weights(module)
    names = [concept.name for concept in run.vocabulary.concepts]
    train, dev = ([run.photos[row] for row in run.rows_of(split)] for split in ("train", "dev"))
    rarity = rarity_of(indicator([tuple(photo.tags) for photo in train], names))
    book = read_book_lines(args.data)
    speaks = {language: speaks_of(run, book, language) for language in LANGUAGES}
    lines = {language: lines_of(run, book, language, *speaks[language]) for language in LANGUAGES}
    captioners = {
        pack: trained_captioner(args.work / SYSTEMS[pack].checkpoint, SYSTEMS[pack], run.vocabulary)
        for pack in packs_in(args.models)
        if pack in SYSTEMS and SYSTEMS[pack].encoder in towers
    }
    seen = sight_of(run, args, captioners[DEFAULT], towers[SYSTEMS[DEFAULT].encoder], "train")
    photo_vectors = int8(seen.vectors)
    text = {language: text_vectors(model, lines[language], run) for language in LANGUAGES}
    photo = {
        language: np.stack(
            [photo_vectors[line.photo] if line.photo is not None else 0 * photo_vectors[0] for line in of]
        )
        for language, of in lines.items()
    }
    arrays = {
        language: book_arrays(lines[language], from_int8(text[language]), from_int8(photo[language]), names)
        for language in LANGUAGES
    }

    rankings = {}
    written = dev[:: max(1, len(dev) // args.written_photos)]
    rows = run.rows_of("dev")[:: max(1, len(dev) // args.written_photos)]
    pixels = cache_pixels(args.data, run.photos, args.size, args.work)
    for pack, captioner in captioners.items():
        tower = towers[captioner.system.encoder]
        sight = sight_of(run, args, captioner, tower, "dev")
        of_written = Sight(*(values[:: max(1, len(dev) // args.written_photos)] for values in vars(sight).values()))
        books = list(arrays.values())
        ranking = fit_book(sight, dev, books, rarity, names)
        sure = sure_from(ranking, sight, dev, books, rarity, names)
        grids = grids_of(captioner.encoder, pixels, rows)
        spoken = {language: of for language, (of, _) in speaks.items()}
        ranking["written"] = fit_written(captioner, grids, of_written, written, model, spoken, run)
        rankings[pack] = ranking | thresholds(sure)
        print(f"ranking {pack}: {rankings[pack]}", flush=True)

    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        example = pad([[5, 6, 7], [8, 9]]).int()
        text_tower = place(
            export_tower(model.text, example, "pieces", folder / "text.onnx"), args.models, "match", "text"
        )
        space = text_tower["sha256"][:8]
        photo_towers = {}
        for encoder, tower in towers.items():
            grid = torch.randn(1, (args.size // 32) ** 2, model.config.channels)
            path = export_tower(tower, grid, "grid", folder / f"{encoder}.onnx")
            photo_towers[encoder] = place(path, args.models, "match", encoder)
        books = []
        for language in LANGUAGES:
            of = lines[language]
            own = np.array([-1 if line.photo is None else line.photo for line in of])
            handicaps = find_handicaps(arrays[language], seen, rankings[DEFAULT], rarity, own)
            path = folder / f"{language}.book"
            write_book(path, language, space, names, rarity, of, handicaps, text[language], photo[language])
            file = place(path, args.models, "books", language)
            books.append({"language": language, "space": space, "lines": len(of), "file": file, "licence": LICENCE})
            kinds = np.bincount([line.kind for line in of], minlength=2)
            print(f"book {language}: {kinds[0]} photo lines, {kinds[1]} concept lines, {file['bytes'] / 1e6:.2f} MB")
    matches = {
        pack: {
            "space": space,
            "photoTower": photo_towers[SYSTEMS[pack].encoder],
            "textTower": text_tower,
            "ranking": ranking,
        }
        for pack, ranking in rankings.items()
    }
    publish_match(matches, books, args.models)


if __name__ == "__main__":
    main()
