"""Rows taken part by part: each part has the rows that it wants, and nothing stays behind."""

from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.ledger import LedgerError
from pipeline.ledger.parts import divided

SCHEMA = pa.schema([("disease", pa.string()), ("n", pa.int32())])


def batches(*told: list[str | None]) -> list[pa.RecordBatch]:
    """One batch for each list of diseases; the rows are numbered through."""
    found, n = [], 0
    for diseases in told:
        rows = [{"disease": d, "n": n + i} for i, d in enumerate(diseases)]
        n += len(rows)
        found.append(pa.RecordBatch.from_pylist(rows, schema=SCHEMA))
    return found


@pytest.mark.parametrize(
    ("told", "parts", "expected"),
    [
        ([], [{"gout"}], [None]),
        ([["gout", "asthma"]], [], []),
        ([["gout", "asthma"], ["gout"]], [["asthma"], ["gout"]], [[1], [0, 2]]),
        ([["gout"], ["asthma", "gout"]], [{"asthma", "gout"}, {"sepsis"}, {"gout"}], [[0, 1, 2], None, [0, 2]]),
        ([[None, "gout", "sepsis"]], [{"gout"}], [[1]]),
    ],
)  # fmt: skip
def test_each_part_has_the_rows_that_it_wants_in_their_order(told, parts, expected, tmp_path):
    found = list(divided(batches(*told), "disease", parts, tmp_path / "claims"))
    assert [None if rows is None else rows.column("n").to_pylist() for rows in found] == expected
    assert not list(tmp_path.iterdir())


def waiting(folder: Path) -> int:
    return len(list(folder.glob(".claims.*.part")))


def test_what_was_not_taken_goes_too(tmp_path):
    parts = divided(batches(["gout", "asthma", "sepsis"]), "disease", [["gout"], ["asthma"], ["sepsis"]], tmp_path / "claims")  # fmt: skip
    next(parts)
    assert waiting(tmp_path) == 2
    parts.close()
    assert waiting(tmp_path) == 0


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(LedgerError):
        list(divided(batches(["gout"]), "disease", [["gout"]], tmp_path / "missing" / "claims"))
