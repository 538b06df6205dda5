"""The real commands, end to end, on the made-up data folder: encoder, decoder, export, golden file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from PIL import Image

from training import export, self_critical, train_decoder, train_encoder
from training.photos import square
from training.progress import load_checkpoint
from training.systems import SYSTEMS

SIZE = "64"
SELF_CRITICAL = "--steps 6 --batch 8 --samples 3".split()


def common(data: Path, work: Path) -> list[str]:
    return f"--data {data} --work {work} --size {SIZE} --pieces 200 --threads 1 --device cpu".split()


@pytest.fixture(scope="module")
def work(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A work folder in which all stages have run."""
    work = tmp_path_factory.mktemp("work")
    train_encoder.main([*common(data, work), "--epochs", "4", "--batch", "8", "--train-size", SIZE])
    train_decoder.main([*common(data, work), "--epochs", "25", "--batch", "8", "--views", "3", "--average", "0.9"])
    self_critical.main([*common(data, work), *SELF_CRITICAL])
    return work


@pytest.fixture(scope="module")
def models(data: Path, work: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    models = tmp_path_factory.mktemp("models")
    golden = models / "golden"
    (golden / "photos").mkdir(parents=True)
    for number, colour in enumerate(("red", "blue")):
        Image.new("RGB", (int(SIZE), int(SIZE)), colour).save(golden / "photos" / f"{number}.png")
    export.main([*common(data, work), "--models", str(models), "--golden", str(golden)])
    return models


@pytest.mark.parametrize("system", [system for system in SYSTEMS if system != "hanmadi"])
def test_every_published_system_trains_and_exports(system: str, work: Path, data: Path, tmp_path: Path) -> None:
    """Its graphs give PyTorch's numbers (the command checks), and hold the inputs that its attention needs."""
    shutil.copytree(work, tmp_path / "work")
    arguments = [*common(data, tmp_path / "work"), "--system", system]
    train_decoder.main([*arguments, "--epochs", "1", "--batch", "8"])
    export.main([*arguments, "--models", str(tmp_path / "models"), "--golden", str(tmp_path / "none")])
    (pack,) = json.loads((tmp_path / "models" / "catalog.json").read_text(encoding="utf-8"))["packs"]
    assert pack["id"] == system
    step = onnxruntime.InferenceSession(tmp_path / "models" / pack["files"]["step"]["path"])
    inputs, outputs = ({value.name for value in values} for values in (step.get_inputs(), step.get_outputs()))
    assert ("keys" in inputs) == ("attention" in outputs) == (pack["attention"] != "none")
    assert ("glance" in inputs) == ("next_glance" in outputs) == (pack["attention"] == "look-back")


def test_a_finished_run_trains_no_further(work: Path, data: Path) -> None:
    before = load_checkpoint(work / "hanmadi.pt")
    train_decoder.main([*common(data, work), "--epochs", "25", "--batch", "8", "--views", "3", "--average", "0.9"])
    after = load_checkpoint(work / "hanmadi.pt")
    assert after["step"] == before["step"] == 25 * 6
    assert all(torch.equal(before["model"][name], after["model"][name]) for name in before["model"])


def test_resumed_run_equals_an_unbroken_one(work: Path, data: Path, tmp_path: Path) -> None:
    """Steps are a function of seed and number: stopping after the first and going on changes nothing."""
    for name in ("whole", "broken"):
        shutil.copytree(work, tmp_path / name, ignore=shutil.ignore_patterns("hanmadi.pt"))
    arguments = ["--batch", "8", "--views", "3", "--epochs", "1"]
    train_decoder.main([*common(data, tmp_path / "whole"), *arguments])
    train_decoder.main([*common(data, tmp_path / "broken"), *arguments, "--stop-after", "3"])
    assert load_checkpoint(tmp_path / "broken" / "hanmadi.pt")["step"] == 3
    train_decoder.main([*common(data, tmp_path / "broken"), *arguments])
    whole, broken = (load_checkpoint(tmp_path / name / "hanmadi.pt") for name in ("whole", "broken"))
    assert whole["step"] == broken["step"] == 6
    for name, value in whole["model"].items():
        torch.testing.assert_close(broken["model"][name], value, msg=name)


def test_self_critical_training_resumes(work: Path, data: Path, tmp_path: Path) -> None:
    """Going on after step 3 gives the weights of an unbroken run; stage B's own checkpoint stays what it was."""
    stage_b, whole = load_checkpoint(work / "hanmadi.pt"), load_checkpoint(work / "hanmadi-self-critical.pt")
    start = stage_b["model"] | stage_b["average"]
    shutil.copytree(work, tmp_path / "work", ignore=shutil.ignore_patterns("*self-critical*"))
    arguments = [*common(data, tmp_path / "work"), *SELF_CRITICAL]
    self_critical.main([*arguments, "--stop-after", "3"])
    assert load_checkpoint(tmp_path / "work" / "hanmadi-self-critical.pt")["step"] == 3
    self_critical.main(arguments)
    resumed = load_checkpoint(tmp_path / "work" / "hanmadi-self-critical.pt")
    moved = 0.0
    for name, value in whole["model"].items():
        torch.testing.assert_close(resumed["model"][name], value, msg=name)
        difference = (value.float() - start[name].float()).abs().max().item()
        assert difference == 0 or name.startswith("decoder."), name
        moved = max(moved, difference)
    assert moved > 0


def test_catalog_names_every_file_with_its_hash(models: Path) -> None:
    catalog = json.loads((models / "catalog.json").read_text(encoding="utf-8"))
    (pack,) = catalog["packs"]
    assert catalog["version"] == 1
    assert set(pack["files"]) == {"encoder", "start", "step", "vocabulary"}
    for file in pack["files"].values():
        path = models / file["path"]
        assert path.stat().st_size == file["bytes"]
        assert file["sha256"][:8] in path.name


def test_graphs_learnt_the_photos(models: Path, data: Path) -> None:
    """The exported int8 graphs, run by onnxruntime, name shape and colour of training photos."""
    pack = json.loads((models / "catalog.json").read_text(encoding="utf-8"))["packs"][0]
    vocabulary = json.loads((models / pack["files"]["vocabulary"]["path"]).read_text(encoding="utf-8"))
    paths = {name: models / pack["files"][name]["path"] for name in ("encoder", "start", "step")}
    session = {name: onnxruntime.InferenceSession(path) for name, path in paths.items()}
    right = 0
    photos = _training_photos(data)
    for tags, pixels in photos:
        words = _greedy(session, vocabulary, pixels).split()
        right += sum(tag in words for tag in tags)
    assert right / (3 * len(photos)) > 0.7


def test_golden_file_covers_every_task(models: Path) -> None:
    golden = json.loads((models / "golden" / "hanmadi.json").read_text(encoding="utf-8"))
    assert [photo["file"] for photo in golden["photos"]] == ["0.png", "1.png"]
    for photo in golden["photos"]:
        assert len(photo["tasks"]) == 7
        for task in photo["tasks"].values():
            assert len(task["logProbabilities"]) == len(task["tokens"]) + 1
            assert max(task["logProbabilities"]) <= 0


def test_export_replaces_the_files_of_the_pack(models: Path, work: Path, data: Path, tmp_path: Path) -> None:
    copy = tmp_path / "models"
    shutil.copytree(models, copy)
    export.main([*common(data, work), "--models", str(copy), "--float"])
    assert len(list((copy / "encoders").iterdir())) == 1
    encoder = next((copy / "encoders").iterdir())
    assert encoder.stat().st_size > 3 * next((models / "encoders").iterdir()).stat().st_size


def _training_photos(data: Path) -> list[tuple[list[str], np.ndarray]]:
    import tarfile

    tags = {}
    for line in (data / "annotations.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        fields = line.split("\t")
        tags[fields[0]] = fields[5].split(",")
    photos = []
    with tarfile.open(data / "photos_coco.tar") as tar:
        for member in tar.getmembers()[:12]:
            with Image.open(tar.extractfile(member)) as image:
                photos.append((tags[member.name.removesuffix(".jpg")], square(image, int(SIZE))))
    return photos


def _greedy(session: dict, vocabulary: dict, pixels: np.ndarray) -> str:
    """Plain English by greedy search, straight from the graphs."""
    planar = pixels.transpose(2, 0, 1)[None].astype(np.float32)
    (grid,) = session["encoder"].run(None, {"pixels": planar})
    names = ("regions", "keys", "hidden", "cell")
    inputs = dict(zip(names, session["start"].run(None, {"grid": grid})[:4], strict=True))
    token, tokens = vocabulary["tasks"]["plain-en"], []
    for _ in range(20):
        inputs["token"] = np.array([token], dtype=np.int32)
        logits, inputs["hidden"], inputs["cell"], _ = session["step"].run(None, inputs)
        token = int(logits[0].argmax())
        if token == vocabulary["end"]:
            break
        tokens.append(token)
    return "".join(vocabulary["pieces"][t] if t < len(vocabulary["pieces"]) else "?" for t in tokens).replace("▁", " ")
