"""Texts that go round in circles: those that say a content word again, as in "My plate is better than the plate".

Measured on words and morphemes, not on the decoder's pieces, so that what the decoding rule misses is counted too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .tokens import korean_morphemes

# Articles, pronouns, prepositions, conjunctions, auxiliaries, and what modifies these. People repeat other short words
# as well ("same street, same cat"): their own share stands beside the figure.
_GRAMMAR = frozenset(
    "the this that these those some any all both each every not and but for nor yet than then there here who what when "
    "where why how while until since because before after with without from into onto over under about above across "
    "along among around behind below beside between down near off out through toward towards upon like too very just "
    "only still also you your him his her she they them their our its myself are was were been being has have had does "
    "did can could will would should may might must one ones two three four".split()
)
_WORD = re.compile(r"[a-z]{3,}")
# Kiwi's tags: nouns, verbs, adjectives; bound nouns, numerals and auxiliaries have tags of their own.
_CONTENT_TAGS = frozenset(("NNG", "NNP", "VV", "VA", "XR"))
_LIGHT_VERBS = frozenset(("있", "없", "하", "되"))


def share_repeating_word(texts: Sequence[str], language: str) -> float:
    """The share of the texts that say a content word twice, in whatever form."""
    of_texts = _korean(texts) if language == "ko" else map(english_content, texts)
    return sum(len(set(words)) < len(words) for words in of_texts) / len(texts)


def english_content(text: str) -> list[str]:
    """The content words of an English text, lower-cased, plurals and possessives like their word."""
    words = _WORD.findall(text.lower().replace("’", "'").replace("n't", ""))
    return [word if word.endswith("ss") else word.removesuffix("s") for word in words if word not in _GRAMMAR]


def _korean(texts: Sequence[str]) -> list[list[str]]:
    return [
        [form for form, tag in morphemes if tag.split("-")[0] in _CONTENT_TAGS and form not in _LIGHT_VERBS]
        for morphemes in korean_morphemes(texts)
    ]
