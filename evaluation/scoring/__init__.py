"""Scores of predictions against the references of the data folder."""
