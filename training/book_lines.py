"""Which lines a caption book holds, and what has to be in a photo for each of them to be true of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from kiwipiepy import Kiwi

from training.data import Concept, Photo
from training.match_texts import BookLine, pieces_of
from training.vocabulary import Vocabulary, is_hangul

PHOTO, CONCEPT, OWN = 0, 1, 2
TONES = ("", "everyday", "funny", "romantic", "calm", "short")
# A piece speaks of a concept when most of the lines that hold it belong to photos with that tag, and far more of them
# than of all lines do.
LEAST_LINES = 4
LEAST_SHARE = 0.6
LEAST_LIFT = 4.0
# A word that fewer lines hold is a detail of the one photo: "the tiny flag", "extra gravy".
LEAST_FAMILIAR = 10
# Small words of English, which Kiwi's nouns have none of.
_COMMON = frozenset(
    "the and with his her hers its him she they them their this that these those for from into out off over under one "
    "ha are was were is not but you your all some two who what when while there here just still very through down "
    "up at on in of to it a an be been being have had do doe did get got go goe going come coming look looking like "
    "time day people person someone everyone".split()
)
# "She" is whoever the photo's tags say; where they name nobody, the line stays with its photo.
_PRONOUNS = {
    "she": ("woman", "girl", "baby", "dog", "puppy", "cat", "kitten", "horse", "cow", "sheep", "pet"),
    "he": ("man", "boy", "baby", "dog", "puppy", "cat", "kitten", "horse", "cow", "sheep", "pet"),
}
_PRONOUN_FORMS = {"she": "she", "her": "she", "hers": "she", "he": "he", "him": "he", "his": "he", "그녀": "she"}

# Colours are seen, but tags do not tell them: "that red roof" is another photo's.
_COLOURS_EN = r"red|blue|green|yellow|orange|purple|pink|golden|gold|silver|white|black|brown|grey|gray"
_COLOURS_KO = r"빨간|빨강|파란|파랑|노란|노랑|초록|분홍|하얀|까만|검은|흰|금빛|은빛|주황|보라|갈색|회색|핑크|흑백"
# What no photo shows: kinship, occasions, dates, ages, counts. "Grandma's recipe" is true of the photo it was written
# for, and of no other. Where the lexicon has the word as a concept, the concept is required instead.
_UNSEEN_EN = re.compile(
    rf"\b(?:{_COLOURS_EN})\b|"
    r"\b(?:sisters?|brothers?|bro|siblings?|mom|mommy|mama|mum|dads?|daddy|papa|mothers?|fathers?|grand\w+|nana|wife|"
    r"husband|sons?|daughters?|cousins?|uncles?|aunts?|nephew|niece|twins?|birthdays?|anniversary|graduat\w+|engaged|"
    r"honeymoon|bride|groom|boyfriend|girlfriend|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|"
    r"sundays?|january|february|april|june|july|august|september|october|november|december|easter|thanksgiving|"
    r"years?|months?|weeks?|miles?|minutes?|hours?|seconds?|two|both|three|four|five|six|seven|eight|nine|ten|twelve|"
    r"dozen|hundreds?|thousand|double|pair|duo|trio|couple|second|third|named|called|name|nickname)\b|\d",
    re.IGNORECASE,
)
_UNSEEN_KO = re.compile(
    rf"{_COLOURS_KO}|"
    r"언니|오빠|누나|형아|형이|형은|형제|자매|남매|동생|막내|첫째|둘째|엄마|아빠|어머니|아버지|할머니|할아버지|할매|남편|아내|와이프|신랑|신부|"
    r"아들|딸|조카|삼촌|이모|고모|사촌|손주|손녀|쌍둥이|생일|기념일|결혼|졸업|입학|돌잔치|신혼|약혼|남친|여친|남자친구|여자친구|"
    r"월요일|화요일|수요일|목요일|금요일|토요일|일요일|설날|추석|어린이날|방학|개학|년|살\s|개월|시간|분\s|둘이|둘은|둘의|둘만|둘\s|셋|넷|다섯|여섯|"
    r"두\s|세\s|네\s?(?:마리|명|개|식구)|마리|여러\s?명|이름|첫날|\d"
)


@dataclass(frozen=True)
class Line:
    """A line of a book. ``tags``: those of its photo, or of the concept line; ``required``: those without which it
    would not be true; ``photo``: row of its photo among the training photos, ``None`` for concept lines."""

    text: str
    kind: int
    tone: int
    tags: tuple[str, ...]
    required: tuple[str, ...]
    photo: int | None = field(default=None, compare=False)


class Speaks:
    """Which concepts the words of a line speak of, learnt from lines whose photos' tags are known."""

    def __init__(self, lines: list[tuple[str, tuple[str, ...]]], vocabulary: Vocabulary) -> None:
        """``lines``: texts with the tags of what they were written for."""
        self._processor = vocabulary.encoder()
        self._literal = _literals(vocabulary.concepts)
        holding: Counter[int] = Counter()
        together: dict[int, Counter[str]] = defaultdict(Counter)
        overall: Counter[str] = Counter()
        for text, tags in lines:
            overall.update(tags)
            for piece in set(pieces_of(text, self._processor)):
                holding[piece] += 1
                together[piece].update(tags)
        self._of_piece: dict[int, tuple[str, ...]] = {}
        for piece, count in holding.items():
            if count < LEAST_LINES or not _is_word(vocabulary.pieces[piece]):
                continue
            found = tuple(
                tag
                for tag, times in together[piece].items()
                if times / count >= max(LEAST_SHARE, LEAST_LIFT * overall[tag] / len(lines))
            )
            if found:
                self._of_piece[piece] = found

    def __call__(self, text: str) -> set[str]:
        """All concepts that the words speak of."""
        implied = {tag for piece in pieces_of(text, self._processor) for tag in self._of_piece.get(piece, ())}
        return implied | self.named(text)

    def named(self, text: str) -> set[str]:
        """The concepts that are called by their name."""
        low = text.lower()
        words = set(re.findall(r"[a-z]+", low))
        return {
            tag
            for word, tag in self._literal.items()
            if word in words or f"{word}s" in words or (is_hangul(word[0]) and word in low)
        }

    def required(self, text: str, tags: tuple[str, ...]) -> tuple[str, ...]:
        """Of a line that was written for a photo with ``tags``: what it names, and what it speaks of that is there
        (what it would speak of elsewhere is no ground to refuse it)."""
        return tuple(sorted(self.named(text) | (self(text) & set(tags))))


def _literals(concepts: tuple[Concept, ...]) -> dict[str, str]:
    """The names of concepts by the word that a line would use; one-syllable Korean words hide in others."""
    words = {concept.name: concept.name for concept in concepts}
    return words | {concept.ko[0]: concept.name for concept in concepts if len(concept.ko[0]) >= 2}


def _is_word(piece: str) -> bool:
    return len(piece.strip("▁")) >= 2 or any(map(is_hangul, piece)) or not piece.strip("▁").isascii()


def is_seen(text: str, language: str) -> bool:
    """Whether nothing in a line hangs on what no photo shows: kin, occasions, dates, counts, names."""
    if language == "ko":
        return not _UNSEEN_KO.search(f"{text} ")
    names = re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", text)
    return not names and not _UNSEEN_EN.search(text)


class Words:
    """The content words of lines, and how familiar they are."""

    def __init__(self, texts: list[str], language: str, concepts: tuple[Concept, ...]) -> None:
        self._language = language
        self._kiwi = Kiwi(num_workers=1) if language == "ko" else None
        self._concepts = set(_literals(concepts))
        self._lines = Counter(word for text in texts for word in self._of(text))

    def _of(self, text: str) -> set[str]:
        if self._kiwi is None:
            return {word.rstrip("s") for word in re.findall(r"[a-z]{3,}", text.lower())}
        return {token.form for token in self._kiwi.tokenize(text) if token.tag in ("NNG", "NNP", "NR", "XR")}

    def are_familiar(self, text: str) -> bool:
        """Whether each word is in many lines, or names a concept, which will be required."""
        return all(word in self._concepts or self._lines[word] >= LEAST_FAMILIAR for word in self._of(text))

    def share_details(self, text: str, descriptions: list[str]) -> bool:
        """Whether a line speaks of something that descriptions of its photo name and no concept stands for: "the flags"
        of a line are that photo's flags."""
        described = {word for description in descriptions for word in self._of(description)}
        return bool((self._of(text) & described) - self._concepts - _COMMON)


def who(text: str, tags: tuple[str, ...]) -> set[str] | None:
    """The tags that the pronouns of a line stand for; ``None`` where a pronoun stands for nothing in ``tags``."""
    meant = set()
    for word in re.findall(r"[a-z]+|그녀", text.lower()):
        pronoun = _PRONOUN_FORMS.get(word)
        if pronoun is not None:
            first = next((tag for tag in _PRONOUNS[pronoun] if tag in tags), None)
            if first is None:
                return None
            meant.add(first)
    return meant


def photo_lines(photos: list[Photo], language: str, speaks: Speaks, words: Words) -> list[Line]:
    """The Instagram captions of the training photos: each once, none that another photo could not carry."""
    lines, taken = [], set()
    for row, photo in enumerate(photos):
        tags = tuple(photo.tags)
        for text in photo.texts.get(f"instagram-{language}", []):
            meant = who(text, tags)
            if sameness(text) in taken or meant is None or not is_seen(text, language):
                continue
            if not words.are_familiar(text) or words.share_details(text, photo.texts.get(f"plain-{language}", [])):
                continue
            taken.add(sameness(text))
            required = tuple(sorted(meant.union(speaks.required(text, tags))))
            lines.append(Line(text, PHOTO, 0, tags, required, row))
    return lines


def concept_lines(book: list[BookLine], language: str, taken: set[str]) -> list[Line]:
    """The lines written for concepts, but for those ``taken`` (`sameness`) by another line."""
    lines = []
    for line in book:
        if line.language == language and sameness(line.text) not in taken:
            taken.add(sameness(line.text))
            lines.append(Line(line.text, CONCEPT, TONES.index(line.tone), line.tags, line.tags))
    return lines


def sameness(text: str) -> str:
    """Two lines with the same letters and digits say the same."""
    return re.sub(r"[\W_]+", "", text.lower())
