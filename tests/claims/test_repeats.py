"""A dose that is given again is no later line of therapy, and when it is given again limits nothing of the first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Values = Callable[..., list[tuple[Any, ...]]]

TEXTS = [
    ("Anaphylaxis. Give epinephrine 0.5 mg IM, repeated after 5 minutes if there is no response.",
     [("epinephrine", "unstated", "", "")]),
    ("Eclampsia: magnesium sulfate 4 g IV; a further dose of 2 g may be given if seizures do not stop.",
     [("magnesium sulfate", "unstated", "", ""), ("magnesium sulfate", "unstated", "", "if seizures do not stop")]),
    ("Migraine. If symptoms do not improve, a second dose of rizatriptan may be given after 2 hours.",
     [("rizatriptan", "unstated", "", "If symptoms do not improve")]),
    ("Head lice are treated with ivermectin lotion, repeated after 7 days if treatment has failed.",
     [("ivermectin", "unstated", "", "")]),
    ("Asthma. Albuterol should be given, and repeated every 20 minutes if there is no improvement.",
     [("albuterol", "unstated", "", "")]),
    ("Pneumonia. Give amoxicillin; if there is no response after 48 hours, switch to doxycycline.",
     [("amoxicillin", "unstated", "", ""), ("doxycycline", "subsequent", "refractory", "if there is no response after 48 hours")]),
    ("Endocarditis: repeat blood cultures, and add gentamicin if there is no response.",
     [("gentamicin", "subsequent", "refractory", "if there is no response")]),
    ("Ulcerative colitis. If there is no response, infliximab is started.",
     [("infliximab", "subsequent", "refractory", "If there is no response")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[t[:50] for t, _ in TEXTS])
def test_given_again(text: str, expected: list[tuple[Any, ...]], values_of: Values) -> None:
    assert values_of(text, "drug", "line", "setting", "condition") == expected
