"""The whole command on a tiny data folder."""

import json
from pathlib import Path

import pytest
from score import main

PREDICTIONS = [
    {"photo": "f8k/1", "task": "plain-en", "text": "a dog runs through the snow", "ended": True},
    {"photo": "coco/2", "task": "plain-en", "text": "a child smiles", "ended": False},
    {"photo": "f8k/1", "task": "plain-ko", "text": "개가 눈밭을 달린다."},
    {"photo": "f8k/1", "task": "romantic-en", "text": "a dog in love with snow"},
    {"photo": "f8k/1", "task": "hashtags", "tags": ["dog", "coffee"]},
    {"photo": "coco/2", "task": "hashtags", "tags": []},
]


def run(data: Path, predictions: object, *more: str) -> tuple[int, Path]:
    source, out = data.parent / "predictions.json", data.parent / "scores.json"
    source.write_text(json.dumps(predictions), "utf-8")
    files = ["--data", str(data), "--predictions", str(source), "--out", str(out)]
    return main([*files, "--split", "dev", *more]), out


def test_groups_counts_and_figures(data: Path):
    code, out = run(data, PREDICTIONS)
    assert code == 0
    groups = json.loads(out.read_text("utf-8"))["groups"]
    plain = groups["plain-en"]
    assert (plain["photos"], plain["photosInSplit"], plain["referencesPerPhoto"]) == (1, 1, 2)
    assert plain["figures"]["BLEU-4"]["value"] == pytest.approx(100)
    assert plain["cutOff"] == 0
    other = groups["plain-en-other"]
    assert other["cutOff"] == 1
    assert other["variety"]["learnt_by_heart"] == 1
    assert (groups["plain-ko"]["photos"], groups["plain-ko"]["photosInSplit"]) == (1, 2)
    assert groups["plain-ko"]["cutOff"] is None
    assert groups["romantic-en"]["figures"] == {}  # nobody wrote a romantic text for it
    assert "instagram-en" not in groups
    tags = groups["hashtags"]
    assert tags["figures"]["F1"]["value"] == pytest.approx(2 * 1 / (2 + 3))
    assert tags["bySource"]["coco"] == {"photos": 1, "F1": 0}


def test_difference_to_another_pack_over_common_photos(data: Path):
    other = data.parent / "other.json"
    other.write_text(json.dumps([{"photo": "f8k/1", "task": "hashtags", "tags": ["dog", "snow"]}]), "utf-8")
    code, out = run(data, PREDICTIONS, "--against", str(other))
    document = json.loads(out.read_text("utf-8"))
    assert code == 0
    assert set(document["differences"]) == {"hashtags"}
    f1 = document["differences"]["hashtags"]["figures"]["F1"]
    assert (f1["first"], f1["second"], f1["difference"]) == (0.5, 1, -0.5)
    assert document["sameOutput"] == {"hashtags": 0}


@pytest.mark.parametrize(
    ("record", "complaint"),
    [
        ({"photo": "f8k/3", "task": "plain-en", "text": "a"}, "not in the split"),
        ({"photo": "f8k/1", "task": "poem", "text": "a"}, "unknown"),
        ({"photo": "f8k/1", "task": "plain-en"}, "`text`"),
        ({"photo": "f8k/1", "task": "hashtags", "tags": ["unicorn"]}, "lexicon"),
        ({"photo": "f8k/1", "task": "hashtags", "tags": ["dog", "dog"]}, "twice"),
        ("f8k/1", "not an object"),
    ],
)
def test_a_bad_record_is_named(data: Path, capsys: pytest.CaptureFixture[str], record: object, complaint: str):
    code, out = run(data, [record])
    assert code == 1
    assert not out.exists()
    message = capsys.readouterr().err
    assert "record 0" in message
    assert complaint in message


def test_a_photo_twice_is_refused(data: Path, capsys: pytest.CaptureFixture[str]):
    assert run(data, [PREDICTIONS[0], PREDICTIONS[0]])[0] == 1
    assert "has this task already" in capsys.readouterr().err
