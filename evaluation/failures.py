"""Lists the photos that a pack did worst on, with what people wrote and what it wrote.

    python evaluation/failures.py --data DIR --split test --predictions preds.json --count 40

Worst is: the lowest CIDEr of the plain English description together with the lowest F1 of the hashtags, each
ranked among the photos with as many references. Predictions as in ``scoring/predictions.py``.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from scoring.failures import TASK, Failure, worst
from scoring.predictions import Predictions, PredictionsError, read_predictions
from scoring.references import read_references


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    try:
        references = read_references(options.data)
        predictions = read_predictions(options.predictions, references, options.split)
    except (OSError, json.JSONDecodeError, PredictionsError) as error:
        print(error, file=sys.stderr)
        return 1
    found = worst(predictions, references.of_split(options.split), options.count)
    for number, failure in enumerate(found, start=1):
        print("\n".join(described(number, failure, predictions)), end="\n\n")
    return 0


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--split", choices=("train", "dev", "test"), required=True)
    parser.add_argument("--predictions", type=Path, required=True)
    parser.add_argument("--count", type=int, default=40)
    return parser.parse_args(arguments)


def described(number: int, failure: Failure, predictions: Predictions) -> list[str]:
    """The lines of one photo."""
    photo, offered = failure.photo, predictions.tags[failure.photo.id]
    others = [task for task in predictions.captions if task != TASK and photo.id in predictions.captions[task]]
    return [
        f"{number}. {photo.id}  CIDEr {failure.cider:.1f}  tags F1 {failure.f1:.2f}"
        f"  worse than {100 * failure.better:.0f} % of its kind",
        *(f"   people       {text}" for text in photo.texts[TASK]),
        *(f"   {task:12} {predictions.captions[task][photo.id].text}" for task in (TASK, *others)),
        f"   right tags   {_listed(offered & photo.tags)}",
        f"   wrong tags   {_listed(offered - photo.tags)}",
        f"   missing tags {_listed(photo.tags - offered)}",
    ]


def _listed(concepts: frozenset[str]) -> str:
    return ", ".join(sorted(concepts)) or "–"


if __name__ == "__main__":
    sys.exit(main())
