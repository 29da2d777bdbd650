"""Abbreviations hold where the article defines them, and only as it defines them."""

from __future__ import annotations

import pytest

from pipeline.vocabulary import define_abbreviations
from pipeline.vocabulary.abbreviations import abbreviates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rituximab (RTX) is given.", {"RTX": ("ingredient", "rituximab")}),
        ("Corticosteroids (CS) and cyclophosphamide (CPH).", {"CS": ("class", "glucocorticoids"), "CPH": ("ingredient", "cyclophosphamide")}),
        ("CS (corticosteroids) are used.", {"CS": ("class", "glucocorticoids")}),
        ("mixed connective tissue disease (MCTD)", {"MCTD": ("disease", "mixed connective tissue disease")}),
        ("Interstitial lung disease (ILD) in systemic sclerosis (SSc).", {"ILD": ("disease", "ILD"), "SSc": ("disease", "systemic sclerosis")}),
        ("calcineurin inhibitors (CNIs)", {"CNI": ("class", "calcineurin inhibitors")}),
        ("The right atrium (RA) was large; the pressure in the RA rose.", {"RA": ("", "")}),
        ("Obstructive hypertrophic cardiomyopathy (HCM) is common.", {"HCM": ("disease", "hypertrophic cardiomyopathy")}),
        ("Non-small cell lung cancer (NSCLC) is common.", {"NSCLC": ("disease", "non-small cell lung cancer")}),
        ("Give rituximab (Group B).", {}),
        ("Nothing is defined here.", {}),
    ],
)  # fmt: skip
def test_defined(lexicon, text, expected):
    found = define_abbreviations(text, lexicon)
    assert {form: (value[0], value[1]) for form, value in found.items()} == expected


def test_a_defined_abbreviation_is_found_in_the_article(lexicon):
    text = "Zorvatinib (ZVB) helps. Start ZVB early; ZVBX is another."
    local = define_abbreviations(text, lexicon)
    found = lexicon.find_drugs(text, local)
    assert [text[m.start : m.end] for m in found] == ["Zorvatinib", "ZVB", "ZVB"]


def test_one_that_means_something_else_is_not_taken(lexicon):
    text = "The right atrium (RA) was large; methotrexate does not change the RA."
    assert lexicon.find_diseases(text, define_abbreviations(text, lexicon)) == []


@pytest.mark.parametrize(
    ("short", "long", "fits"),
    [
        ("RTX", "rituximab", True),
        ("5-HT", "5-hydroxytryptamine", True),
        ("JAKi", "JAK inhibitors", True),
        ("RA", "right ventricle", False),
        ("ABC", "abc", False),
        ("XY", "rituximab", False),
    ],
)
def test_letters(short, long, fits):
    assert abbreviates(short, long) is fits
