"""Canonical names of diseases that the data package names oddly, and groups that are no disease of a recommendation."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Fabry disease", "Fabry disease"),
        ("down syndrome", "Down syndrome"),
        ("Prostatic Neoplasms", "prostate cancer"),
        ("hepatolenticular degeneration", "Wilson disease"),
        ("Deglutition Disorders", "dysphagia"),
        ("heart arrest", "cardiac arrest"),
        ("hunter syndrome", "mucopolysaccharidosis II"),
        ("uterine inertia", "uterine atony"),
    ],
)
def test_a_disease_has_the_name_that_clinicians_write(lexicon, written, name):
    assert lexicon.disease(written).name == name


def test_groups_are_steps_of_the_hierarchy_and_broad_mentions_only(lexicon):
    text = "Communicable diseases and joint disease were recorded."
    assert lexicon.find_diseases(text) == []
    assert [text[m.start : m.end] for m in lexicon.find_broad(text)[1]] == [
        "Communicable diseases",
        "joint disease",
    ]
    assert "cancer" in lexicon.ancestors("non-small cell lung cancer")
