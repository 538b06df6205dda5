"""Scores predictions on a split of the data folder.

    python evaluation/score.py --data DIR --split dev --predictions preds.json --out scores.json

``preds.json`` is described in ``scoring/predictions.py``; any photos and tasks of the split may be
missing, and are then left out (CIDEr over part of a split is lower than over all of it: its rarity
weights come from the references of the photos that are scored). ``scores.json`` holds, for every
group of photos, figures with 95 % intervals (captions in points, hashtags between 0 and 1) and the
signs of degenerate text. With ``--against OTHER.json`` (predictions of another pack) the difference
of the two is added, over the photos and tasks that both have.

Needs Java (Debian: default-jre-headless) and ``evaluation/requirements.txt``.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from scoring.bootstrap import Resampler
from scoring.difference import differences, same_output
from scoring.predictions import PredictionsError, read_predictions
from scoring.references import read_references
from scoring.report import make_report

VERSION = 1


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    if shutil.which("java") is None:
        return fail("Java is missing. On Debian: apt-get install default-jre-headless")
    try:
        references = read_references(options.data)
        predictions = read_predictions(options.predictions, references, options.split)
        resampler = Resampler(options.samples, options.seed)
        report = make_report(predictions, references, options.split, resampler)
        document = {
            "version": VERSION,
            "split": options.split,
            "samples": options.samples,
            "seed": options.seed,
            "groups": report,
        }
        if options.against:
            other = read_predictions(options.against, references, options.split)
            in_split = references.of_split(options.split)
            document["differences"] = differences(predictions, other, in_split, resampler)
            document["sameOutput"] = same_output(predictions, other)
    except (OSError, json.JSONDecodeError, PredictionsError) as error:
        return fail(str(error))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", "utf-8")
    show(report)
    return 0


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the data folder")
    parser.add_argument("--split", choices=("train", "dev", "test"), required=True)
    parser.add_argument("--predictions", type=Path, required=True)
    parser.add_argument("--against", type=Path, help="predictions of another pack, to compare with")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--samples", type=int, default=1000, help="bootstrap samples")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(arguments)


def show(report: dict[str, Any]) -> None:
    """One line a group, for the eye."""
    for name, group in report.items():
        figures = "  ".join(
            f"{figure} {entry['value']:.3f}" if entry["value"] < 1 else f"{figure} {entry['value']:.1f}"
            for figure, entry in group["figures"].items()
        )
        print(f"{name:16} {group['photos']:5} photos  {figures}")


def fail(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
