"""What lies on the shelf is what a dict or a set would hold."""

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledger import LedgerError
from pipeline.ledger.shelf import Shelf

WORDS = st.text(max_size=3).filter(lambda t: t.isprintable())
STEPS = st.lists(st.tuples(st.sampled_from(["put", "take", "default"]), WORDS, WORDS))


@dataclass(slots=True)
class Seen:
    """A value with all kinds of fields."""

    status: str
    failures: int
    date: dt.date | None
    at: dt.datetime
    code: str | None = None


@given(steps=STEPS)
def test_a_mapping_of_texts_is_a_dict(steps):
    shelf, plain = Shelf(), {}
    kept = shelf.texts("places")
    for what, key, value in steps:
        for held in (kept, plain):
            if what == "put":
                held[key] = value
            elif what == "take":
                held.pop(key, None)
            else:
                held.setdefault(key, value)
        assert (dict(kept), len(kept), list(kept)) == (plain, len(plain), sorted(plain, key=str.encode))
    shelf.close()


@given(steps=STEPS)
def test_a_set_of_names_is_a_set(steps):
    shelf, plain = Shelf(), set()
    names = shelf.names("seen")
    for what, one, other in steps:
        for held in (names, plain):
            if what == "put":
                held.add(one)
            else:
                held.discard(one)
                held |= {other}
        assert (set(names), len(names), one in names) == (plain, len(plain), one in plain)
    shelf.close()


UTC = dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)
HERE = {
    "in/a.txt": Seen("ok", 0, dt.date(2026, 1, 2), UTC),
    "in/b.txt": Seen("failed", 3, None, UTC.replace(microsecond=7), "E-FETCH-8"),
    "in/ä'.txt": Seen("ok", 1, None, UTC),
}


def test_records_come_back_as_they_were_put():
    shelf = Shelf()
    kept = shelf.records("places", Seen, "status")
    kept.update(HERE)
    assert dict(kept) == HERE
    kept["in/a.txt"].status = "gone"  # a copy
    assert list(kept.where("status", "ok")) == [
        ("in/a.txt", HERE["in/a.txt"]),
        ("in/ä'.txt", HERE["in/ä'.txt"]),
    ]
    assert list(kept.where("status", "gone")) == []
    shelf.close()


@pytest.mark.parametrize("missing", ["", "in/c.txt", "in/A.txt", "in/%.txt"])
def test_what_was_not_put_is_missing(missing):
    shelf = Shelf()
    kept = shelf.records("places", Seen)
    kept.update(HERE)
    assert (kept.get(missing), missing in kept) == (None, False)
    for ask in (kept.__getitem__, kept.__delitem__):
        with pytest.raises(KeyError):
            ask(missing)
    shelf.close()


def test_a_full_disk_is_told():
    shelf = Shelf()
    shelf.ask("PRAGMA max_page_count = 40")
    kept = shelf.texts("places")
    many = {f"in/{i}.txt": "x" * 200 for i in range(1_000)}
    with pytest.raises(LedgerError, match="E-LEDGER-7"):
        kept.update(many)
    shelf.close()
