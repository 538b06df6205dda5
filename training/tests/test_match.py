"""The match model and the caption books: the parts, then the real commands on the made-up data folder."""

from __future__ import annotations

import gzip
import json
import struct
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from training import export, export_match, self_critical, train_decoder, train_encoder, train_match
from training.book_lines import CONCEPT, PHOTO, Line, is_seen, who
from training.books import MOST_USED, handicaps_of
from training.match import MatchConfig, MatchModel, pad, recall
from training.progress import load_checkpoint
from training.ranking import book_arrays, features_of, logistic, rarity_of, shares_half, witness

NAMES = ["beach", "dog", "snow", "ball"]


@pytest.mark.parametrize(
    ("text", "language", "seen"),
    [
        ("Some days just need a wave 🌊", "en", True),
        ("My sister took this one", "en", False),
        ("Two dogs, no plans", "en", False),
        ("Best day of 2019", "en", False),
        ("Coffee with Anna again", "en", False),
        ("바람 좋은 날 바다 🌊", "ko", True),
        ("엄마가 해 준 밥", "ko", False),
        ("강아지 두 마리와 산책", "ko", False),
        ("월요일 아침의 커피", "ko", False),
    ],
)
def test_what_no_photo_shows_stays_with_its_photo(text: str, language: str, seen: bool) -> None:
    assert is_seen(text, language) is seen


def test_a_pronoun_is_whom_the_tags_name() -> None:
    assert who("Look at this wave", ("sea",)) == set()
    assert who("She owns the beach", ("beach", "dog", "woman")) == {"woman"}
    assert who("Nobody told him", ("dog", "beach")) == {"dog"}
    assert who("She owns the beach", ("beach", "sea")) is None


def test_texts_of_different_lengths_do_not_change_each_other() -> None:
    model = MatchModel(MatchConfig(pieces=20)).eval()
    with torch.inference_mode():
        together = model.text(pad([[3], [4, 5, 6, 7], []]))
        alone = [model.text(pad([text]))[0] for text in ([3], [4, 5, 6, 7], [])]
    torch.testing.assert_close(together, torch.stack(alone))
    torch.testing.assert_close(together.norm(dim=1), torch.ones(3))


def test_recall_counts_who_is_before() -> None:
    photos = torch.eye(4)
    texts = torch.eye(4)[[0, 1, 3, 2]]
    assert recall(photos, texts, ranks=(1, 4)) == {1: 0.5, 4: 1.0}


def lines() -> list[Line]:
    return [
        Line("photo", PHOTO, 0, ("beach", "dog"), ("dog",), photo=0),
        Line("concept", CONCEPT, 1, ("snow",), ("snow",)),
        Line("free", PHOTO, 0, ("snow", "ball"), (), photo=1),
    ]


def test_features_and_witness() -> None:
    text = np.eye(3, 2, dtype=np.float32)
    photo = np.array([[1, 0], [0, 0], [0, 1]], dtype=np.float32)
    book = book_arrays(lines(), text, photo, NAMES)
    rarity = rarity_of(np.array([[1, 1, 0, 0], [1, 0, 0, 0]]))
    found = features_of(np.array([[0.6, 0.8]]), np.array([[0.9, 0.5, 0.1, 0.001]]), book, rarity)
    np.testing.assert_allclose(found["match"], [[0.6, 0.8, 0.0]])
    np.testing.assert_allclose(found["photo"], [[0.6, 0.0, 0.8]])
    np.testing.assert_allclose(found["required"], np.log([[0.5, 0.1, 1.0]]))
    np.testing.assert_allclose(found["agreement"], [[0.7, 0.1, 0.0505]], rtol=1e-5)
    np.testing.assert_allclose(found["rarity"][0], [np.log(2), np.log(2), 0])
    assert found["allowed"].tolist() == [[True, False, True]]
    tags = [("dog", "beach"), ("ball", "beach", "dog", "snow"), ("snow", "ball", "dog")]
    assert witness(tags, book, NAMES).tolist() == [
        [True, False, False],
        [True, False, True],  # snow is not among the first three
        [False, True, True],  # the photo line shares one tag of three
    ]
    assert shares_half(np.ones((1, 4), dtype=np.float32), book).tolist() == [[True, False, True]]


def test_logistic_finds_the_weights() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(20_000, 2)) * [1, 5]
    y = rng.random(len(x)) < 1 / (1 + np.exp(-(0.5 + 2 * x[:, 0] - 0.3 * x[:, 1])))
    weights, bias = logistic(x, y)
    np.testing.assert_allclose([*weights, bias], [2, -0.3, 0.5], atol=0.1)


def test_handicaps_spread_what_is_offered() -> None:
    """One line is a little better than all others for every photo: without a handicap it would be offered always."""
    photos, count = 500, 1000
    rng = np.random.default_rng(0)
    scores = rng.normal(size=(photos, count)).astype(np.float32)
    scores[:, 7] = 4
    best = np.argsort(-scores, 1)[:, :200]
    top = np.take_along_axis(scores, best, 1)
    handicaps = handicaps_of(best, top, count)
    order = np.argsort(handicaps[best] - top, 1)[:, :5]
    used = np.bincount(np.take_along_axis(best, order, 1).ravel(), minlength=count) / photos
    assert used.max() <= MOST_USED
    assert handicaps[7] == handicaps.max() > 0


SIZE = "64"


@pytest.fixture(scope="module")
def work(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("match")
    common = arguments(data, work)
    train_encoder.main([*common, "--epochs", "4", "--batch", "8", "--train-size", SIZE])
    train_decoder.main([*common, "--epochs", "6", "--batch", "8", "--views", "2"])
    self_critical.main([*common, *"--steps 2 --batch 8 --samples 3".split()])
    train_match.main([*common, *"--epochs 40 --batch 24 --views 2 --encoders".split()])
    return work


def arguments(data: Path, work: Path) -> list[str]:
    return f"--data {data} --work {work} --size {SIZE} --pieces 200 --threads 1 --device cpu".split()


def test_a_finished_tower_is_not_trained_again(data: Path, work: Path) -> None:
    before = load_checkpoint(work / train_match.CHECKPOINT)
    train_match.main([*arguments(data, work), *"--epochs 40 --batch 24 --views 2 --encoders".split()])
    after = load_checkpoint(work / train_match.CHECKPOINT)
    assert list(after["towers"]) == ["hanmadi"]
    assert all(torch.equal(before["model"][name], after["model"][name]) for name in before["model"])


def test_export_gives_the_pack_a_match_model_and_the_books(data: Path, work: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    export.main([*arguments(data, work), "--models", str(models), "--golden", str(tmp_path / "none")])
    export_match.main([*arguments(data, work), "--views", "2", "--models", str(models), "--written-photos", "8"])
    catalog = json.loads((models / "catalog.json").read_text(encoding="utf-8"))
    match = catalog["packs"][0]["match"]
    vectors = {}
    for tower, feed in (
        ("photoTower", {"grid": np.ones((1, 4, 1280), np.float32)}),
        ("textTower", {"pieces": np.array([[5, 6, 0], [7, 0, 0], [8, 9, 10]], np.int32)}),
    ):
        session = onnxruntime.InferenceSession(models / match[tower]["path"])
        (vectors[tower],) = session.run(["vector"], feed)
    assert vectors["photoTower"].shape == (1, 64)
    assert vectors["textTower"].shape == (3, 64)
    numbers = [
        value for kind in match["ranking"].values() for value in (kind.values() if isinstance(kind, dict) else [kind])
    ]
    assert np.isfinite(numbers).all()
    assert [book["language"] for book in catalog["books"]] == ["ko", "en"]
    for book in catalog["books"]:
        assert book["space"] == match["space"]
        check_book((models / book["file"]["path"]).read_bytes(), book)
    # A later export of the pack alone keeps what its encoder still fits.
    export.main([*arguments(data, work), "--models", str(models), "--golden", str(tmp_path / "none")])
    again = json.loads((models / "catalog.json").read_text(encoding="utf-8"))
    assert again["packs"][0]["match"] == match
    assert again["books"] == catalog["books"]
    assert all((models / book["file"]["path"]).exists() for book in again["books"])


def check_book(file: bytes, book: dict) -> None:
    content = gzip.decompress(file)
    magic, version, length = content[:4], *struct.unpack("<II", content[4:12])
    assert (magic, version) == (b"HMBK", 1)
    header = json.loads(content[12 : 12 + length])
    kinds = [kind for _, kind, *_ in header["lines"]]
    assert len(kinds) == book["lines"] > 0
    assert len(content) == 12 + length + header["dimensions"] * (len(kinds) + kinds.count(PHOTO))
    vectors = np.frombuffer(content[12 + length :], np.int8).reshape(-1, header["dimensions"])
    np.testing.assert_allclose(np.linalg.norm(vectors.astype(np.float32), axis=1), 127, rtol=0.05)
    for _text, kind, tone, tags, required, handicap in header["lines"]:
        assert (tone == 0) == (kind == PHOTO)
        assert kind == PHOTO or tags == required
        assert max([*tags, *required], default=0) < len(header["concepts"])
        assert handicap >= 0
