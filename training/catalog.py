"""The catalog of packs, and the files it names. Both are only ever written here."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

FORMAT_VERSION = 1
FOLDERS = ("encoders", "decoders", "vocabularies", "match", "books")
TOWERS = ("photoTower", "textTower")


def place(source: Path, models: Path, folder: str, name: str) -> dict:
    """Copies a file into the models folder under its content hash; returns its catalog entry."""
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    path = f"{folder}/{name}-{digest[:8]}{source.suffix}"
    (models / folder).mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, models / path)
    return {"path": path, "bytes": source.stat().st_size, "sha256": digest}


def publish(entry: dict, models: Path, default: str | None = None) -> None:
    """Adds a pack to the catalog, or replaces it, and removes the files that no pack names any more: one export at a
    time, or it removes what the other has just placed. The pack ``default`` is the first one: the page loads it when
    nobody chose. A match model stays with a pack as long as its encoder does."""
    content = read_catalog(models)
    packs = content["packs"]
    before = next((pack for pack in packs if pack["id"] == entry["id"]), None)
    if before is None:
        packs.append(entry)
    else:
        if "match" in before and before["files"]["encoder"] == entry["files"]["encoder"]:
            entry = entry | {"match": before["match"]}
        packs[packs.index(before)] = entry
    packs.sort(key=lambda pack: pack["id"] != default)
    write_catalog(models, content)


def publish_match(matches: dict[str, dict], books: list[dict], models: Path) -> None:
    """Gives each pack of ``matches`` its match model, and takes it from the others; puts the books in place."""
    content = read_catalog(models)
    for pack in content["packs"]:
        pack.pop("match", None)
        if pack["id"] in matches:
            pack["match"] = matches[pack["id"]]
    write_catalog(models, content | {"books": books})


def packs_in(models: Path) -> list[str]:
    """Ids of the packs of a models folder, in the catalog's order."""
    return [pack["id"] for pack in read_catalog(models)["packs"]]


def read_catalog(models: Path) -> dict:
    path = models / "catalog.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"version": FORMAT_VERSION, "packs": []}


def write_catalog(models: Path, content: dict) -> None:
    """Writes the catalog, and removes the files that it does not name."""
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    (models / "catalog.json").write_text(text, encoding="utf-8")
    named = {models / file["path"] for file in _files_of(content)}
    for folder in FOLDERS:
        for file in (models / folder).glob("*-*"):
            if file not in named:
                file.unlink()


def _files_of(content: dict) -> list[dict]:
    of_packs = [file for pack in content["packs"] for file in pack["files"].values()]
    towers = [pack["match"][tower] for pack in content["packs"] if "match" in pack for tower in TOWERS]
    return [*of_packs, *towers, *(book["file"] for book in content.get("books", []))]


def write_scores(models: Path, results: Path) -> list[str]:
    """Puts what the evaluation measured on the test split into the catalog, for every pack whose files are still those
    that were scored; returns the ids of these packs. Intervals stay in the results files."""
    content = read_catalog(models)
    scored = []
    for pack in content["packs"]:
        file = results / f"{pack['id']}-test.json"
        measured = json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
        if measured is None or measured["limit"] is not None or measured["files"] != pack["files"]:
            pack["scores"] = None
            continue
        groups = measured["scores"]["groups"].items()
        figures = {
            name: {figure: value["value"] for figure, value in group["figures"].items()} for name, group in groups
        }
        pack["scores"] = {"split": "test", "photos": measured["photos"], "figures": figures}
        scored.append(pack["id"])
    write_catalog(models, content)
    return scored


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=write_scores.__doc__)
    parser.add_argument("--models", type=Path, default=Path("public/models"))
    parser.add_argument("--results", type=Path, default=Path("evaluation/results"))
    args = parser.parse_args(arguments)
    print("scores written for:", ", ".join(write_scores(args.models, args.results)) or "no pack")


if __name__ == "__main__":
    main()
