"""Which pieces are forms of one content word, so that an Instagram caption can be kept from saying it twice.

"My plate is better than the plate" repeats no pair of tokens, nor does "원반 하나로 원반은 원반": what is said again is
a word. The decoding code on both sides knows tokens only, so the words are found here, once, and travel in
``vocabulary.json`` as groups of pieces. Words of several pieces need no group: the rule against repeated pairs of
tokens holds them already. What slips through is a word that is one piece in one form and several in another: "Stripes
on stripes", "먹어서 먹는".
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

# Words that people say twice in a caption without going round in circles: the grammar, numbers, and the hinges of
# refrains ("same street, same cat", "side by side"). Judged on the training captions.
_FREE_ENGLISH = frozenset(
    "the and for nor but not yet with without from into onto over under than then that this these those there "
    "here who whom whose what when where which why how while until till since because before after again about "
    "above across around along against among between behind below beside beyond down off out through toward "
    "towards upon near you your yours him his her hers she they them their theirs its our ours myself himself "
    "herself itself are was were been being has have had having does did done doing can could will would should "
    "shall may might must let get gets got all any both each every few more most much many some such only just "
    "too very even ever never still almost also now other others another else same half side shoulder like say "
    "says said went goes one ones two three four five six seven eight nine ten dont isnt cant wont didnt doesnt "
    "ive youre theyre were im ill".split()
)
_FREE_KOREAN = frozenset(
    "한 두 세 네 다섯 여섯 하나 둘 셋 넷 첫 몇 번 반 발 명 마리 잔 줄 칸 쪽 분 걸음 이 그 저 이런 그런 저런 "
    "이렇게 그렇게 것 거 게 건 걸 건지 거야 수 때 땐 중 날 듯 뿐 더 덜 다 또 안 못 잘 꼭 딱 좀 푹 쭉 늘 맨 척 "
    "봐 봐도 왜 뭐 참 너무 정말 진짜 아주 나 내 난 너 우리 저희 누가 누구 여기 거기 저기 있다 있는 없는 있어 "
    "없어 하는 한다 해 된 될 같은 같이 따로 모두 다들 온 전 후 위 앞 뒤 옆 속 안에 위에 위에서 앞에서 옆에 뒤에 "
    "좋고 아니 그리고 그래도".split()
)
# Particles, by whether the syllable before them ends in a consonant (``True``), in a vowel, or may be any.
_PARTICLES = {
    **dict.fromkeys(("은", "이", "을", "과", "으로", "이랑", "이나"), True),
    **dict.fromkeys(("는", "가", "를", "와", "로", "랑", "나"), False),
    **dict.fromkeys(("에", "에서", "에게", "의", "도", "만", "까지", "부터", "처럼", "보다"), None),
}
# After one syllable these are as often part of another word: "서로", "떠나".
_AMBIGUOUS = frozenset(("로", "나", "이나"))
# What may follow a noun piece in the same word, other than particles: two of them, and the copula.
_ENDINGS = frozenset(
    "에는 에도 에만 에서도 에서는 에서의 으로는 로는 들 들이 들은 들을 들과 들의 이다 다 이네 네 이지 지 이야 "
    "야 인데 이라 라 이라니 라니 이고 고 입니다 이에요 예요 인가".split()
)
_ENGLISH_ENDINGS = frozenset(("", "s", "es"))
# A piece counts as a word when it is the whole of it so often: "▁re" of "reading" must not be taken for one.
WHOLE_ENGLISH, WHOLE_KOREAN = 0.8, 0.6
# Seen less often, a piece says nothing about what it is.
LEAST_SEEN = 3
SHORTEST_ENGLISH = 3


def word_groups(pieces: Sequence[str], captions: Iterable[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """The pieces that start a content word, those of one word together, by the ``captions`` as token ids: how often a
    piece is a whole word is counted there. Groups and their ids ascend."""
    whole, seen = Counter[int](), Counter[int]()
    for (first, *rest), count in Counter(word for caption in captions for word in _words(pieces, caption)).items():
        seen[first] += count
        if _ends_well(_letters(pieces[first]), _letters("".join(pieces[token] for token in rest))):
            whole[first] += count
    keys: dict[int, str] = {}
    for token, piece in enumerate(pieces):
        key = _letters(piece)
        least = WHOLE_KOREAN if _is_korean(key) else WHOLE_ENGLISH
        if piece.startswith("▁") and key and seen[token] >= LEAST_SEEN and whole[token] >= least * seen[token]:
            keys[token] = key
    known = frozenset(keys.values())
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for token, key in keys.items():
        stem = stem_of(key, known)
        if is_content(key) and is_content(stem):
            groups[stem].append(token)
    return tuple(sorted(tuple(group) for group in groups.values()))


def stem_of(key: str, known: frozenset[str]) -> str:
    """A word without its particle or plural ending, where what is left is one of the ``known`` words."""
    if _is_korean(key):
        for particle in sorted(_PARTICLES, key=len, reverse=True):
            stem = key.removesuffix(particle)
            if stem not in (key, "") and _fits(stem, particle) and (stem in known or stem in _FREE_KOREAN):
                return stem
        return key
    singulars = [] if key.endswith("ss") else [key.removesuffix("s")]
    if key.endswith(("ses", "xes", "zes", "ches", "shes")):
        singulars.append(key.removesuffix("es"))
    if key.endswith("ies"):
        singulars.append(key.removesuffix("ies") + "y")
    return next((stem for stem in singulars if stem in known), key)


def is_content(key: str) -> bool:
    """Whether a word, lower-cased and without punctuation, says what a caption is about."""
    if _is_korean(key):
        return key not in _FREE_KOREAN
    return len(key) >= SHORTEST_ENGLISH and key.isalpha() and key not in _FREE_ENGLISH


def _words(pieces: Sequence[str], caption: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The pieces of each word; what comes before the first word is left out."""
    starts = [at for at, token in enumerate(caption) if pieces[token].startswith("▁")]
    for start, end in pairwise([*starts, len(caption)]):
        yield tuple(caption[start:end])


def _ends_well(key: str, rest: str) -> bool:
    """Whether a piece followed by ``rest`` is still the word that the piece is alone."""
    if _is_korean(key):
        return rest in _ENDINGS or rest == "" or (rest in _PARTICLES and _fits(key, rest))
    return rest in _ENGLISH_ENDINGS


def _letters(text: str) -> str:
    """Letters and digits, lower-cased: no punctuation, no emoji."""
    return "".join(character for character in text.casefold() if unicodedata.category(character)[0] in "LN")


def _is_korean(key: str) -> bool:
    return "\uac00" <= key[-1:] <= "\ud7a3"


def _fits(stem: str, particle: str) -> bool:
    """Whether the particle's form agrees with the stem's last sound: "공이" is 공 and 이, "아이" is one word."""
    if not _is_korean(stem) or (len(stem) == 1 and particle in _AMBIGUOUS):
        return False
    last = (ord(stem[-1]) - 0xAC00) % 28
    wanted = _PARTICLES[particle]
    after_l = particle == "로" and last == 8
    return wanted is None or wanted == (last > 0) or after_l
