"""A data folder of three photos, in the layout of the real one."""

from pathlib import Path

import pytest

TABLES = {
    "photos.tsv": [
        "photo\tsource\tsplit\twidth\theight",
        "f8k/1\tf8k\tdev\t224\t224",
        "coco/2\tcoco\tdev\t256\t256",
        "f8k/3\tf8k\ttrain\t224\t224",
    ],
    "annotations.tsv": [
        "photo\talt_en\talt_ko\tig_en\tig_ko\ttags",
        "f8k/1\t-\t개가 눈밭을 달린다.\tSnow day ❄️\t눈 오는 날 ❄️\tdog,snow",
        "coco/2\tA cup of coffee stands on a table.\t탁자에 커피가 있다.\tSlow morning\t느린 아침\tcoffee",
        "f8k/3\t-\t아이가 웃는다.\tAll smiles\t활짝\tchild",
    ],
    "captions_f8k.tsv": [
        "photo\tcaption",
        "f8k/1\tA dog runs through the snow .",
        "f8k/1\tA brown dog plays in deep snow .",
        "f8k/3\tA child smiles .",
    ],
    "captions_flickrstyle.tsv": ["photo\tstyle\tcaption", "f8k/1\thumorous\ta dog hunts for snowmen ."],
    "hashtag_lexicon.tsv": [
        "concept\ten\tko",
        *(f"{concept}\t{concept}\t{concept}" for concept in ("dog", "snow", "coffee", "child")),
    ],
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    for name, lines in TABLES.items():
        (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
    return folder
