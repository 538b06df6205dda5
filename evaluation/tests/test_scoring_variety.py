"""Signs of degenerate text."""

import pytest
from scoring.repeats import english_content, share_repeating_word
from scoring.variety import measure_variety, repeats_at_once, repeats_bigram, words_of


def test_case_punctuation_and_emoji_do_not_count():
    assert words_of("A dog , in Snow! 🐶") == ("a", "dog", "in", "snow")
    assert words_of("the man 's hat does n't fit") == words_of("The man's hat doesn't fit.")
    assert words_of("기린이 서 있다. 🦒") == ("기린이", "서", "있다")


def test_shares():
    texts = ["A dog runs.", "a dog runs", "a cat sits", "the sea by the sea by the sea"]
    found = measure_variety(texts, ["A dog runs .", "a car"], "en")
    assert found.distinct == 3 / 4
    assert found.most_frequent == 2 / 4
    assert found.most_frequent_text == "A dog runs."
    assert found.learnt_by_heart == 2 / 4
    assert found.repeated_bigram == 1 / 4
    assert found.repeated_run == 0
    assert found.repeated_word == 1 / 4
    assert found.words == pytest.approx((3 + 3 + 3 + 8) / 4)


def test_repeated_bigrams():
    assert repeats_bigram("go on and go on".split())
    assert repeats_bigram("no no no".split())
    assert not repeats_bigram("no no".split())
    assert not repeats_bigram([])


def test_stutters():
    assert repeats_at_once("so so good".split())
    assert repeats_at_once("I am I am here".split())
    assert not repeats_at_once("go on and go on".split())
    assert not repeats_at_once(["one"])
    assert measure_variety(["no no no", "yes"], [], "en").repeated_run == 1 / 2


def test_an_empty_text_is_a_text_without_words():
    assert measure_variety([""], [], "en").words == 0


@pytest.mark.parametrize(
    ("text", "repeats"),
    [
        ("Same tie, same tie and a tie", True),
        ("One umbrella, the Umbrellas 🌂", True),
        ("The dog's dog", True),
        ("One for you and one for me, and that is that", False),
        ("A glass, a grass, a class", False),
        ("", False),
    ],
)
def test_repeated_words_in_english(text: str, repeats: bool):
    assert share_repeating_word([text], "en") == repeats


@pytest.mark.parametrize(
    ("text", "repeats"),
    [
        ("커피 한 잔에 커피는 커피가", True),
        ("빨간 버스 옆에 빨간 우산", True),
        ("한 잔 더, 한 입 더", False),
        ("바다가 있는 곳에 있는 강아지 🐶", False),
    ],
)
def test_repeated_words_in_korean(text: str, repeats: bool):
    assert share_repeating_word([text], "ko") == repeats


def test_english_content():
    assert english_content("She doesn't see the boys’ grass!") == ["see", "boy", "grass"]
