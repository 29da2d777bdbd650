"""The weightiest rows of many batches are those of the whole."""

from collections import Counter

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from flows.weightiest import weightiest

ROWS = st.lists(st.lists(st.tuples(st.integers(0, 3), st.sampled_from("abc")), max_size=6), max_size=6)
ORDER = [("rank", "descending"), ("n", "ascending")]


@given(given_rows=ROWS, most=st.integers(1, 7))
def test_the_first_of_all_and_what_the_rest_is(given_rows, most):
    tables, n = [], 0
    for some in given_rows:
        columns = {
            "rank": [r for r, _ in some],
            "kind": [k for _, k in some],
            "n": list(range(n, n + len(some))),
        }
        tables.append(
            pa.table(
                {
                    name: pa.array(c, pa.string() if name == "kind" else pa.int32())
                    for name, c in columns.items()
                }
            )
        )
        n += len(some)
    first, rest = weightiest(iter(tables), ORDER, most, "kind")
    whole = sorted((row for t in tables for row in t.to_pylist()), key=lambda r: (-r["rank"], r["n"]))
    assert (first.to_pylist() if first is not None else []) == whole[:most]
    assert rest == Counter(row["kind"] for row in whole[most:])
