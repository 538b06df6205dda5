"""The published data set and encoders: made-up posts in the data set's layout, a ResNet with random weights."""

from __future__ import annotations

import importlib.util
import json
import random
import re
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from PIL import Image

from training import export, self_critical, train_decoder, train_encoder, tune
from training.backbones import TimmEncoder
from training.data import Photo
from training.photos import square
from training.tourist_spot import (
    clean,
    hashtags_of,
    is_tourist_spot,
    learnable,
    read_tourist_spot,
    tourist_spot_lexicon,
)

PLACES = {"beach": ("바다", (40, 90, 200)), "palace": ("경복궁", (170, 60, 50)), "mountain": ("등산", (40, 130, 60))}
OPTIONS = "--size 64 --pieces 120 --threads 1 --device cpu --seed 1".split()


@pytest.fixture(scope="module")
def posts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty posts, twenty of each of three classes, in one list; each has a hashtag that no other post has."""
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
        rows.append({"image_path": image, "text": text, "hashtag": [tag, "여행", f"나만{number}"]})
    rows[0]["hashtag"] = "#바다 #여행"
    rows[1].pop("hashtag")
    rows[2]["text"] = "❤️❤️"
    rows.append({"image_path": "beach/gone.jpg", "text": "없다", "hashtag": ["바다"]})
    rows += [{"text": "사진이 없다"}, {"image_path": None}, "not a post"]
    (folder / "total.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8-sig")
    (folder / "vocabulary.json").write_text('{"<PAD>": 0}', encoding="utf-8")
    return folder


def test_texts_and_hashtags_are_read_as_people_left_them() -> None:
    assert clean("좋다 #바다 😊 https://a.b/c @me.you 정말") == "좋다 😊 정말"
    assert hashtags_of({"hashtag": "#바다 #여행,바다"}) == ["바다", "여행"]
    assert hashtags_of({"hashtag": ["#바다", "", None, "Jeju"], "text": "또 #섬 #jeju"}) == ["바다", "jeju", "섬"]
    assert hashtags_of({"text": None}) == []
    assert clean("#❤️ 좋다#바다#섬") == "❤️ 좋다"


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


def _write_lists(folder: Path, posts: Path, **lists: list[dict]) -> None:
    (folder / "beach").symlink_to(posts / "beach")
    for name, part in lists.items():
        (folder / f"{name}.json").write_text(json.dumps(part), encoding="utf-8")


def test_lists_that_are_split_already_stay_so(posts: Path, tmp_path: Path) -> None:
    """Also beside the list of all posts, as the data set comes; what is held out is not trained on."""
    beach = [{"image_path": f"beach/{number}.jpg", "text": "바다", "hashtag": ["바다"]} for number in range(0, 60, 3)]
    lists = {"train": beach[:6], "val": beach[5:15], "test": beach[15:19]}
    _write_lists(tmp_path, posts, **lists, total=beach[:19])
    split = {photo.id: photo.split for photo in read_tourist_spot(tmp_path)}
    assert [split[post["image_path"]] for post in beach[:19]] == ["train"] * 5 + ["dev"] * 10 + ["test"] * 4


def test_a_split_without_posts_is_an_error(posts: Path, tmp_path: Path) -> None:
    _write_lists(tmp_path, posts, total=[{"image_path": "beach/0.jpg", "text": "바다"}])
    with pytest.raises(ValueError, match="no post for test"):
        read_tourist_spot(tmp_path)


def test_the_lexicon_is_what_comes_back_in_the_train_split() -> None:
    photos = [Photo(str(number), "", "train", tags=["바다", f"나만{number}"]) for number in range(5)]
    photos += [Photo("held out", "", "test", tags=["섬"]) for _ in range(9)]
    lexicon = tourist_spot_lexicon(photos)
    assert [concept.ko for concept in lexicon] == [("바다",)]
    assert learnable(photos, lexicon) == photos[:5], "neither a text nor a hashtag of the lexicon"
    with pytest.raises(ValueError, match="no hashtag is in 6 posts"):
        tourist_spot_lexicon(photos, fewest=6)


def test_every_command_runs_on_it(posts: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    """All stages; a pack of the two tasks that the data teaches, whose graphs tell the places by their hashtags."""
    common = ["--data", str(posts), "--work", str(tmp_path / "work"), *OPTIONS]
    train_encoder.main([*common, "--epochs", "6", "--batch", "8", "--train-size", "64"])
    train_decoder.main([*common, "--epochs", "12", "--batch", "8", "--views", "2", "--average", "0.9"])
    assert "instagram-ko" in capsys.readouterr().out.splitlines()[-1]
    self_critical.main([*common, "--steps", "2", "--batch", "8", "--samples", "2"])
    tune.main([*common, "--dev-photos", "4"])
    said = capsys.readouterr().out
    assert "instagram-ko: CIDEr" in said
    assert "plain" not in said, "what the data does not have is not reported"
    export.main([*common, "--models", str(tmp_path / "models"), "--golden", "none"])
    (pack,) = json.loads((tmp_path / "models" / "catalog.json").read_text(encoding="utf-8"))["packs"]
    assert pack["id"] == "hanmadi-tourist-spot"
    assert "Tourist Spot" in pack["trainedOn"][0]
    assert pack["tasks"] == ["instagram-ko", "hashtags"]
    assert pack["selfTest"]["task"] == "instagram-ko"
    assert pack["confidence"] is None
    assert set(pack["decoding"]) == set(pack["tasks"])
    photos = [photo for photo in read_tourist_spot(posts) if photo.split == "train"]
    right = [
        _place_by_hashtag(tmp_path / "models", pack, posts / photo.id) == photo.id.split("/")[0] for photo in photos
    ]
    assert np.mean(right) > 0.8


def _place_by_hashtag(models: Path, pack: dict, photo: Path) -> str:
    """The place whose hashtag the exported graphs find the most probable in a photo."""
    session = {
        name: onnxruntime.InferenceSession(models / pack["files"][name]["path"]) for name in ("encoder", "start")
    }
    vocabulary = json.loads((models / pack["files"]["vocabulary"]["path"]).read_text(encoding="utf-8"))
    with Image.open(photo) as image:
        pixels = square(image, 64).transpose(2, 0, 1)[None].astype(np.float32)
    (grid,) = session["encoder"].run(None, {"pixels": pixels})
    (probabilities,) = session["start"].run(["tags"], {"grid": grid})
    of_tag = {tag["concept"]: probabilities[0, row] for row, tag in enumerate(vocabulary["hashtags"])}
    return max(PLACES, key=lambda place: of_tag[PLACES[place][0]])


def _beside_a_cpu_build() -> None:
    """PyPI's torchvision is built for CUDA: beside a CPU build of torch its compiled operators are missing, and timm's
    import of it fails. No encoder uses them; declared without a body, they let the import pass."""
    try:
        importlib.import_module("torchvision")
        return
    except RuntimeError:
        pass
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
    with pytest.raises(ValueError, match="no feature grid"):
        TimmEncoder("timm-random:xcit_nano_12_p16_224")
    to_be_loaded = TimmEncoder("timm:resnet18.tv_in1k", fetch=False)
    assert to_be_loaded.origin == "resnet18.tv_in1k of timm, weights under bsd-3-clause"
    common = ["--data", str(data), "--work", str(tmp_path / "work"), *OPTIONS, "--system", "look-back"]
    common += ["--encoder", "timm-random:resnet101"]
    train_decoder.main([*common, "--epochs", "1", "--batch", "16", "--views", "1"])
    export.main([*common, "--models", str(tmp_path / "models"), "--golden", "none", "--calibrate-photos", "4"])
    (pack,) = json.loads((tmp_path / "models" / "catalog.json").read_text(encoding="utf-8"))["packs"]
    encoder = onnxruntime.InferenceSession(tmp_path / "models" / pack["files"]["encoder"]["path"])
    assert pack["id"] == "look-back-timm-random-resnet101", "our own look-back stays what it is"
    assert pack["licence"].endswith("resnet101 of timm, weights before any training")
    assert encoder.get_outputs()[0].shape == [1, 4, 2048]
    assert 42e6 < pack["files"]["encoder"]["bytes"] < 44e6, "42.5 million weights in int8"
