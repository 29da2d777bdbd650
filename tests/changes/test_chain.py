"""Changes of one claim, one after another, as one."""

import itertools

import pytest

from pipeline.changes import chain, diff_claims

DOSE = {"dose_unit": "mg", "dose_text": "x"}


def amount(n):
    return {**DOSE, "dose_low": n, "dose_high": n}


# the states of one claim (None: it is not there), and what they come to: kind, importance, meaning, (field, old, new), words before
CASES = {
    "dose, then strength": (
        [amount(5), amount(10), {**amount(10), "strength": "strong"}],
        ("changed", "strength", True, [("strength", "unstated", "strong"), ("dose", "5 mg", "10 mg")], "v0"),
    ),
    "dose, and dose again": (
        [amount(5), amount(10), amount(20)],
        ("changed", "dose", True, [("dose", "5 mg", "20 mg")], "v0"),
    ),
    "there and back, and a line": (
        [amount(5), amount(10), {**amount(5), "line": "first"}],
        ("changed", "situation", True, [("line", "unstated", "first")], "v0"),
    ),
    "changed, then gone": (
        [{}, {"strength": "strong"}, None],
        ("removed", "removed", True, [("direction", "for", ""), ("strength", "strong", "")], "v1"),
    ),
    "gone, then there with another strength": (
        [{"strength": "strong"}, None, {"strength": "conditional"}],
        ("changed", "strength", True, [("strength", "strong", "conditional")], "v0"),
    ),
    "came, then changed": (
        [None, {}, {"strength": "strong"}],
        ("added", "added", True, [("direction", "", "for"), ("strength", "unstated", "strong")], None),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("states", "expected"), CASES.values(), ids=CASES.keys())
def test_what_changes_come_to(states, expected, row):
    rows = [
        [] if state is None else [row("Give it.", article_version=f"v{n}", **state)]
        for n, state in enumerate(states)
    ]
    changes = [c for old, new in itertools.pairwise(rows) for c in diff_claims(old, new)]
    found = chain(changes)
    fields = [(f.field, f.old, f.new) for f in found.fields]
    assert (found.kind, found.importance, found.meaning, fields, found.old_version) == expected
    assert found.change_id == changes[-1].change_id
