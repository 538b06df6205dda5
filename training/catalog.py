"""The catalog of packs, and the files it names. Both are only ever written here."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

FORMAT_VERSION = 1


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
    nobody chose."""
    path = models / "catalog.json"
    packs = json.loads(path.read_text(encoding="utf-8"))["packs"] if path.exists() else []
    ids = [pack["id"] for pack in packs]
    if entry["id"] in ids:
        packs[ids.index(entry["id"])] = entry
    else:
        packs.append(entry)
    packs.sort(key=lambda pack: pack["id"] != default)
    write_catalog(path, packs)
    named = {models / file["path"] for pack in packs for file in pack["files"].values()}
    for folder in ("encoders", "decoders", "vocabularies"):
        for file in (models / folder).glob("*-*"):
            if file not in named:
                file.unlink()


def write_catalog(path: Path, packs: list[dict]) -> None:
    content = {"version": FORMAT_VERSION, "packs": packs}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def write_scores(models: Path, results: Path) -> list[str]:
    """Puts what the evaluation measured on the test split into the catalog, for every pack whose files are still those
    that were scored; returns the ids of these packs. Intervals stay in the results files."""
    path = models / "catalog.json"
    packs = json.loads(path.read_text(encoding="utf-8"))["packs"]
    scored = []
    for pack in packs:
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
    write_catalog(path, packs)
    return scored


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=write_scores.__doc__)
    parser.add_argument("--models", type=Path, default=Path("public/models"))
    parser.add_argument("--results", type=Path, default=Path("evaluation/results"))
    args = parser.parse_args(arguments)
    print("scores written for:", ", ".join(write_scores(args.models, args.results)) or "no pack")


if __name__ == "__main__":
    main()
