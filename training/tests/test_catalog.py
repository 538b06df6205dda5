"""The catalog: scores only from results that belong to the very files it names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.catalog import publish, write_scores

FILES = {"encoder": {"path": "encoders/a-00000000.onnx", "bytes": 1, "sha256": "0" * 64}}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    models, results = tmp_path / "models", tmp_path / "results"
    models.mkdir()
    results.mkdir()
    publish({"id": "a", "files": FILES, "scores": None}, models)
    publish({"id": "b", "files": FILES, "scores": None}, models)
    figures = {"CIDEr": {"value": 57.2, "low": 54.0, "high": 60.0}}
    measured = {"limit": None, "photos": 10, "files": FILES, "scores": {"groups": {"plain-en": {"figures": figures}}}}
    (results / "a-test.json").write_text(json.dumps(measured), encoding="utf-8")
    return models, results


def scores_of(models: Path) -> dict:
    return {pack["id"]: pack["scores"] for pack in json.loads((models / "catalog.json").read_text())["packs"]}


def test_measured_packs_get_their_scores(folders: tuple[Path, Path]) -> None:
    models, results = folders
    assert write_scores(models, results) == ["a"]
    expected = {"split": "test", "photos": 10, "figures": {"plain-en": {"CIDEr": 57.2}}}
    assert scores_of(models) == {"a": expected, "b": None}


@pytest.mark.parametrize("change", [{"limit": 8}, {"files": {}}])
def test_other_files_or_part_of_the_photos_give_none(folders: tuple[Path, Path], change: dict) -> None:
    models, results = folders
    write_scores(models, results)
    measured = json.loads((results / "a-test.json").read_text()) | change
    (results / "a-test.json").write_text(json.dumps(measured), encoding="utf-8")
    assert write_scores(models, results) == []
    assert scores_of(models) == {"a": None, "b": None}


def test_the_default_pack_comes_first(tmp_path: Path) -> None:
    for name in ("a", "b", "c", "a"):
        publish({"id": name, "files": FILES, "scores": None}, tmp_path, default="c")
    packs = json.loads((tmp_path / "catalog.json").read_text(encoding="utf-8"))["packs"]
    assert [pack["id"] for pack in packs] == ["c", "a", "b"]
