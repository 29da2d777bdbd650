"""Old versions of the tables are taken away; rows, their history and the views of readers are not."""

import datetime as dt
import os
from pathlib import Path

import pytest

from pipeline.ledger import Batch, Ledger, delta, tidy
from pipeline.ledger.decision_log import DecisionLog
from pipeline.ledger.head import read_head
from pipeline.model import Decision

from .conftest import START, article_row, claim_row, whole_batch


def updated(version: int) -> Batch:
    """The article's next version: its reading and claim take the place of those before."""
    return Batch(
        closed={"articles": ("article_id", ["af"]), "claims": ("article_id", ["af"])},
        added={
            "articles": [article_row(version=f"v{version}", reading_id=f"r{version}")],
            "claims": [claim_row(article_version=f"v{version}")],
        },
    )


def aged(folder: Path, days: float) -> None:
    """Every file below as if it had been written so many days before the clock's beginning."""
    moment = (START - dt.timedelta(days=days)).timestamp()
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (moment, moment))


def files(home: Path, table: str = "claims") -> set[str]:
    return {p.name for p in (home / "ledger" / table).glob("*.parquet")}


def live(home: Path, table: str = "claims") -> set[str]:
    opened = delta.open_table(home / "ledger", table, read_head(home / "ledger").published[table])
    return {os.path.basename(uri) for uri in opened.file_uris()}


@pytest.fixture
def grown(home, recorded, clock):
    """A ledger in which four versions of an article followed each other."""
    recorded("r1", whole_batch())
    for version in range(2, 5):
        clock.forward(days=1)
        recorded(f"r{version}", updated(version))
    return home


def state(home: Path) -> list:
    ledger = Ledger.open(home)
    days = [None, *(START + dt.timedelta(days=d, hours=1) for d in range(4))]
    return [
        [ledger.read(name).num_rows for name in ("articles", "claims", "changes", "runs")],
        [ledger.claims(known_at=day).column("article_version").to_pylist() for day in days],
        ledger.claims(as_of=dt.date(2026, 3, 2)).num_rows,
    ]


def test_files_of_old_versions_go_and_every_row_of_every_day_stays(grown, recorded, clock):
    before = state(grown)
    assert len(files(grown)) > len(live(grown))
    aged(grown, days=40)
    recorded("r5")
    assert files(grown) == live(grown)
    found = state(grown)
    assert found[0] == [*before[0][:3], before[0][3] + 1]
    assert found[1:] == before[1:]


def test_what_a_version_of_the_last_week_held_stays_for_who_has_opened_it(grown, recorded, clock):
    aged(grown, days=40)
    reader = Ledger.open(grown)
    expected = reader.claims().to_pylist()
    clock.forward(days=1)
    recorded("r5", updated(5))
    clock.forward(days=6)
    recorded("r6")
    assert reader.claims().to_pylist() == expected
    assert reader.claims() != reader.refresh().claims()


def test_files_that_no_commit_ever_named_go_once_they_are_old(grown, recorded):
    table = grown / "ledger" / "claims"
    (table / "part-00000-left-by-a-killed-run.parquet").write_bytes(b"PAR1")
    recorded("r5")
    assert "part-00000-left-by-a-killed-run.parquet" in files(grown)
    aged(grown, days=40)
    recorded("r6")
    assert "part-00000-left-by-a-killed-run.parquet" not in files(grown)


def test_the_log_is_shortened_and_a_killed_run_is_still_mended(grown, recorded, clock, monkeypatch):
    monkeypatch.setattr(tidy, "MANY_LOGS", 5)
    before = state(grown)
    aged(grown, days=90)
    recorded("r5")
    logs = {p.name for p in (grown / "ledger" / "claims" / "_delta_log").glob("*.json")}
    assert f"{0:020}.json" not in logs
    with Ledger.open(grown).writing(
        "r6", now=clock
    ) as writer:  # ends without publishing, then more is left behind
        writer.commit(updated(6))
        delta.append(writer.table("claims"), Ledger.open(grown).read("claims"), "r6")
    assert state(grown)[1:] == before[1:]
    after = recorded("r7")
    assert after.claims().column("article_version").to_pylist() == ["v6"]
    assert after.read("claims").num_rows == before[0][1] + 1


def test_an_interrupted_tidying_loses_nothing_and_is_done_by_the_next_run(grown, recorded, monkeypatch):
    before = state(grown)[1:]
    aged(grown, days=40)
    calls = []

    def stops(paths):
        calls.append(paths)
        if len(paths) > 1:
            paths[0].unlink()
            raise PermissionError(13, "Permission denied", str(paths[1]))
        return tidy.Tidied()

    with monkeypatch.context() as patched:
        patched.setattr(tidy, "_unlink", stops)
        recorded("r5")
    assert any(len(paths) > 1 for paths in calls)
    assert state(grown)[1:] == before
    recorded("r6")
    assert files(grown) == live(grown)


def test_half_written_files_of_killed_writers_go_after_a_day(grown, recorded, clock):
    parts = [grown / ".claims.parquet.77.part", grown / "ledger" / ".HEAD.json.77.part"]
    for part in parts:
        part.write_text("half")
    os.utime(parts[0], (START.timestamp() - 86400,) * 2)
    recorded("r5")
    assert [part.exists() for part in parts] == [False, True]


def decided(number: int) -> Decision:
    return Decision(decision_id=f"d{number}", subject="claim", subject_id="af-apixaban", claim_id="af-apixaban",
                    verdict="accept", editor="e", decided_at=START, saw="", saw_quote="")  # fmt: skip


def test_many_decisions_are_joined_into_few_files_beside_an_editor_who_goes_on(grown, recorded, monkeypatch):
    monkeypatch.setattr(delta, "MANY_FILES", 3)
    log = DecisionLog(grown)
    for number in range(5):
        log.append([decided(number)])
    recorded("r5")
    assert len(delta.open_table(grown / "ledger", "decisions").file_uris()) == 1
    log.append([decided(5)])
    assert [r["decision_id"] for r in log.rows()] == [f"d{n}" for n in range(6)]
    assert Ledger.open(grown).count("decisions") == 6


def test_single_files_stay_where_a_run_only_joined_the_tables_files(grown, recorded, monkeypatch):
    version = read_head(grown / "ledger").published["claims"]
    for name in ("claims", "articles"):
        (grown / f"{name}.parquet").write_bytes(b"not written again")
    monkeypatch.setattr(delta, "MANY_FILES", 1)
    recorded("r9")
    assert read_head(grown / "ledger").published["claims"] > version
    assert {(grown / f"{name}.parquet").read_bytes() for name in ("claims", "articles")} == {
        b"not written again"
    }


def test_the_small_files_of_a_long_run_are_joined_while_it_goes_on(home, recorded, clock, monkeypatch):
    monkeypatch.setattr(delta, "MANY_FILES", 3)
    with Ledger.open(home).writing("r1", now=clock) as writer:  # and is killed before it publishes
        for number in range(9):
            writer.commit(Batch(added={"claims": [claim_row(f"a{number}")]}))
            assert len(writer.table("claims").file_uris()) <= 4
        delta.append(writer.table("claims"), writer.read("claims"), "r1")  # beyond what the head names
    with Ledger.open(home).writing("r2", now=clock) as writer:
        assert sorted(writer.read("claims").column("article_id").to_pylist()) == [f"a{n}" for n in range(9)]
        writer.commit(Batch(closed={"claims": ("article_id", ["a0", "a8"])}))
    assert recorded("r3").claims().column("article_id").to_pylist() == [f"a{n}" for n in range(1, 8)]
