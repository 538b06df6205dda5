"""The worst photos, by hand and by the whole command."""

import json
from pathlib import Path

import numpy as np
import pytest
from failures import main
from scoring.failures import share_above, worst
from scoring.predictions import Caption, Predictions
from scoring.references import Photo


def photo(name: str, source: str, text: str, tags: str) -> Photo:
    return Photo(name, source, "test", {"plain-en": [text]}, frozenset(tags.split()))


PHOTOS = [
    photo("f8k/right", "f8k", "A dog runs through deep snow .", "dog snow"),
    photo("f8k/wrong", "f8k", "Two children build a castle of sand .", "beach child"),
    photo("f8k/half", "f8k", "A man climbs a steep rock wall .", "rock man"),
    photo("coco/right", "coco", "A cup of coffee stands on a table.", "coffee"),
    photo("coco/wrong", "coco", "A bus waits at the station.", "bus"),
]
CAPTIONS = {
    "f8k/right": ("a dog runs through deep snow", "dog snow"),
    "f8k/wrong": ("the soup is hot", "soup"),
    "f8k/half": ("a man climbs a steep rock wall", "rock bus"),
    "coco/right": ("a cup of coffee stands on a table", "coffee"),
    "coco/wrong": ("an elephant in a river", "elephant river"),
}


def predictions(names: list[str]) -> Predictions:
    captions = {name: Caption(CAPTIONS[name][0], True) for name in names}
    return Predictions({"plain-en": captions}, {name: frozenset(CAPTIONS[name][1].split()) for name in names})


def test_worst_first_ranked_among_photos_of_the_same_kind():
    found = worst(predictions(list(CAPTIONS)), PHOTOS, count=3)
    # By both measures, of three the worst is behind 5/6 and of two behind 3/4: itself counts half.
    assert [failure.photo.id for failure in found] == ["f8k/wrong", "coco/wrong", "f8k/half"]
    assert (found[0].cider, found[0].f1) == (0, 0)
    assert (found[0].better, found[1].better) == (pytest.approx(5 / 6), 3 / 4)
    assert found[2].cider > 100, "a good description; the tags are half right"
    assert found[2].f1 == 0.5


def test_photos_without_a_description_or_tags_are_left_out():
    some = predictions(["f8k/right", "f8k/wrong"])
    del some.tags["f8k/right"]
    assert [failure.photo.id for failure in worst(some, PHOTOS, count=9)] == ["f8k/wrong"]
    assert worst(Predictions(), PHOTOS, count=9) == []


def test_equal_scores_share_a_rank():
    assert share_above(np.array([0.0, 0.0, 3.0, 1.0])) == pytest.approx([3 / 4, 3 / 4, 1 / 8, 3 / 8])


def test_the_command_prints_what_was_wanted_and_what_was_said(data: Path, capsys: pytest.CaptureFixture[str]):
    path = data.parent / "predictions.json"
    records = [
        {"photo": "f8k/1", "task": "plain-en", "text": "a bowl of soup"},
        {"photo": "f8k/1", "task": "instagram-ko", "text": "따뜻한 한 그릇 🍲"},
        {"photo": "f8k/1", "task": "hashtags", "tags": ["dog", "coffee"]},
    ]
    path.write_text(json.dumps(records), "utf-8")
    assert main(["--data", str(data), "--split", "dev", "--predictions", str(path)]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert lines[0].startswith("1. f8k/1  CIDEr 0.0  tags F1 0.50")
    assert "people       A dog runs through the snow ." in lines
    assert "plain-en     a bowl of soup" in lines
    assert "instagram-ko 따뜻한 한 그릇 🍲" in lines
    assert lines[-4:-1] == ["right tags   dog", "wrong tags   coffee", "missing tags snow"]


def test_a_missing_file_is_named(data: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["--data", str(data), "--split", "dev", "--predictions", str(data / "none.json")]) == 1
    assert "none.json" in capsys.readouterr().err
