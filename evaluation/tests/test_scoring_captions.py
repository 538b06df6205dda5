"""The caption figures against the official scorers and against values worked out by hand."""

import math

import numpy as np
import pytest
from pycocoevalcap.bleu.bleu import Bleu
from pycocoevalcap.cider.cider import Cider
from pycocoevalcap.meteor.meteor import Meteor
from scoring.bootstrap import Resampler
from scoring.captions import caption_statistics
from scoring.meteor import combine_meteor, meteor_statistic
from scoring.tokens import tokenise

REFERENCES = [
    ["a dog runs through the snow", "a brown dog in deep snow"],
    ["two children play on a beach", "kids build a castle of sand by the sea"],
    ["a man climbs a steep rock", "a climber hangs on the wall of rock"],
]


def values(hypotheses: list[str], references: list[list[str]] = REFERENCES) -> dict[str, float]:
    return {name: statistic.value() for name, statistic in caption_statistics(hypotheses, references).items()}


def meteor_of(hypotheses: list[str], references: list[list[str]]) -> float:
    return values(hypotheses, references)["METEOR"]


def test_meteor_is_the_programs_own_of_the_corpus_and_of_each_photo():
    # A stem, a synonym, a paraphrase, scattered words, the very same words, no word, and no match.
    hypotheses = ["dogs running in snow", "a child on the shore", "rock a a climbs steep man", "a man", "", "a bus"]
    references = [*REFERENCES, ["a man"], ["a dog runs"], ["snow"]]
    statistic = meteor_statistic(hypotheses, references)
    guesses = {number: [text] for number, text in enumerate(hypotheses)}
    corpus, photos = Meteor().compute_score(dict(enumerate(references)), guesses)
    assert statistic.value() == pytest.approx(100 * corpus)
    assert combine_meteor(statistic.per_photo) == pytest.approx(100 * np.array(photos))
    assert statistic.value() != pytest.approx(100 * np.mean(photos)), "or the test shows nothing"


def test_meteor_differs_only_where_photos_differ():
    hypotheses = ["a dog in the snow", "a castle by the sea", "a man"]
    first = meteor_statistic(hypotheses, REFERENCES)
    second = meteor_statistic(["a dog", *hypotheses[1:]], REFERENCES)
    assert Resampler(500, seed=1).difference(first, first) == (0, 0)
    low, high = Resampler(500, seed=1).difference(first, second)
    assert low == 0, "in a draw without the first photo they are the same"
    assert high > first.value() - second.value() > 0


def test_first_references_against_all_references_are_perfect_in_bleu_rouge_and_meteor():
    hypotheses = [texts[0] for texts in REFERENCES]
    found = values(hypotheses)
    for name in ("BLEU-1", "BLEU-2", "BLEU-3", "BLEU-4", "ROUGE-L"):
        assert found[name] == pytest.approx(100)
    assert meteor_of(hypotheses, REFERENCES) == pytest.approx(100, abs=0.1)


def test_one_reference_against_itself_has_the_highest_cider():
    hypotheses = [texts[0] for texts in REFERENCES]
    assert values(hypotheses, [[text] for text in hypotheses])["CIDEr"] == pytest.approx(1000)


def test_values_are_those_of_the_official_scorers():
    hypotheses = ["a dog in the snow", "children on the beach", "a man on a rock wall"]
    truths = dict(enumerate(REFERENCES))
    guesses = {number: [text] for number, text in enumerate(hypotheses)}
    bleu = Bleu(4).compute_score(truths, guesses, verbose=0)[0]
    found = values(hypotheses)
    assert [found[f"BLEU-{n}"] for n in (1, 2, 3, 4)] == pytest.approx([100 * value for value in bleu])
    assert found["CIDEr"] == pytest.approx(100 * Cider().compute_score(truths, guesses)[0])


def test_bleu_by_hand():
    # 3 of 4 words and 1 of 3 pairs match; 4 words against 6: brevity exp(1 − 6/4).
    found = values(["a dog the snow"], [["a dog runs through the snow"]])
    assert found["BLEU-1"] == pytest.approx(100 * math.exp(-0.5))
    assert found["BLEU-2"] == pytest.approx(100 * math.exp(-0.5) * math.sqrt(2 / 3))


def test_an_empty_prediction_scores_nothing_and_breaks_nothing():
    found = values(["", *[texts[0] for texts in REFERENCES[1:]]])
    assert found["ROUGE-L"] == pytest.approx(200 / 3)
    assert found["BLEU-1"] < 100
    assert meteor_of(["", "a man"], [["a dog runs"], ["a man"]]) < 100
    assert values(["", "", ""])["CIDEr"] == 0


def test_numbers_of_captions_must_agree():
    with pytest.raises(ValueError, match="as many"):
        caption_statistics(["a"], [])


def test_english_tokens_are_lower_case_without_punctuation_and_emoji():
    texts = ["A dog, isn't it? 🐶", "", "“Café” time…", "🥦"]
    assert tokenise(texts, "en") == ["a dog is n't it", "", "café time", ""]


def test_korean_tokens_are_morphemes_without_punctuation_and_emoji():
    tokens = tokenise(["기린이 나무 옆에 서 있다. 🦒", ""], "ko")
    assert tokens == ["기린 이 나무 옆 에 서 어 있 다", ""]


def test_meteor_reads_korean():
    korean = tokenise(["개가 눈밭을 달린다."], "ko")
    assert meteor_of(korean, [korean]) == pytest.approx(100, abs=0.1)
    assert np.isclose(meteor_of(korean, [["꽃병"]]), 0)
