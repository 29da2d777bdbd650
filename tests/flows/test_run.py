"""Whole runs over real articles into real tables."""

import datetime as dt
import gc
import json

import pandas as pd
import pytest

from flows.options import RunOptions
from flows.run import run_plain
from pipeline.ledger import Ledger, LedgerBusy, query, status_of
from pipeline.model import EvidenceError
from tests.cli.conftest import run

from .conftest import gout, other

NOW = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)


def counts(outcome) -> dict[str, int]:
    row = outcome.run
    names = (
        "looked_at",
        "unchanged",
        "read",
        "new_versions",
        "added",
        "changed",
        "removed",
        "set_aside",
        "failed",
    )
    return {n: getattr(row, n) for n in names if getattr(row, n)}


def test_the_first_run_fills_every_table(world):
    world.write("gout.txt", gout())
    outcome = world.run()
    assert (outcome.exit_code, outcome.run.status, outcome.run.looked_at, outcome.run.new_versions) == (
        0,
        "done",
        1,
        1,
    )
    claims = world.table("claims")
    assert set(claims.drug) >= {"colchicine", "naproxen", "prednisone", "allopurinol"}
    assert set(claims.article_id) == {"gout"}
    ledger = Ledger.open(world.home / "processed")
    text = ledger.text_of("gout", claims.article_version[0])
    assert text is not None
    assert all(text[r.char_start : r.char_end] == r.quote for r in claims.itertuples())
    assert {c.kind for c in world.table("changes").itertuples()} == {"added"}
    assert len(world.table("evidence")) > 0
    assert all(p.is_file() for p in outcome.reports)
    assert [r["status"] for r in ledger.runs().to_pylist()] == ["done"]


def test_after_a_run_the_collector_of_garbage_looks_through_everything_again(world):
    world.write("gout.txt", gout())
    outcome = world.run()
    assert (outcome.run.new_versions, gc.get_freeze_count()) == (1, 0)


def test_running_again_changes_nothing_and_not_one_byte(world):
    world.write("gout.txt", gout())
    world.write("b/dm.txt", other("diabetes"))
    world.run()
    before = world.snapshots()
    outcome = world.run()
    assert counts(outcome) == {"looked_at": 2, "unchanged": 2}
    assert (world.snapshots(), outcome.rewritten) == (before, ())
    assert Ledger.open(world.home / "processed").rows("runs").num_rows == 2


def test_a_changed_dose_is_a_changed_claim_and_nothing_else(world):
    world.write("gout.txt", gout())
    world.write("dm.txt", other("diabetes"))
    world.run()
    n = len(world.changes())
    world.write("gout.txt", gout(dose="0.6 mg"))
    outcome = world.run()
    assert counts(outcome) == {"looked_at": 2, "unchanged": 1, "read": 1, "new_versions": 1, "changed": 1}
    newest = world.table("changes").iloc[0]
    assert (newest.kind, newest.drug, newest.importance) == ("changed", "colchicine", "dose")
    assert len(world.changes()) == n + 1


def test_a_lead_in_that_turns_changes_the_direction_of_every_drug_under_it(world):
    world.write("gout.txt", gout())
    world.run()
    ids = set(world.table("claims").claim_id)
    world.write("gout.txt", gout(verb="are not recommended"))
    outcome = world.run()
    rows = world.table("changes")
    turned = rows[rows.kind == "changed"]
    assert sorted(zip(turned.drug, turned.importance)) == [
        ("colchicine", "direction"),
        ("naproxen", "direction"),
        ("prednisone", "direction"),
    ]
    assert counts(outcome) == {"looked_at": 1, "read": 1, "new_versions": 1, "changed": 3}
    assert set(world.table("claims").claim_id) == ids


SAME_MEANING = {
    "other bytes, same text": lambda text: text.replace("\n\n", "\n\n\n").encode(),
    "other line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "another bullet": lambda text: text.replace("•", "-").encode(),
    "another encoding": lambda text: text.encode("utf-16"),
}


@pytest.mark.parametrize("how", SAME_MEANING)
def test_what_leaves_the_text_alone_is_no_new_version(world, how):
    world.write("gout.txt", gout())
    world.run()
    before = {k: v for k, v in world.snapshots().items() if k != "articles.parquet"}
    world.write("gout.txt", SAME_MEANING[how](gout()))
    outcome = world.run()
    assert counts(outcome) == {"looked_at": 1, "read": 1}
    assert {k: v for k, v in world.snapshots().items() if k != "articles.parquet"} == before
    assert counts(world.run()) == {"looked_at": 1, "unchanged": 1}


def test_a_renumbered_citation_is_noise(world):
    world.write("gout.txt", gout(cite=" [1]"))
    world.run()
    before = world.changes()
    world.write("gout.txt", gout(cite=" [2]"))
    outcome = world.run()
    assert (outcome.run.changed, outcome.run.added, outcome.run.removed) == (0, 0, 0)
    assert outcome.run.new_versions == 1
    assert world.changes() == before


def test_dated_versions_in_two_folders_are_one_article_whatever_comes_first(tmp_path):
    from .conftest import World

    tables = []
    for order in ([2025, 2026], [2026, 2025], [None]):
        home = tmp_path / "-".join(map(str, order))
        home.mkdir()
        world = World(home)
        files = {2025: gout(date="March 3, 2025"), 2026: gout(date="April 4, 2026", dose="0.6 mg")}
        for year in order:
            for y in [year] if year else files:
                world.write(f"{y}/gout.txt", files[y])
            world.run()
        claims = world.table("claims").drop(columns=["run_id", "recorded_at"])
        ledger = Ledger.open(home / "processed")
        old = ledger.claims(as_of=dt.date(2025, 12, 31)).to_pandas()
        tables.append((claims, sorted(old.dose_text.dropna()), sorted(claims.dose_text.dropna())))
    for claims, old, new in tables:
        assert [any(dose in d for d in said) for dose in ("1.2", "0.6") for said in (old, new)] == [
            True,
            False,
            False,
            True,
        ]
        assert set(claims.article_id) == {"gout"}
        pd.testing.assert_frame_equal(
            claims.drop(columns="claim_id"), tables[0][0].drop(columns="claim_id"), check_like=True
        )


def test_an_article_that_went_bad_keeps_what_was_read_and_is_told_once(world):
    good = world.write("gout.txt", gout())
    world.run()
    claims = len(world.table("claims"))
    good.write_bytes(bytes(range(256)) * 40)
    world.write("zero.txt", b"")
    outcomes = [world.run() for _ in range(3)]
    assert [(o.exit_code, o.run.set_aside, o.run.newly_set_aside) for o in outcomes] == [
        (3, 2, 2),
        (3, 2, 0),
        (3, 2, 0),
    ]
    assert len(world.table("claims")) == claims
    rows = world.table("articles")
    aside = rows[rows.status == "set aside"]
    assert sorted(zip(aside.article_id, aside.what.str.len() > 5, aside["do"].str.len() > 5)) == [
        ("gout", True, True),
        ("zero", True, True),
    ]
    assert sorted((p["location"].rsplit("/", 1)[1], p["failures"]) for p in outcomes[-1].set_aside) == [
        ("gout.txt", 3),
        ("zero.txt", 3),
    ]
    good.write_text(gout())
    mended = world.run()
    assert (mended.exit_code, [p["location"].rsplit("/", 1)[1] for p in mended.set_aside]) == (
        3,
        ["zero.txt"],
    )
    assert set(world.table("articles").query("status == 'set aside'").article_id) == {"zero"}


def test_a_report_counts_what_is_still_set_aside_apart_from_what_was_read(world):
    world.write("gout.txt", gout())
    world.write("zero.txt", b"")
    latest, told = world.home / "processed/reports/latest.md", []
    world.run()
    told.append(latest.read_text().split("## Articles\n\n")[1].split("\n")[0])
    world.write("gout.txt", gout(dose="0.6 mg", date="March 4, 2026"))
    world.write("more.txt", b"")
    world.run()
    told.append(latest.read_text().split("## Articles\n\n")[1].split("\n")[0])
    assert told == [
        "1 read, 1 set aside.",
        "1 read, 1 set aside, 1 still set aside since earlier runs (evidence status lists all).",
    ]


def test_the_bytes_of_what_is_set_aside_are_kept(world):
    world.write("bad.txt", b"%PDF-1.7" + bytes(200))
    outcome = world.run()
    [row] = outcome.set_aside
    assert (
        (world.home / "raw" / "snapshots" / row["sha256"][:2] / row["sha256"] / "content")
        .read_bytes()
        .startswith(b"%PDF")
    )


def test_other_rules_read_everything_anew_and_say_so(world, monkeypatch):
    world.write("gout.txt", gout())
    world.run()
    before = world.table("claims")
    monkeypatch.setattr("flows.run.rules_version", lambda lexicon: "other")
    outcome = world.run()
    assert counts(outcome) == {"looked_at": 1, "read": 1}
    after = world.table("claims")
    assert after.claim_id.tolist() == before.claim_id.tolist()
    rows = Ledger.open(world.home / "processed").articles().to_pylist()
    assert [r["rules_version"] for r in rows] == ["other"]


def test_a_source_with_nothing_in_it_is_told_and_the_others_go_on(world):
    world.write("gout.txt", gout())
    (world.home / "empty").mkdir()
    outcome = world.run(sources=(str(world.home / "empty"), str(world.articles)))
    assert (outcome.exit_code, outcome.run.new_versions, [f["code"] for f in outcome.failed]) == (
        3,
        1,
        ["E-FETCH-7"],
    )


def test_a_place_that_does_not_exist_stops_the_run_before_it_begins(world):
    with pytest.raises(EvidenceError) as told:
        world.run(sources=("no/such/place",))
    assert told.value.code == "E-CONFIG-9"
    assert not (world.home / "processed").exists()


def test_a_second_run_is_told_who_holds_the_ledger(world, today):
    world.write("gout.txt", gout())
    processed = world.home / "processed"
    told = rf"run elsewhere, since {today():%Y-%m-%d %H:%M} UTC\n"
    with Ledger.open(processed).writing("elsewhere", now=today), pytest.raises(LedgerBusy, match=told):
        world.run()
    assert world.run().exit_code == 0


def test_the_configuration_names_sources_publisher_and_hook(world):
    world.write("gout.txt", gout())
    told = world.home / "told.json"
    config = world.home / "sources.toml"
    config.write_text(
        f'notify_command = ["tee", "{told}"]\n[[source]]\nname = "mine"\nfolder = "articles"\npublisher = "Bedside"\n'
    )
    world.run(sources=(), config=config)
    assert set(world.table("claims").source) == {"Bedside"}
    summary = json.loads(told.read_text())
    assert (summary["status"], summary["sources"], summary["new_versions"]) == ("done", ["mine"], 1)
    told.unlink()
    world.run(sources=(), config=config)
    assert not told.exists()


def test_a_log_that_cannot_be_written_stops_no_run_and_is_told(world):
    (world.home / "file").write_text("")
    outcome = world.run(log_json=world.home / "file" / "log.jsonl")
    assert outcome.run.status == "done"
    assert outcome.notes == (f"the log {world.home / 'file' / 'log.jsonl'} cannot be written: File exists",)


def test_a_log_of_json_lines_tells_what_happened(world):
    world.write("bad.txt", b"")
    log = world.home / "log.jsonl"
    outcome = world.run(log_json=log)
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert (lines[0]["event"], lines[-1]["event"]) == ("run started", "run done")
    assert {line["run"] for line in lines} == {outcome.run.run_id}
    assert [line["code"] for line in lines if line["level"] == "warning"] == [outcome.set_aside[0]["code"]]


def test_a_bug_in_one_article_sets_it_aside_until_it_can_be_read(world, monkeypatch):
    world.write("gout.txt", gout())
    world.write("dm.txt", other("diabetes"))
    from flows import stages

    real = stages.extract_claims

    def broken(article, **given):
        if article.article_id == "gout":
            raise ZeroDivisionError("a bug")
        return real(article, **given)

    with monkeypatch.context() as patched:
        patched.setattr(stages, "extract_claims", broken)
        first = world.run()
    assert (first.exit_code, [p["code"] for p in first.set_aside], first.run.new_versions) == (
        3,
        ["E-RUN-1"],
        1,
    )
    second = world.run()
    assert (second.exit_code, second.run.new_versions, second.run.unchanged) == (0, 1, 1)


def test_a_failed_run_is_on_record_and_the_next_one_finishes_it(world, monkeypatch):
    world.write("gout.txt", gout())
    from flows import closing

    def broken(*_args, **_given):
        raise ZeroDivisionError("a bug")

    with monkeypatch.context() as patched:
        patched.setattr(closing, "reconcile", broken)
        with pytest.raises(EvidenceError, match="E-RUN-1"):
            world.run()
    ledger = Ledger.open(world.home / "processed")
    assert ledger.claims().num_rows == 0
    assert [(r["status"], "a bug" in (r["error"] or "")) for r in ledger.runs().to_pylist()] == [
        ("failed", True)
    ]
    outcome = world.run()
    assert (outcome.run.status, outcome.run.claims > 0, outcome.run.read) == ("done", True, 0)
    assert "new" in outcome.reports[0].read_text() or outcome.reports[0].name != "latest.html"


def test_a_report_that_fails_does_not_keep_the_data_back_and_the_next_one_tells_all(world, monkeypatch):
    world.write("gout.txt", gout())
    world.run()
    from flows import reporting

    def broken(*_args, **_given):
        raise ZeroDivisionError("a bug")

    world.write("gout.txt", gout(dose="0.6 mg"))
    log = world.home / "log.jsonl"
    with monkeypatch.context() as patched:
        patched.setattr(reporting, "write_reports", broken)
        first = world.run(log_json=log)
        again = world.run()
    assert [(o.run.status, o.exit_code, o.reports) for o in (first, again)] == [("done", 0, ())] * 2
    assert all(len(o.notes) == 1 and "report was not written" in o.notes[0] for o in (first, again))
    assert first.notes[0] == first.run.error
    assert "ZeroDivisionError" in log.read_text()
    assert "0.6 mg" in " ".join(world.table("claims").dose_text.dropna())
    world.write("dm.txt", other("diabetes"))
    mended = world.run()
    assert (mended.notes, mended.run.error) == ((), None)
    said = mended.reports[1].read_text()
    assert ("0.6 mg" in said, "metformin" in said.lower()) == (True, True)
    changes = json.loads(mended.reports[2].read_text())["changes"]
    assert sorted(c["drug"] for c in changes) == ["colchicine", "metformin"]
    calm = world.run()
    assert calm.reports[0].name == "latest.html"


def test_status_and_query_after_a_run(world):
    world.write("gout.txt", gout())
    world.write("zero.txt", b"")
    world.run()
    ledger = Ledger.open(world.home / "processed")
    status = status_of(ledger, now=NOW, stale_after_days=30)
    assert (status.articles, len(status.set_aside), len(status.not_checked)) == (1, 1, 2)
    assert status.no_claims == ()
    found = query(ledger, "SELECT drug FROM evidence WHERE drug = 'allopurinol'").table
    assert found.column("drug").to_pylist() == ["allopurinol"]


def test_status_names_the_articles_in_which_no_claim_was_found(world):
    world.write("gout.txt", gout())
    world.write("hours.txt", "Opening Hours\n\nThe clinic opens at nine. Bring your letters.\n")
    world.run()
    status = status_of(Ledger.open(world.home / "processed"), now=NOW)
    assert [(a["article_id"], a["title"], a["n_claims"]) for a in status.no_claims] == [
        ("hours", "Opening Hours", 0)
    ]
    done = run("status", "--processed", str(world.home / "processed"))
    assert f"No claims found in: 1\n  {world.articles / 'hours.txt'}  Opening Hours\n" in done.output


def test_options_without_any_source_are_told(tmp_path):
    with pytest.raises(EvidenceError, match="E-RUN-2"):
        run_plain(RunOptions(raw=tmp_path / "r", processed=tmp_path / "p", progress="none"))
