"""Puts this folder on the path for the tests, as running ``python evaluation/score.py`` does."""
