"""Rows taken part by part: each part has the rows that it wants, and nothing stays behind."""

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ledger import LedgerError, parts
from pipeline.ledger.parts import divided, in_order, regrouped

WORDS = st.one_of(st.none(), st.text("abæ", max_size=2))
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


@settings(max_examples=60)
@given(
    told=st.lists(st.lists(WORDS, max_size=9), max_size=6), way=st.sampled_from(["ascending", "descending"])
)
def test_rows_put_in_order_in_parts_are_in_the_order_of_the_whole(told, way, tmp_path_factory):
    folder, rows, order = (
        tmp_path_factory.mktemp("parts"),
        batches(*told),
        [("disease", way), ("n", "ascending")],
    )
    whole = pa.Table.from_batches(rows, schema=SCHEMA).sort_by(order)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "AT_ONCE", 3)
        found = list(
            in_order(
                lambda only: (b.select(only or SCHEMA.names) for b in rows),
                whole.num_rows,
                order,
                folder / "t",
            )
        )
    assert pa.concat_tables([SCHEMA.empty_table(), *found]).equals(whole)
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    ("sizes", "size", "expected"),
    [([], 2, []), ([0], 2, [0]), ([3], 5, [3]), ([2, 2, 1], 2, [2, 2, 1]), ([5, 0, 4], 4, [4, 4, 1])],
)
def test_rows_are_handed_on_in_groups_of_one_size(sizes, size, expected):
    rows = iter(range(99))
    tables = [pa.table({"n": pa.array([next(rows) for _ in range(n)], pa.int32())}) for n in sizes]
    found = list(regrouped(tables, size))
    assert [t.num_rows for t in found] == expected
    assert [n for t in found for n in t.column("n").to_pylist()] == list(range(sum(sizes)))
