"""The published data set and encoders: made-up posts in the data set's layout, a ResNet with random weights."""

from __future__ import annotations

import importlib.util
import json
import random
import re
from pathlib import Path

import onnxruntime
import pytest
import torch
from PIL import Image

from training import export, train_decoder, train_encoder
from training.tourist_spot import clean, hashtags_of, is_tourist_spot, read_tourist_spot, tourist_spot_lexicon

PLACES = {"beach": ("바다", (40, 90, 200)), "palace": ("경복궁", (170, 60, 50)), "mountain": ("등산", (40, 130, 60))}
OPTIONS = "--size 64 --pieces 120 --threads 1 --device cpu --seed 1".split()


@pytest.fixture(scope="module")
def posts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty posts, twenty of each of three classes, in one list."""
    folder = tmp_path_factory.mktemp("tourist")
    rng = random.Random(1)
    rows = []
    for number in range(60):
        place = list(PLACES)[number % 3]
        tag, colour = PLACES[place]
        (folder / place).mkdir(exist_ok=True)
        image = f"{place}/{number}.jpg"
        Image.new("RGB", (90, 70), tuple(min(255, c + rng.randrange(30)) for c in colour)).save(folder / image)
        text = f"오늘은 {tag} 에서 😊 #{tag} #여행 https://example.org/{number} @friend"
        rows.append({"image_path": image, "text": text, "hashtag": [tag, "여행"]})
    rows[0]["hashtag"] = "#바다 #여행"
    rows[1].pop("hashtag")
    rows[2]["text"] = "❤️❤️"
    rows.append({"image_path": "beach/gone.jpg", "text": "없다", "hashtag": ["바다"]})
    rows.append({"text": "사진이 없다"})
    (folder / "total.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return folder


def test_texts_and_hashtags_are_read_as_people_left_them() -> None:
    assert clean("좋다 #바다 😊 https://a.b/c @me.you 정말") == "좋다 😊 정말"
    assert hashtags_of({"hashtag": "#바다 #여행,바다"}) == ["바다", "여행"]
    assert hashtags_of({"hashtag": ["#바다", ""], "text": "또 #섬"}) == ["바다", "섬"]
    assert hashtags_of({"text": None}) == []


def test_posts_are_split_7_2_1_within_each_class(posts: Path, data: Path) -> None:
    assert is_tourist_spot(posts)
    assert not is_tourist_spot(data)
    photos = read_tourist_spot(posts)
    assert len(photos) == 60, "a post without a picture is left out"
    for place in PLACES:
        splits = [photo.split for photo in photos if photo.id.startswith(place)]
        assert [splits.count(split) for split in ("train", "dev", "test")] == [14, 4, 2]
    assert [photo.split for photo in read_tourist_spot(posts)] == [photo.split for photo in photos]
    hearts = next(photo for photo in photos if photo.id == "mountain/2.jpg")
    assert not hearts.texts, "emoji alone are no caption"
    assert hearts.tags
    assert {concept.name for concept in tourist_spot_lexicon(photos)} == {"바다", "경복궁", "등산", "여행"}


def test_lists_that_are_split_already_stay_so(posts: Path, tmp_path: Path) -> None:
    rows = json.loads((posts / "total.json").read_text(encoding="utf-8"))
    (tmp_path / "beach").symlink_to(posts / "beach")
    beach = [row for row in rows if row.get("image_path", "").startswith("beach")]
    for name, part in (("train", beach[:3]), ("val", beach[3:5]), ("test", beach[5:6])):
        (tmp_path / f"{name}.json").write_text(json.dumps(part), encoding="utf-8")
    splits = [photo.split for photo in read_tourist_spot(tmp_path)]
    assert sorted(splits) == ["dev", "dev", "test", "train", "train", "train"]


def test_both_stages_and_the_export_run_on_it(posts: Path, tmp_path: Path) -> None:
    """A pack of the two tasks that the data teaches; its graphs tell beach from palace by their hashtags."""
    common = ["--data", str(posts), "--work", str(tmp_path / "work"), *OPTIONS]
    train_encoder.main([*common, "--epochs", "6", "--batch", "8", "--train-size", "64"])
    train_decoder.main([*common, "--system", "hashtag", "--epochs", "12", "--batch", "8", "--average", "0.9"])
    export.main([*common, "--system", "hashtag", "--models", str(tmp_path / "models"), "--golden", "none"])
    (pack,) = json.loads((tmp_path / "models" / "catalog.json").read_text(encoding="utf-8"))["packs"]
    assert pack["tasks"] == ["instagram-ko", "hashtags"]
    assert pack["selfTest"]["task"] == "instagram-ko"
    assert pack["confidence"] is None
    assert set(pack["decoding"]) == set(pack["tasks"])


def _beside_a_cpu_build() -> None:
    """PyPI's torchvision is built for CUDA: beside a CPU build of torch its compiled operators are missing, and timm's
    import of it fails. No encoder uses them; declared without a body, they let the import pass."""
    spec = importlib.util.find_spec("torchvision")
    source = Path(spec.origin).with_name("_meta_registrations.py").read_text(encoding="utf-8")
    names = set(re.findall(r'(?:register_meta\(|register_fake\(")(?:torchvision::)?"?(\w+)"', source))
    library = torch.library.Library("torchvision", "FRAGMENT")
    for name in names:
        if not hasattr(torch.ops.torchvision, name):
            library.define(f"{name}() -> ()")
    globals()["_library"] = library  # its definitions last as long as it does


@pytest.mark.skipif(importlib.util.find_spec("timm") is None, reason="timm is not installed (training/backbones.py)")
def test_a_resnet_by_name_trains_and_exports(data: Path, tmp_path: Path) -> None:
    """Random weights here; the command checks that the graphs give PyTorch's numbers."""
    _beside_a_cpu_build()
    common = ["--data", str(data), "--work", str(tmp_path / "work"), *OPTIONS, "--system", "look-back"]
    common += ["--encoder", "timm-random:resnet101"]
    train_decoder.main([*common, "--epochs", "1", "--batch", "16", "--views", "1"])
    export.main([*common, "--models", str(tmp_path / "models"), "--golden", "none", "--calibrate-photos", "4"])
    (pack,) = json.loads((tmp_path / "models" / "catalog.json").read_text(encoding="utf-8"))["packs"]
    encoder = onnxruntime.InferenceSession(tmp_path / "models" / pack["files"]["encoder"]["path"])
    assert encoder.get_outputs()[0].shape == [1, 4, 2048]
    assert 30e6 < pack["files"]["encoder"]["bytes"] < 50e6, "int8: a byte a weight (some random ones are all zero)"
