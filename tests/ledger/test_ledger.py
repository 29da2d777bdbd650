"""Whole rounds through the tables: recorded, read, superseded, asked as of a day."""

import datetime as dt
import json

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable

from pipeline.ledger import TABLES, Batch, BrokenBatch, Ledger
from pipeline.model import Claim, Decision, EvidenceError, columns_of

from .conftest import START, article_row, claim_row, run_row, whole_batch


def drugs(table: pa.Table) -> list[str]:
    return table.column("drug").to_pylist()


def test_a_ledger_that_was_never_written_reads_as_empty(home):
    ledger = Ledger.open(home)
    assert ledger.is_new
    assert {name: ledger.rows(name).num_rows for name in TABLES} == dict.fromkeys(TABLES, 0)
    assert not home.exists()


def test_what_is_recorded_is_read_back_whole(recorded):
    ledger = recorded("r1", whole_batch())
    [row] = ledger.claims().to_pylist()
    assert row == claim_row() | {"run_id": "r1", "recorded_at": START, "superseded_at": None}
    assert {n: ledger.rows(n).num_rows for n in TABLES} == dict.fromkeys(TABLES, 1) | {"decisions": 0}


def test_many_rows_may_be_recorded_as_a_table(recorded):
    rows = [claim_row(name) for name in ("af", "hf")]
    schema = pa.schema([TABLES["claims"].schema.field(name) for name in rows[0]])
    table = pa.Table.from_pylist(rows, schema=schema)
    before = recorded("r1", Batch(added={"claims": rows}))
    after = recorded("r2", Batch(closed={"claims": ("article_id", ["af", "hf"])}, added={"claims": table},
                                 past={"claims": [claim_row("dm")]}))  # fmt: skip
    times = after.claims().column("recorded_at").unique().to_pylist()
    stamps = {"run_id": "r2", "recorded_at": times[0]}
    assert after.claims().to_pylist() == [row | stamps for row in before.claims().to_pylist()]
    assert (len(times), after.read("claims").num_rows) == (1, 5)
    assert not Batch(added={"claims": table.slice(0, 0)})


def test_a_batch_is_not_seen_before_it_is_published(home, clock):
    with Ledger.open(home).writing("r1", now=clock) as writer:
        writer.commit(whole_batch())
        assert Ledger.open(home).claims().num_rows == 0
        writer.publish(run_row("r1"))
        assert Ledger.open(home).claims().num_rows == 1


def test_another_delta_reader_sees_whole_runs_at_the_versions_that_the_head_names(home, clock, recorded):
    recorded("r1", whole_batch())
    with Ledger.open(home).writing("r2", now=clock) as writer:  # and is killed before it publishes
        writer.commit(whole_batch("hf", "ramipril"))
    versions = json.loads((home / "ledger/HEAD.json").read_text())["published"]
    table = DeltaTable(home / "ledger/claims", version=versions["claims"])
    assert drugs(table.to_pyarrow_table()) == ["apixaban"]
    assert (
        len(drugs(DeltaTable(home / "ledger/claims").to_pyarrow_table())) == 2
    )  # as docs/operating.md warns


def test_a_view_stays_what_it_was_while_others_write(recorded):
    before = recorded("r1", whole_batch())
    after = recorded("r2", whole_batch("hf", "ramipril"))
    assert (drugs(before.claims()), drugs(after.claims())) == (["apixaban"], ["apixaban", "ramipril"])
    assert drugs(before.refresh().claims()) == ["apixaban", "ramipril"]


def test_closed_rows_hold_no_longer_but_are_known_as_of_then(recorded, clock):
    recorded("r1", whole_batch())
    first = clock()
    clock.forward(days=2)
    ledger = recorded(
        "r2",
        Batch(
            closed={"claims": ("article_id", ["af"])},
            added={"claims": [claim_row(drug="warfarin", article_version="v2")]},
        ),
    )
    assert drugs(ledger.claims()) == ["warfarin"]
    assert drugs(ledger.claims(known_at=first)) == ["apixaban"]
    assert drugs(ledger.claims(known_at=first - dt.timedelta(seconds=1))) == []
    assert drugs(ledger.claims(known_at=clock())) == ["warfarin"]


@pytest.mark.parametrize("n", [3, 700])
def test_many_keys_are_closed_like_few(recorded, n):
    names = [f"a{i:04}" for i in range(n)]
    recorded("r1", Batch(added={"claims": [claim_row(name) for name in names]}))
    ledger = recorded("r2", Batch(closed={"claims": ("article_id", names[1:])}))
    assert ledger.claims().column("article_id").to_pylist() == names[:1]


def test_a_name_with_a_quote_mark_closes_its_own_rows_only(recorded):
    recorded("r1", Batch(added={"claims": [claim_row("crohn's"), claim_row("crohn")]}))
    ledger = recorded("r2", Batch(closed={"claims": ("article_id", ["crohn's"])}))
    assert ledger.claims().column("article_id").to_pylist() == ["crohn"]


def test_a_late_old_version_is_history_and_never_what_we_held(recorded, clock):
    day = dt.date
    recorded(
        "r1",
        Batch(
            added={
                "articles": [article_row(version="v2", date=day(2026, 1, 1))],
                "claims": [claim_row(article_version="v2")],
            }
        ),
    )
    clock.forward(days=1)
    ledger = recorded(
        "r2",
        Batch(
            past={
                "articles": [article_row(version="v1", date=day(2025, 1, 1))],
                "claims": [claim_row(drug="warfarin", article_version="v1")],
            }
        ),
    )
    assert drugs(ledger.claims()) == ["apixaban"]
    assert drugs(ledger.claims(known_at=clock())) == ["apixaban"]
    asked = [day(2024, 12, 31), day(2025, 6, 1), day(2026, 1, 1)]
    assert [drugs(ledger.claims(as_of=d)) for d in asked] == [[], ["warfarin"], ["apixaban"]]
    assert drugs(ledger.claims(as_of=day(2025, 6, 1), known_at=START)) == []


def test_rows_of_the_past_hold_as_they_did_then(recorded, clock):
    """So that evidence can be made of them: a row with `superseded_at` is history to `reconcile`."""
    recorded("r1", whole_batch())
    then = clock()
    clock.forward(days=1)
    ledger = recorded(
        "r2", Batch(closed={"claims": ("article_id", ["af"]), "articles": ("article_id", ["af"])})
    )
    past = [
        ledger.claims(known_at=then),
        ledger.claims(as_of=dt.date(2026, 12, 31)),
        ledger.articles(known_at=then),
    ]
    assert [set(rows.column("superseded_at").to_pylist()) for rows in past] == [{None}] * 3


def test_recorded_times_rise_though_the_clock_goes_back(home, clock):
    with Ledger.open(home).writing("r1", now=clock) as writer:
        one = writer.commit(whole_batch())
        clock.forward(hours=-3)
        two = writer.commit(whole_batch("hf", "ramipril"))
    assert two == one + dt.timedelta(microseconds=1)


BROKEN = {
    "a value that is not allowed": (claim_row(direction="for") | {"direction": "upwards"}, "direction"),
    "an empty value": (claim_row() | {"drug": None}, "drug"),
    "a quote of another length": (claim_row() | {"char_end": 99}, "quote"),
    "another type": (claim_row() | {"dose_low": "five"}, "claims"),
    "a missing column": ({k: v for k, v in claim_row().items() if k != "cites"}, "cites"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_row_that_does_not_fit_refuses_the_whole_batch(home, clock, case):
    row, word = BROKEN[case]
    with Ledger.open(home).writing("r1", now=clock) as writer:
        batch = whole_batch()
        batch.added["claims"].append(row)
        with pytest.raises(BrokenBatch, match=word):
            writer.commit(batch)
        writer.publish(run_row("r1"))
    ledger = Ledger.open(home)
    assert {n: ledger.rows(n).num_rows for n in ("articles", "claims", "evidence")} == {
        "articles": 0,
        "claims": 0,
        "evidence": 0,
    }


def test_every_column_of_every_table_is_described_in_both_files(recorded, home):
    recorded("r1", whole_batch())
    bare = []
    for name in TABLES:
        for field in DeltaTable(home / "ledger" / name).schema().to_arrow():
            metadata = pa.field(field).metadata or {}
            if not metadata.get("comment", metadata.get(b"comment")):
                bare.append((name, field.name))
    for name in ("articles", "claims", "evidence", "discrepancies", "changes"):
        schema = pq.read_schema(home / f"{name}.parquet")
        bare += [(name, f.name) for f in schema if not (f.metadata or {}).get(b"description")]
    assert bare == []


def test_the_snapshot_holds_every_contract_column_for_pandas(recorded, home):
    recorded("r1", whole_batch())
    frame = pd.read_parquet(home / "claims.parquet")
    assert list(frame.columns) == [c.name for c in columns_of(Claim)] + [
        "run_id",
        "recorded_at",
        "superseded_at",
    ]
    assert (frame.quote.str.len() == frame.char_end - frame.char_start).all()


def test_the_same_state_gives_the_same_bytes_and_is_not_rewritten(recorded, home):
    recorded("r1", whole_batch("hf", "ramipril"), whole_batch())
    files = sorted(home.glob("*.parquet"))
    before = {f.name: (f.read_bytes(), f.stat().st_mtime_ns) for f in files}
    assert len(before) == 5
    recorded("r2")
    assert {f.name: (f.read_bytes(), f.stat().st_mtime_ns) for f in files} == before


def test_the_order_of_batches_does_not_change_the_bytes(tmp_path, clock):
    seen = []
    for i, order in enumerate([("af", "hf", "cap"), ("cap", "af", "hf")]):
        home = tmp_path / str(i)
        batch = Batch(added={"claims": [claim_row(a) for a in order]})
        with Ledger.open(home).writing("r", now=lambda: START) as writer:
            writer.commit(batch)
            writer.publish(run_row("r"))
        seen.append((home / "claims.parquet").read_bytes())
    assert seen[0] == seen[1]


def test_a_missing_snapshot_is_written_again_as_it_was(recorded, home):
    recorded("r1", whole_batch())
    path = home / "claims.parquet"
    before = path.read_bytes()
    path.unlink()
    recorded("r2")
    assert path.read_bytes() == before


def test_changes_without_meaning_are_recorded_but_not_in_the_snapshot(recorded, home):
    from .conftest import change_row

    noise = change_row("x") | {"kind": "changed", "importance": "wording", "meaning": False}
    ledger = recorded("r1", Batch(added={"changes": [change_row("y"), noise]}))
    assert ledger.changes().num_rows == 2
    assert pd.read_parquet(home / "changes.parquet").claim_id.tolist() == ["y"]


def test_decisions_are_added_while_a_run_writes(home, clock):
    decision = Decision(
        decision_id="d1", subject="claim", subject_id="af-apixaban", verdict="accept", saw="s", saw_quote="q",
        editor="kim", decided_at=START,
    )  # fmt: skip
    with Ledger.open(home).writing("r1", now=clock) as writer:
        Ledger.open(home).add_decisions([decision])
        assert Ledger.open(home).decisions().column("editor").to_pylist() == ["kim"]
        writer.commit(whole_batch())
        writer.publish(run_row("r1"))
    assert Ledger.open(home).decisions().num_rows == 1


def test_places_keep_only_their_latest_row(recorded, clock):
    from .conftest import place_row

    recorded("r1", Batch(added={"places": [place_row(), place_row("hf.txt")]}))
    clock.forward(days=1)
    ledger = recorded("r2", Batch(added={"places": [place_row(status="gone")]}))
    assert [(p["location"], p["status"]) for p in ledger.places().to_pylist()] == [
        ("af.txt", "gone"),
        ("hf.txt", "ok"),
    ]


def test_a_head_that_makes_no_sense_is_told(recorded, home):
    recorded("r1", whole_batch())
    (home / "ledger" / "HEAD.json").write_text('{"format": 1, "publi')
    with pytest.raises(EvidenceError) as told:
        Ledger.open(home)
    assert told.value.code == "E-LEDGER-1"


def test_a_ledger_of_an_older_release_gets_the_new_columns(home, clock, monkeypatch, recorded):
    from dataclasses import replace

    today = TABLES["changes"]
    older = replace(
        today, columns=tuple(c for c in today.columns if c.name not in ("fields", "old_quote", "drug"))
    )
    monkeypatch.setitem(TABLES, "changes", older)
    recorded("r1", whole_batch())
    monkeypatch.setitem(TABLES, "changes", today)
    [row] = Ledger.open(home).changes().to_pylist()
    assert (row["fields"], row["old_quote"], row["drug"]) == ([], None, "")
    ledger = recorded("r2", whole_batch("hf", "ramipril"))
    assert sorted(r["drug"] for r in ledger.changes().to_pylist()) == ["", "apixaban"]
    assert pq.read_schema(home / "changes.parquet").names == [c.name for c in today.columns]


def test_a_ledger_of_a_release_that_described_its_columns_otherwise_goes_on(
    home, clock, monkeypatch, recorded
):
    from dataclasses import replace

    for name, today in TABLES.items():
        columns = tuple(
            replace(
                c,
                description=f"once: {c.description}",
                fields=tuple(replace(f, description="x") for f in c.fields),
            )
            for c in today.columns
        )
        monkeypatch.setitem(TABLES, name, replace(today, columns=columns))
    recorded("r1", whole_batch())
    monkeypatch.undo()
    clock.forward(days=1)
    second = whole_batch("hf", "ramipril")
    second.closed["claims"] = ("article_id", ["af"])
    ledger = recorded("r2", second)
    assert ledger.claims().column("drug").to_pylist() == ["ramipril"]
    assert sorted(ledger.read("claims").column("drug").to_pylist()) == ["apixaban", "ramipril"]
    said = {f.name: f.metadata[b"description"].decode() for f in pq.read_schema(home / "claims.parquet")}
    assert said == {c.name: c.description for c in TABLES["claims"].columns}


def test_a_folder_that_the_tables_cannot_stand_in_is_told(tmp_path, clock):
    with pytest.raises(EvidenceError) as told, Ledger.open(tmp_path / "50%20").writing("r1", now=clock):
        pass
    assert told.value.code == "E-LEDGER-6"
