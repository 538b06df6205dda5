"""Scores by what photos show."""

import json
from pathlib import Path

import pytest
from scoring.bootstrap import Resampler
from scoring.classes import by_class, classes
from scoring.hashtags import score_hashtags
from scoring.references import Photo


def test_a_class_is_scored_over_its_own_photos():
    beach, forest = frozenset({"beach", "dog"}), frozenset({"forest"})
    photos = [Photo(str(n), "f8k", "test", tags=beach if n < 12 else forest) for n in range(20)]
    guesses = [beach] * 10 + [frozenset({"cat"})] * 10
    statistics = score_hashtags(guesses, [photo.tags for photo in photos])
    found = by_class("hashtags", statistics, photos, Resampler(200, seed=1))
    assert (found["beach"]["photos"], found["animals"]["photos"]) == (12, 12)
    f1 = found["beach"]["figures"]["F1"]
    assert f1["value"] == pytest.approx(2 * 20 / (22 + 24))
    assert f1["low"] < f1["value"] <= f1["high"] <= 1


def test_a_class_of_few_photos_is_counted_and_not_scored():
    photos = [Photo(str(n), "f8k", "test", tags=frozenset({"cave"})) for n in range(3)]
    statistics = score_hashtags([frozenset()] * 3, [photo.tags for photo in photos])
    found = by_class("hashtags", statistics, photos, Resampler(200, seed=1))
    assert found["cave"] == {"photos": 3, "figures": {}}
    assert found["lake"] == {"photos": 0, "figures": {}}


def test_classes_are_those_of_the_published_data_and_three_more():
    tourist = "amusement park,palace,park,tower,restaurant,beach,cave,island,lake,mountain".split(",")
    assert list(classes()) == [*tourist, "people", "animals", "food"]


def test_every_concept_of_a_class_is_one_that_the_packs_know():
    models = Path(__file__).parents[2] / "public" / "models"
    catalog = json.loads((models / "catalog.json").read_text("utf-8"))
    vocabulary = json.loads((models / catalog["packs"][0]["files"]["vocabulary"]["path"]).read_text("utf-8"))
    known = {tag["concept"] for tag in vocabulary["hashtags"]}
    assert set().union(*classes().values()) <= known
