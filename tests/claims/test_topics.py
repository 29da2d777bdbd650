"""What an article is about whose title names no disease (`patterns/topics.tsv`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from importlib import resources
from typing import Any

import pytest

from pipeline.claims.structure.topics import topic_of
from pipeline.vocabulary import Lexicon

Values = Callable[..., list[tuple[Any, ...]]]

_FILE = resources.files("pipeline.claims") / "patterns" / "topics.tsv"
LINES = [line.split("\t") for line in _FILE.read_text(encoding="utf-8").splitlines()[2:]]


@pytest.mark.parametrize(("name", "forms"), LINES, ids=[line[0] for line in LINES])
def test_every_form_means_its_topic_and_no_disease(name: str, forms: str) -> None:
    lexicon = Lexicon.default()
    for form in forms.split("|"):
        title = f"What is used for {form} in adults?"
        found = topic_of(title)
        assert found is not None
        assert (found[0], title[found[1] : found[2]]) == (name, form)
        assert lexicon.disease(form) is None


def test_no_form_stands_twice() -> None:
    forms = Counter(form.lower() for _, forms in LINES for form in forms.split("|"))
    assert [form for form, n in forms.items() if n > 1] == []


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Immunosuppression After Kidney Transplantation", "kidney transplantation"),
        ("Vaccination in Rheumatoid Arthritis", "rheumatoid arthritis"),
    ],
)
def test_a_disease_of_the_title_comes_first(title: str, expected: str, values_of: Values) -> None:
    text = f"{title}\n\nFirst Choice\n\n• Tacrolimus is recommended"
    assert values_of(text, "drug", "disease") == [("tacrolimus", expected)]
