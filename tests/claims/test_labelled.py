"""Labels before drugs ("Compatible: A", "First choice: A; avoid: B") and bare answers behind them ("A: no")."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]

LABELS = [
    ("Compatible: colchicine.", [("colchicine", "for", "unstated", "unstated")]),
    ("Safe: naproxen, prednisone.", [("naproxen", "for", "unstated", "unstated"), ("prednisone", "for", "unstated", "unstated")]),
    ("Acceptable: colchicine. Contraindicated: probenecid.",
     [("colchicine", "for", "unstated", "unstated"), ("probenecid", "against", "unstated", "unstated")]),
    ("Permitted: prednisone; not permitted: aspirin.",
     [("prednisone", "for", "unstated", "unstated"), ("aspirin", "against", "unstated", "unstated")]),
    ("Safe options: naproxen. Poor choices: codeine.",
     [("naproxen", "for", "unstated", "unstated"), ("codeine", "against", "unstated", "unstated")]),
    ("First choice: naproxen; second choice: colchicine; avoid: aspirin.",
     [("naproxen", "for", "first", "preferred"), ("colchicine", "for", "subsequent", "alternative"), ("aspirin", "against", "unstated", "unstated")]),
    ("First line: naproxen; second line: colchicine; not recommended: codeine.",
     [("naproxen", "for", "first", "unstated"), ("colchicine", "for", "subsequent", "unstated"), ("codeine", "against", "unstated", "unstated")]),
    ("Refractory gout: first choice: anakinra; second choice: canakinumab.",
     [("anakinra", "for", "first", "preferred"), ("canakinumab", "for", "subsequent", "alternative")]),
    ("Preferred: naproxen; alternatives: colchicine, prednisone; avoid: aspirin.",
     [("naproxen", "for", "unstated", "preferred"), ("colchicine", "for", "unstated", "alternative"),
      ("prednisone", "for", "unstated", "alternative"), ("aspirin", "against", "unstated", "unstated")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LABELS, ids=[t for t, _ in LABELS])
def test_labels(text: str, expected: list[tuple[str, ...]], values_of: Values) -> None:
    assert values_of(f"Gout\n\n{text}", "drug", "direction", "line", "preference") == expected


ANSWERS = [
    ("• Colchicine: no", "against"),
    ("• Colchicine: yes", "for"),
    ("• Colchicine – not", "against"),
    ("• Colchicine: ✗", "against"),
    ("• Colchicine: ✓", "for"),
    ("• Colchicine: x", "against"),
    ("• Colchicine (oral): no, too toxic", "against"),
    ("• Colchicine: no (too toxic)", "against"),
    ("Colchicine: never.", "against"),
    ("• Colchicine: 0.5 mg", "for"),
]


@pytest.mark.parametrize(("text", "direction"), ANSWERS, ids=[t for t, _ in ANSWERS])
def test_answers(text: str, direction: str, values_of: Values) -> None:
    assert values_of(f"Gout\n\n{text}", "drug", "direction") == [("colchicine", direction)]


TABLES = {
    "whether a drug is used": (
        "Drug | Use? | Comment\nIvermectin | No | neurotoxic\nPermethrin | Yes | apply twice\nLindane | ✗ | toxic\nMalathion | ✓ | weak",
        [("ivermectin", "against", "", "unstated"), ("permethrin", "for", "", "unstated"), ("lindane", "against", "", "unstated"),
         ("malathion", "for", "", "unstated")],
    ),
    "groups of patients, and nothing else": (
        "Drug | Pregnancy | Breastfeeding\nIvermectin | No | Yes\nLindane | ✗ | ✗",
        [("ivermectin", "against", "pregnancy", "unstated"), ("ivermectin", "for", "breastfeeding", "unstated"),
         ("lindane", "against", "pregnancy", "unstated"), ("lindane", "against", "breastfeeding", "unstated")],
    ),
    "groups of patients beside a dose": (
        "| Drug | Dose | Safe in pregnancy? |\n|---|---|---|\n| Ivermectin | 12 mg once | Avoid |\n| Permethrin | 5% cream | Yes |",
        [("ivermectin", "for", "", "unstated"), ("ivermectin", "against", "pregnancy", "unstated"),
         ("permethrin", "for", "", "unstated"), ("permethrin", "for", "pregnancy", "unstated")],
    ),
    "a line of treatment": (
        "| Drug | Recommended | First-line |\n|---|---|---|\n| Ivermectin | ✓ | ✗ |\n| Permethrin | ✓ | ✓ |\n| Lindane | ✗ | ✗ |",
        [("ivermectin", "for", "", "unstated"), ("permethrin", "for", "", "first"), ("lindane", "against", "", "unstated")],
    ),
    "what is not asked of the use of a drug": (
        "| Drug | Dose adjustment recommended | Generic available |\n|---|---|---|\n| Ivermectin | No | No |",
        [("ivermectin", "for", "", "unstated")],
    ),
    "a cell that says nothing": (
        "| Drug | Prophylaxis dose | Treatment dose |\n|---|---|---|\n| Ivermectin | None | 12 mg once |",
        [("ivermectin", "for", "", "unstated")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TABLES.values(), ids=TABLES)
def test_answers_in_tables(text: str, expected: list[tuple[str, ...]], values_of: Values) -> None:
    assert values_of(f"Scabies\n\n{text}", "drug", "direction", "population", "line") == expected
