"""Sentences that the rules were not written on: how many are read exactly must not fall."""

from dose_cases import CASES, read_cases

TABLE = read_cases(CASES / "heldout.txt")
EXACT = 82


def test_the_held_out_third_is_read_as_well_as_before(doses_of):
    exact = [c.sentence for c in TABLE if doses_of(c.sentence) == c.expected]
    assert len(exact) >= EXACT, f"{len(exact)} of {len(TABLE)}"
