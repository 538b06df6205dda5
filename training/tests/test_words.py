"""Which pieces count as forms of one content word."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from training.data import read_lexicon, read_photos
from training.vocabulary import build_vocabulary
from training.words import is_content, stem_of, word_groups


def groups(captions: list[str]) -> list[set[str]]:
    """Captions whose pieces are parted by blanks, often enough to count."""
    split = [caption.split() for caption in captions]
    pieces = sorted({piece for caption in split for piece in caption})
    found = word_groups(pieces, [[pieces.index(piece) for piece in caption] for caption in split * 3])
    return [{pieces[token] for token in group} for group in found]


def test_forms_of_a_word_are_together_whatever_their_case() -> None:
    found = groups(["▁Dog ▁sees ▁dogs", "▁the ▁dog ▁with ▁my ▁Dog !"])
    assert sorted(map(sorted, found)) == [["▁Dog", "▁dog", "▁dogs"], ["▁sees"]]


def test_a_piece_that_mostly_starts_longer_words_is_none() -> None:
    prefix = ["▁re ading", "▁re ady", "▁re"]
    assert groups(prefix) == []
    assert groups(["▁tie", "▁tie s", "▁tie .", "▁tie d"]) == []
    assert groups(["▁tie", "▁tie s", "▁tie .", "▁tie", "▁tie d"]) == [{"▁tie"}]


def test_what_is_rarely_seen_is_none() -> None:
    assert word_groups(["▁dog", "▁cat"], [[0], [0], [0], [1], [1]]) == ((0,),)


def test_a_korean_noun_counts_with_its_particles() -> None:
    found = groups(["▁커피 는", "▁커피 가 ▁커피", "▁커피를 ▁한 ▁잔", "▁공 이 ▁공 원", "▁공 을 ▁우리 는 ▁더"])
    assert sorted(map(sorted, found)) == [["▁공"], ["▁커피", "▁커피를"]]


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("커피에서", "커피"),
        ("고양이", "고양이"),  # 고양 is no word
        ("공이", "공"),
        ("아이", "아이"),  # 이 does not follow a vowel
        ("서로", "서로"),
        ("길로", "길로"),
        ("나는", "나"),
        ("dogs", "dog"),
        ("puppies", "puppy"),
        ("benches", "bench"),
        ("glass", "glass"),
        ("ties", "tie"),
    ],
)
def test_stems(word: str, stem: str) -> None:
    known = frozenset(["커피", "공", "아", "서", "길", "dog", "puppy", "bench", "glas", "tie", word])
    assert stem_of(word, known) == stem


@pytest.mark.parametrize("word", ["the", "on", "with", "two", "same", "365", "한", "우리", ""])
def test_the_grammar_may_come_again(word: str) -> None:
    assert not is_content(word)


def test_words_travel_in_the_vocabulary(data: Path, tmp_path: Path) -> None:
    built = build_vocabulary(read_photos(data), read_lexicon(data), 200, tmp_path)
    vocabulary = replace(built, words=((3, 4),))
    vocabulary.write(tmp_path / "v.json")
    written = json.loads((tmp_path / "v.json").read_text(encoding="utf-8"))
    assert written["words"] == [[3, 4]]
    assert len(written["scores"]) == len(written["pieces"])
    assert vocabulary.forms == {3: (3, 4), 4: (3, 4)}
