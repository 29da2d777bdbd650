"""Bands of what is measured: which words name one, and the quick look before the search that never hides one."""

from __future__ import annotations

import pytest

from pipeline.claims.bands import find_bands, may_name_band

BANDS = [
    ("Meropenem 1 g every 12 hours if CrCl is below 50 mL/min.", ["if CrCl is below 50 mL/min"]),
    ("Reduce to 15 mg (eGFR15-49)", ["eGFR15-49"]),
    ("Adults over 40 kg: 500 mg", ["Adults over 40 kg"]),
    ("250 mg for children aged 6-11 years", ["for children aged 6-11 years"]),
    ("Halve the dose in Child-Pugh B", ["in Child-Pugh B"]),
    ("Stop when platelets fall <50 x10^9/L", []),
    ("Stop when platelets are <50", []),
    ("Hold with a platelet count <50", ["with a platelet count <50"]),
    ("5 mg for 6 months", []),
    ("Give agents 2-3 times daily", []),
    ("HbA1c above 9%", ["HbA1c above 9%"]),
]


@pytest.mark.parametrize(("text", "expected"), BANDS)
def test_bands(text: str, expected: list[str]) -> None:
    assert [text[s:e] for s, e in find_bands(text)] == expected


@pytest.mark.parametrize("text", [text for text, expected in BANDS if expected])
def test_the_quick_look_hides_none(text: str) -> None:
    assert [may_name_band(text), may_name_band(text.upper())] == [True, True]
