"""A made-up data folder in the real layout: coloured shapes, with captions in both languages and hashtags."""

from __future__ import annotations

import io
import random
import tarfile
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

COLOURS = {"red": ("빨간", (210, 40, 40)), "blue": ("파란", (40, 70, 200)), "green": ("초록", (30, 150, 60))}
SHAPES = {"circle": "동그라미", "square": "네모"}
PLACES = {"snow": ("눈", (235, 240, 245)), "night": ("밤", (25, 25, 45))}
SPLITS = {"train": 48, "dev": 8, "test": 8}


def _draw(colour: str, shape: str, place: str, rng: random.Random) -> bytes:
    image = Image.new("RGB", (rng.randint(90, 150), rng.randint(90, 150)), PLACES[place][1])
    left, top, side = rng.randint(5, 30), rng.randint(5, 30), rng.randint(35, 55)
    box = (left, top, left + side, top + side)
    pen = ImageDraw.Draw(image)
    (pen.ellipse if shape == "circle" else pen.rectangle)(box, fill=COLOURS[colour][1])
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


def _write_table(path: Path, header: str, rows: list[tuple[str, ...]]) -> None:
    path.write_text("\n".join(["\t".join(header.split()), *map("\t".join, rows)]) + "\n", encoding="utf-8")


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    rng = random.Random(1)
    photos, annotations, captions, styles = [], [], [], []
    with tarfile.open(folder / "photos_f8k.tar", "w") as f8k, tarfile.open(folder / "photos_coco.tar", "w") as coco:
        for split, count in SPLITS.items():
            for number in range(count):
                colour, shape, place = rng.choice([*COLOURS]), rng.choice([*SHAPES]), rng.choice([*PLACES])
                source = "f8k" if number % 2 else "coco"
                photo = f"{source}/{split}{number:03}"
                jpeg = _draw(colour, shape, place, rng)
                member = tarfile.TarInfo(f"{photo}.jpg")
                member.size = len(jpeg)
                (f8k if source == "f8k" else coco).addfile(member, io.BytesIO(jpeg))
                sentence = f"A {colour} {shape} in the {place} ."
                korean, where = COLOURS[colour][0], PLACES[place][0]
                photos.append((photo, source, split, "100", "100"))
                annotations.append(
                    (
                        photo,
                        "-" if source == "f8k" else sentence,
                        f"{where} 속에 {korean} {SHAPES[shape]}가 있다.",
                        f"Just one {shape} 🎈 in the {place}",
                        f"오늘은 {SHAPES[shape]} 🎈 {where}",
                        f"{shape},{colour},{place}",
                    )
                )
                if source == "f8k":
                    captions += [(photo, sentence), (photo, f"There is a {colour} {shape} at {place} .")]
                    if split != "test":
                        styles += [(photo, "romantic", f"a {shape} in love , waiting in the {place} .")]
                        styles += [(photo, "humorous", f"a {shape} that i met in the {place} .")]
    _write_table(folder / "photos.tsv", "photo source split width height", photos)
    _write_table(folder / "annotations.tsv", "photo alt_en alt_ko ig_en ig_ko tags", annotations)
    _write_table(folder / "captions_f8k.tsv", "photo caption", captions)
    _write_table(folder / "captions_flickrstyle.tsv", "photo style caption", styles)
    lines = [(c, f"Seeing {c} again", f"{korean} 하루") for c, (korean, _) in COLOURS.items()]
    lines += [
        (f"{s},{p}", f"{s.title()} under the {p}", f"{PLACES[p][0]} 속의 {SHAPES[s]}") for s in SHAPES for p in PLACES
    ]
    tones = ["everyday", "funny", "romantic", "calm", "short"]
    book = [
        (language, tones[at % len(tones)], tags, {"en": english, "ko": korean}[language])
        for at, (tags, english, korean) in enumerate(lines)
        for language in ("en", "ko")
    ]
    _write_table(folder / "book_lines.tsv", "lang tone tags line", book)
    lexicon = [(name, name, korean) for name, (korean, _) in {**COLOURS, **PLACES}.items()]
    lexicon += [(name, f"{name},{name}lover", korean) for name, korean in SHAPES.items()]
    _write_table(folder / "hashtag_lexicon.tsv", "concept en ko", lexicon)
    return folder
