"""SQL over the tables: what it answers, and what it refuses."""

import datetime as dt
import json
import time

import pyarrow as pa
import pytest

from pipeline.ledger import Batch, Ledger, QueryError, query, status_of
from pipeline.ledger.lock import HOLDER

from .conftest import START, article_row, claim_row, discrepancy_row, place_row, run_row, whole_batch


@pytest.fixture
def ledger(recorded, clock):
    recorded("r1", whole_batch(), whole_batch("hf", "ramipril"))
    clock.forward(days=1)
    return recorded(
        "r2",
        Batch(
            closed={"claims": ("article_id", ["hf"])},
            added={"claims": [claim_row("hf", "enalapril", article_version="v2")]},
        ),
    )


ANSWERS = [
    ("SELECT drug FROM claims ORDER BY drug", [("apixaban",), ("enalapril",)]),
    ("select count(*) from claims_history", [(3,)]),
    ("SELECT run_id FROM runs ORDER BY 1;", [("r1",), ("r2",)]),
    ("SELECT count(*) FROM decisions", [(0,)]),
    ("WITH x AS (SELECT * FROM evidence) SELECT count(*) FROM x", [(2,)]),
    ("SELECT a.title, c.dose_text FROM claims c JOIN articles a USING (article_id) ORDER BY 1",
     [("AF", "5 mg twice daily"), ("HF", "5 mg twice daily")]),
    ("SELECT location FROM places ORDER BY 1", [("af.txt",), ("hf.txt",)]),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "rows"), ANSWERS)
def test_answers(ledger, sql, rows):
    assert [tuple(r.values()) for r in query(ledger, sql).table.to_pylist()] == rows


def test_times_are_those_of_utc_wherever_the_machine_stands(ledger, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        sql = "SELECT hour(started_at), started_at::VARCHAR FROM runs WHERE started_at < '2026-03-01 13:00' AND run_id = 'r1'"
        assert [tuple(r.values()) for r in query(ledger, sql).table.to_pylist()] == [
            (12, "2026-03-01 12:00:00+00")
        ]
    finally:
        monkeypatch.undo()
        time.tzset()


def test_known_at_a_moment(ledger):
    found = query(ledger, "SELECT drug FROM claims ORDER BY 1", known_at=START + dt.timedelta(hours=1)).table
    assert found.column("drug").to_pylist() == ["apixaban", "ramipril"]


def test_evidence_as_of_a_day_is_made_of_that_day_s_claims(ledger):
    seen = []

    def reconcile(claims: pa.Table) -> tuple[pa.Table, pa.Table]:
        seen.append(claims.num_rows)
        return pa.table({"n": [claims.num_rows]}), pa.table({"n": [0]})

    answer = query(ledger, "SELECT n FROM evidence", as_of=dt.date(2026, 3, 1), reconcile=reconcile)
    assert (answer.table.column("n").to_pylist(), seen) == ([2], [2])
    with pytest.raises(QueryError, match="E-QUERY-4"):
        query(ledger, "SELECT * FROM evidence", as_of=dt.date(2026, 3, 1))


REFUSED = [
    ("DROP TABLE claims", "E-QUERY-2"),
    ("SELECT 1; SELECT 2", "E-QUERY-2"),
    ("COPY claims TO 'stolen.csv'", "E-QUERY-2"),
    ("", "E-QUERY-2"),
    ("ATTACH 'x.db'", "E-QUERY-2"),
    ("SET enable_external_access=true", "E-QUERY-2"),
    ("SELECT * FROM read_text('/etc/hostname')", "E-QUERY-3"),
    ("SELECT * FROM '/etc/hostname'", "E-QUERY-1"),
    ("SELECT * FROM read_csv('http://127.0.0.1/x.csv')", "E-QUERY-3"),
    ("SELECT * FROM glob('/*')", "E-QUERY-3"),
    ("SELECT * FROM klaims", "E-QUERY-1"),
    ("SELECT nothing FROM claims", "E-QUERY-1"),
    ("EXPLAIN DELETE FROM claims", "E-QUERY-1"),
    ("SELEKT 1", "E-QUERY-1"),
    ("SELECT * FROM ledger", "E-QUERY-1"),
]


@pytest.mark.parametrize(("sql", "code"), REFUSED)
def test_refusals_say_what_to_do(ledger, sql, code):
    with pytest.raises(QueryError) as told:
        query(ledger, sql)
    assert (told.value.code, bool(told.value.do)) == (code, True)


def test_a_wrong_column_is_answered_with_the_table_that_was_asked(ledger):
    with pytest.raises(QueryError) as told:
        query(ledger, "select place from articles")
    assert told.value.do == "DESCRIBE articles lists the columns of a table"


def test_status_tells_what_an_operator_asks(recorded, clock):
    aside = {"status": "set aside", "code": "E-ARTICLE-2", "what": "no words", "do": "look", "failures": 2}
    batch = whole_batch()
    batch.added["articles"] = [
        article_row(date=dt.date(2025, 1, 1)),
        article_row("bad", None, status="set aside", text=None),
    ]
    batch.added["places"] += [place_row("bad.txt", **aside), place_row("x", status="failed")]
    batch.added["discrepancies"].append(discrepancy_row("x", resolution="newer"))
    recorded("r1", batch)
    status = status_of(recorded("r2"), now=START + dt.timedelta(days=91), stale_after_days=90)
    assert (status.articles, status.versions, status.claims, status.discrepancies, status.conflicts) == (
        1,
        1,
        1,
        2,
        1,
    )
    assert [r["run_id"] for r in status.runs] == ["r2", "r1"]
    assert [(p["location"], p["what"], p["failures"]) for p in status.set_aside] == [
        ("bad.txt", "no words", 2)
    ]
    assert [p["location"] for p in status.failing] == ["x"]
    assert len(status.not_checked) == 3
    assert [a["article_id"] for a in status.not_updated] == ["af"]
    assert (status.running, status.unfinished, status.broken_off) == (None, False, None)


def test_status_tells_of_a_run_that_ended_without_a_word(home, recorded, clock):
    held = {"run_id": "r1", "started_at": START.isoformat(), "pid": 7, "host": "here", "done": False}
    (home / "ledger").mkdir(parents=True)
    (home / "ledger" / HOLDER).write_text(json.dumps(held))
    status = status_of(Ledger.open(home), now=START)
    assert (status.runs, status.running, status.broken_off) == ((), None, held)
    status = status_of(recorded("r2"), now=START)  # which puts r1 on record
    assert ({r["run_id"]: r["status"] for r in status.runs}, status.broken_off) == (
        {"r1": "interrupted", "r2": "done"},
        None,
    )


def test_status_says_who_is_running(home, clock):
    with Ledger.open(home).writing("r9", now=clock) as writer:
        writer.commit(whole_batch())
        writer.publish(run_row("r8"))
        writer.commit(whole_batch("hf"))
        status = status_of(Ledger.open(home), now=START)
        assert status.running is not None
        assert (status.running["run_id"], status.unfinished) == ("r9", True)
