"""Text to tokens: English as the COCO caption evaluation does it, Korean by morphemes."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

from pycocoevalcap.tokenizer.ptbtokenizer import PTBTokenizer

# The Java programs inside pycocoevalcap read and write in the platform's encoding: without this,
# captions turn to question marks where the locale is not UTF-8.
_UTF8 = "-Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8"
os.environ["JAVA_TOOL_OPTIONS"] = f"{os.environ.get('JAVA_TOOL_OPTIONS', '')} {_UTF8}".strip()


def language_of(task: str) -> str:
    """``plain-ko`` → ``ko``."""
    return task.rsplit("-", 1)[1]


def tokenise(texts: Sequence[str], language: str) -> list[str]:
    """One string of space-separated tokens for each text, in order; an empty text stays empty."""
    return _tokenise_korean(texts) if language == "ko" else _tokenise_english(texts)


def _tokenise_english(texts: Sequence[str]) -> list[str]:
    """Lower-cased, Penn Treebank tokens, punctuation dropped (it drops emoji as well)."""
    if not texts:
        return []
    tokens = PTBTokenizer().tokenize({i: [{"caption": text}] for i, text in enumerate(texts)})
    return [tokens[i][0] for i in range(len(texts))]


def _tokenise_korean(texts: Sequence[str]) -> list[str]:
    """Kiwi's morphemes. What holds no letter and no digit is dropped, as it is in English."""
    return [
        " ".join(form for form, _ in morphemes if _has_letter_or_digit(form)) for morphemes in korean_morphemes(texts)
    ]


def korean_morphemes(texts: Sequence[str]) -> list[list[tuple[str, str]]]:
    """Form and tag of each of Kiwi's morphemes, for each text."""
    return [[(token.form, str(token.tag)) for token in tokens] for tokens in _kiwi().tokenize(texts)]


@cache
def _kiwi() -> Any:
    from kiwipiepy import Kiwi  # loads 100 MB of model: only when there is Korean to read

    return Kiwi(num_workers=1)


def _has_letter_or_digit(form: str) -> bool:
    return any(unicodedata.category(character)[0] in "LN" for character in form)
