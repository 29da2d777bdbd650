"""Words without which an expression is not looked for: whatever it finds has one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.claims import drafts, harms
from pipeline.claims.cues.words import plain
from pipeline.claims.scope import (
    again,
    coordination,
    diseases,
    dosing,
    parse,
    past,
    refused,
    situations,
    stated,
    subjectless,
    taken,
    therefore,
    zones,
)
from pipeline.evaluation import load_cases
from pipeline.vocabulary.words import words

CASES = Path(__file__).parent / "cases"

# (module, the words, the expressions): those of one expression have its name and `_SAID`
NEEDED: list[tuple[ModuleType, str, tuple[str, ...]]] = [
    (again, "_OPENS_SAID", ("_OPENS",)),
    (coordination, "_COORDINATED_SAID",
     ("_AND_SOME", "_AND_IF", "_OR_IF_ALLERGIC", "_AND_NOW", "_AND_GROUP", "_AND_THE", "_AND_A")),
    (coordination, "_RELATIVE_SAID", ("_WHERE",)),
    (diseases, "_GROUP_SAID", ("_GROUP",)),
    (dosing, "_ONTO_SAID", ("_ONTO",)),
    (drafts, "_LISTED_SAID", ("_LISTED",)),
    (harms, "_BRINGS_SAID", ("_BRINGS",)),
    (parse, "_COMPONENT_SAID", ("_COMPONENT", "_OF_COMPONENT")),
    (parse, "_CORRECTED_SAID", ("_CORRECTING", "_IS_CORRECTED")),
    (parse, "_FAILURE_SAID", ("_FAILURE",)),
    (parse, "_MEASURED_SAID", ("_MEASURED", "_EXPOSURE", "_ALLOWED", "_CHANGED", "_INTAKE")),
    (parse, "_PART_OF_SAID", ("_PART_OF",)),
    (past, "_PAST_SAID", ("_OPENING", "_WAS", "_BESIDE", "_WITHDRAWN")),
    (refused, "_NOT_DRUG_SAID", ("_NOT_DRUG",)),
    (situations, "_CLOSING_SAID", ("_CLOSING",)),
    (situations, "_WHICH_SAID", ("_WHICH",)),
    (situations, "_WHOM_SAID", ("_WHOM",)),
    (stated, "_LACKING_SAID", ("_LACKING",)),
    (taken, "_CONTRAINDICATED_SAID", ("_CONTRAINDICATED",)),
    (taken, "_REQUIRING_SAID", ("_REQUIRING",)),
    (therefore, "_ALTHOUGH_SAID", ("_ALTHOUGH",)),
    (subjectless, "_AVOID_IN_SAID", ("_AVOID_IN",)),
    (zones, "_REVERSED_SAID", ("_REVERSED",)),
]  # fmt: skip
PAIRS = [(module, said, one) for module, said, several in NEEDED for one in several]


def anywhere(expression: re.Pattern[str]) -> re.Pattern[str]:
    """The expression wherever in a text it might begin and end."""
    return re.compile(expression.pattern.removesuffix("$"), expression.flags)


def lines() -> Iterator[str]:
    """The lines of all cases that rules are written with."""
    for folder in ("dev", "articles/dev"):
        for case in load_cases(CASES / folder):
            yield from map(plain, filter(None, case.text.split("\n")))


def test_every_set_of_needed_words_is_listed():
    names = sorted((m.__name__, name) for m, name, _ in NEEDED)
    folder = Path(str(import_module("pipeline.claims").__path__[0]))
    found = []
    for path in sorted(folder.rglob("*.py")):
        module = ".".join(("pipeline", "claims", *path.relative_to(folder).with_suffix("").parts))
        found += [(module, name) for name in re.findall(r"^(\w+_SAID) = ", path.read_text("utf-8"), re.M)]
    assert names == sorted(found)


@pytest.fixture(scope="module")
def known_lines() -> list[tuple[str, frozenset[str]]]:
    return [(line, frozenset(words(line).norms)) for line in sorted(set(lines()))]


@pytest.mark.parametrize(("module", "said", "name"), PAIRS, ids=lambda x: x if isinstance(x, str) else "")
def test_what_is_found_in_the_cases_has_a_needed_word(module, said, name, known_lines):
    needed, expression = getattr(module, said), anywhere(getattr(module, name))
    assert [line for line, norms in known_lines if needed.isdisjoint(norms) and expression.search(line)] == []


@pytest.mark.parametrize(
    ("module", "said", "name"),
    [pair for pair in PAIRS if pair[0] is not situations],  # whose expressions look around themselves
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_what_an_expression_may_find_has_a_needed_word(module, said, name):
    needed, expression = getattr(module, said), getattr(module, name)

    @settings(max_examples=25, deadline=None, database=None, derandomize=True)
    @given(st.from_regex(expression, alphabet=st.characters(codec="ascii")))
    def holds(text: str) -> None:
        found = expression.search(text)
        assume(found is None or not found.start() or not text[found.start() - 1].isalnum())
        assert not needed.isdisjoint(words(text).norms)

    holds()
