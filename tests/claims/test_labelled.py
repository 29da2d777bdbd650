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
    ("Not for pregnancy: colchicine, naproxen.",
     [("colchicine", "against", "unstated", "unstated"), ("naproxen", "against", "unstated", "unstated")]),
    ("Never in dialysis: colchicine. In those not in shock: prednisone is given.",
     [("colchicine", "against", "unstated", "unstated"), ("prednisone", "for", "unstated", "unstated")]),
    ("Not in pregnancy:\n\n• Colchicine\n• Probenecid",
     [("colchicine", "against", "unstated", "unstated"), ("probenecid", "against", "unstated", "unstated")]),
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
    ("• Colchicine – no", "against"),
    ("• Colchicine: ✗✗", "against"),
    ("• Colchicine: (✓)", "for"),
    ("Colchicine 0.5 mg tablets: yes; it works.", "for"),
    ("• Colchicine: OK", "for"),
    ("Colchicine: not in dialysis.", "against"),
    ("• Colchicine: not if the creatinine clearance is below 10 mL/min", "against"),
    ("• Colchicine: never at night", "against"),
    ("Colchicine: no in pregnancy.", "against"),
    ("Colchicine: yes for short flares.", "for"),
    ("• Colchicine: not with milk", "for"),
    ("• Colchicine: not until week 2", "for"),
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
    "how severe the disease is": (
        "| Drug | Mild disease | Severe |\n|---|---|---|\n| Ivermectin | ✗ | ✓ |",
        [("ivermectin", "against", "", "unstated"), ("ivermectin", "for", "", "unstated")],
    ),
    "another answer beside the groups": (
        "| Drug | Crusted | Pregnancy |\n|---|---|---|\n| Ivermectin | ✓ | ✗ |\n| Lindane | ✗ | ✗ |",
        [("ivermectin", "for", "", "unstated"), ("ivermectin", "against", "pregnancy", "unstated"), ("lindane", "against", "pregnancy", "unstated")],
    ),
    "a limit in a bracket": (
        "| Drug | Dose | Lactation |\n|---|---|---|\n| Ivermectin | 12 mg once | ✓ (low dose) |\n| Permethrin | 5% cream | No data |",
        [("ivermectin", "for", "", "unstated"), ("ivermectin", "for", "breastfeeding", "unstated"), ("permethrin", "for", "", "unstated")],
    ),
    "drugs at the heads of the columns": (
        "| | Ivermectin | Permethrin |\n|---|---|---|\n| Pregnancy | No | Yes |\n| Recommended | No | ✓ |\n| Dialysis | Yes | ✗ |",
        [("ivermectin", "against", "pregnancy", "unstated"), ("permethrin", "for", "pregnancy", "unstated"),
         ("ivermectin", "against", "", "unstated")],
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
