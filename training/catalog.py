"""The catalog of packs, and the files it names. Both are only ever written here."""

from __future__ import annotations

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


def publish(entry: dict, models: Path) -> None:
    """Adds a pack to the catalog, or replaces it, and removes the files that no pack names any more."""
    path = models / "catalog.json"
    packs = json.loads(path.read_text(encoding="utf-8"))["packs"] if path.exists() else []
    ids = [pack["id"] for pack in packs]
    if entry["id"] in ids:
        packs[ids.index(entry["id"])] = entry
    else:
        packs.append(entry)
    write_catalog(path, packs)
    named = {models / file["path"] for pack in packs for file in pack["files"].values()}
    for folder in ("encoders", "decoders", "vocabularies"):
        for file in (models / folder).glob("*-*"):
            if file not in named:
                file.unlink()


def write_catalog(path: Path, packs: list[dict]) -> None:
    content = {"version": FORMAT_VERSION, "packs": packs}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
