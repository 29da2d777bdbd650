"""One run from beginning to end, whoever drives its stages: plain Python here, Prefect in `flows.ingest`."""

from __future__ import annotations

import datetime as dt
import importlib.util
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flows.closing import reconcile_run
from flows.errors import RunError, unexpected
from flows.logs import RunLog
from flows.memory import give_back, settle, share, unsettle
from flows.notify import notify
from flows.options import RunOptions, RunOutcome
from flows.progress import Progress
from flows.recording import record_batch
from flows.reporting import report_run
from flows.stages import extract_batch, ingest_batch, read_batch
from flows.state import Item, Run
from pipeline.claims import rules_version
from pipeline.claims.seen import forget
from pipeline.evidence import load_rules
from pipeline.ledger import Ledger, LedgerBusy, RunRow
from pipeline.ledger.lock import is_held, turn
from pipeline.model import EvidenceError, row_of
from pipeline.model.addresses import without_secrets
from pipeline.sources import Config, RawStore, load_config, rules_text, sources_from_arguments
from pipeline.vocabulary import Lexicon


def utc_now() -> dt.datetime:
    """The time, in UTC."""
    return dt.datetime.now(dt.UTC)


def new_run_id(now: dt.datetime) -> str:
    """A name that sorts by time: `20260301T120000-1f3a`."""
    return f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(2)}"


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages as a driver calls them: plain functions, or Prefect tasks around them."""

    ingest: Callable[[Run], list[Item]]
    read: Callable[[Run, list[Item]], list[Item]]
    extract: Callable[[Run, list[Item]], list[Item]]
    record: Callable[[Run, list[Item]], None]
    reconcile: Callable[[Run], None]
    report: Callable[[Run], tuple[Path, ...]]


def _ingest(run: Run) -> list[Item]:
    return ingest_batch(run)


def _record(run: Run, items: list[Item]) -> None:
    record_batch(run, items, utc_now())


def _report(run: Run) -> tuple[Path, ...]:
    return report_run(run, utc_now())


PLAIN = Stages(_ingest, read_batch, extract_batch, _record, reconcile_run, _report)


def configuration(options: RunOptions) -> Config:
    """The sources of a run: those named, else those of the configuration file. Raises ConfigError, RulesError, RunError."""
    base = load_config(options.config) if options.config is not None else None
    if options.sources:
        config = sources_from_arguments(options.sources, base=base)
    elif base is not None:
        config = base
    else:
        raise RunError(
            "E-RUN-2", "no source is named", do="name a file, a folder or an address: evidence run articles/"
        )
    if options.only:
        wanted = {without_secrets(name) for name in options.only}
        chosen = tuple(s for s in config.sources if s.name in wanted)
        if {s.name for s in chosen} != wanted:
            known = ", ".join(s.name for s in config.sources)
            raise RunError(
                "E-RUN-3", "no such source", where=", ".join(options.only), do=f"the sources are {known}"
            )
        config = replace(config, sources=chosen)
    load_rules(rules_text(config))  # what is wrong with them is told before anything is fetched
    return replace(config, allow_private_network=True) if options.allow_private_network else config


@contextmanager
def open_run(options: RunOptions) -> Iterator[Run]:
    """The ledger held, what it knew loaded, the vocabulary ready. Raises EvidenceError."""
    config = configuration(options)
    share()
    started_at = utc_now()
    run_id = new_run_id(started_at)
    progress = Progress(options.progress)
    places = [options.processed / "logs" / f"{run_id}.jsonl"] + (
        [options.log_json] if options.log_json else []
    )
    opened = False
    try:
        waiting = lambda who: progress.say(f"waiting for {who}")  # noqa: E731
        ledger = Ledger.open(options.processed)
        with ledger.writing(run_id, now=utc_now, wait=options.wait, waiting=waiting) as writer:
            log = RunLog(run_id, places, utc_now)
            run = Run(options, config, run_id, started_at, RawStore(options.raw), writer, log, progress)
            try:
                run.notes += log.unwritten
                for other in writer.interrupted:
                    run.notes.append(
                        f"run {other} was interrupted; this one goes on from what it had recorded"
                    )
                if writer.killed is not None:
                    log.event("tidied", files=run.store.tidy(writer.killed))
                log.event("run started", sources=[s.name for s in config.sources])
                with run.timed("ingest"):
                    run.lexicon = Lexicon.default()
                    run.rules_version = rules_version(run.lexicon)
                    run.known.load(run.writer)
                    give_back()
                opened = True
                yield run
            finally:
                run.known.shelf.close()
                log.close()
    except Exception as error:
        if not opened:
            not_started(options, config, error, run_id, started_at)
        raise
    finally:
        progress.close()


def not_started(
    options: RunOptions,
    config: Config,
    error: Exception,
    run_id: str = "",
    started_at: dt.datetime | None = None,
) -> None:
    """Tell the operator of a run that came to nothing; who does not wait for another run sees that by himself."""
    if isinstance(error, LedgerBusy) and options.wait == 0:
        return
    now = utc_now()
    row = RunRow(
        run_id=run_id or new_run_id(now),
        started_at=started_at or now,
        finished_at=now,
        status="failed",
        sources=tuple(s.name for s in config.sources),
        error=str(error),
    )
    notify(config, summary(row))


def drive(run: Run, stages: Stages) -> RunOutcome:
    """Run all stages and publish. Raises what stops the run; what was recorded until then stays recorded."""
    settled = False
    try:
        while True:
            with run.timed("ingest"):
                items = stages.ingest(run)
            if not items:
                break
            run.progress.advance("ingest", len(items))
            with run.timed("read"):
                items = stages.read(run, items)
            run.progress.advance("read", len(items))
            with run.timed("extract"):
                items = stages.extract(run, items)
            run.progress.advance("extract", len(items))
            if not settled:  # patterns are loaded where the first statement is read
                settle()
                settled = True
            with run.timed("record"):
                stages.record(run, items)
            run.progress.advance("record", len(items))
        _tell(run)
        run.outcomes = None
        forget()  # all is read: what follows can have the memory
        give_back()
        with run.timed("reconcile"):
            stages.reconcile(run)
        give_back()
        run.progress.stage_done(
            "reconcile", "evidence and discrepancies are up to date", run.seconds.get("reconcile", 0.0)
        )
        with run.timed("report"):
            reports, problem = _reported(run, stages)
        give_back()
        row = run.row("done", utc_now(), problem)
        rewritten = run.writer.publish(row, checked=run.known.unchanged)
        run.progress.stage_done("report", str(reports[0]) if reports else "", run.seconds.get("report", 0.0))
        if run.writer.tidied.files:
            run.log.event("tidied", files=run.writer.tidied.files, bytes=run.writer.tidied.size)
        if run.writer.not_tidied is not None:
            run.log.problem("not tidied", run.writer.not_tidied)
        run.log.event("run done", **summary(row))
        _notify(run, row)
        return outcome(run, row, reports, tuple(rewritten))
    except BaseException as error:
        stop(run, error)
        raise
    finally:
        unsettle()


def _reported(run: Run, stages: Stages) -> tuple[tuple[Path, ...], str | None]:
    """The files of the report. Where it fails the data are published all the same, and the next run reports them too."""
    try:
        return stages.report(run), None
    except Exception as error:
        told = error if isinstance(error, EvidenceError) else unexpected(error, "the report")
        problem = f"the report was not written, the next run tries again: {told}"
        run.log.problem("report failed", error)
        run.notes.append(problem)
        return (), problem


def _tell(run: Run) -> None:
    c, done = run.counts, run.progress.stage_done
    done("ingest", f"{c['looked_at']} places, {c['unchanged']} unchanged", run.seconds.get("ingest", 0.0))
    done("read", f"{c['read']} articles", run.seconds.get("read", 0.0))
    done("extract", f"{c['new_versions']} new versions", run.seconds.get("extract", 0.0))
    told = f"{c['added']} claims added, {c['changed']} changed, {c['removed']} removed"
    done("record", told, run.seconds.get("record", 0.0))


def stop(run: Run, error: BaseException) -> None:
    """Record that the run failed or was interrupted, if the ledger can still be written."""
    interrupted = not isinstance(error, Exception)  # Ctrl-C, SIGTERM, the end of the process
    run.log.problem("run interrupted" if interrupted else "run failed", error)
    why = "interrupted" if interrupted else without_secrets(str(error))
    status, now = "interrupted" if interrupted else "failed", utc_now()
    row = RunRow(run_id=run.run_id, started_at=run.started_at, finished_at=now, status=status, error=why)
    try:
        row = run.row(status, now, why)
        if not run.writer.published:  # else it is on record; the next run writes what is missing beside it
            run.writer.record_failure(row)
    except Exception as second:  # the first error is the one to tell
        run.log.problem("the failure could not be recorded", second)
    _notify(run, row)


def _notify(run: Run, row: RunRow) -> None:
    for problem in notify(run.config, summary(row)):
        run.notes.append(problem)
        run.log.event("notification failed", "warning", what=problem)


def outcome(run: Run, row: RunRow, reports: tuple[Path, ...], rewritten: tuple[str, ...]) -> RunOutcome:
    """What the caller of a run is told."""
    wrong = run.writer.rows("places", where={"status": ["set aside", "failed"]}).sort_by("location")
    here = [p for p in wrong.to_pylist() if p["location"] in run.known.seen]
    return RunOutcome(
        run=row,
        set_aside=tuple(p for p in here if p["status"] == "set aside"),
        failed=tuple(p for p in here if p["status"] == "failed"),
        reports=reports,
        rewritten=rewritten,
        notes=tuple(run.notes),
    )


def summary(row: RunRow) -> dict[str, Any]:
    """A run's row as JSON-able values."""
    values = row_of(row)
    return {k: v.isoformat() if isinstance(v, dt.datetime) else v for k, v in values.items()}


def run_plain(options: RunOptions) -> RunOutcome:
    """One run without Prefect. Raises EvidenceError for what stops it; a bug of ours as RunError E-RUN-1."""
    try:
        with open_run(options) as run:
            return drive(run, PLAIN)
    except EvidenceError:
        raise
    except Exception as error:
        raise unexpected(error, str(options.processed)) from error


def run_ingest(options: RunOptions) -> RunOutcome:
    """One run as a Prefect flow, or in plain Python where Prefect is not installed or not wanted.

    Raises EvidenceError for what stops it; KeyboardInterrupt, once what was done is safe and recorded.
    """
    if not options.orchestrated or importlib.util.find_spec("prefect") is None:
        return run_plain(options)
    config = configuration(options)  # a mistake in it is told before anything starts
    try:
        await_turn(options)
    except EvidenceError as error:
        not_started(options, config, error)
        raise
    from flows.server import prefect_server

    with prefect_server(options.processed) as server:
        if server is not None:  # some seconds pass until there is a stage to tell of
            start = Progress(options.progress)
            start.close()
            start.say(f"{'start':<10} a Prefect server for this run (--plain goes without)")
        Lexicon.default()
        from flows.ingest import run_flow

        if server is not None:
            server.wait()
        return run_flow(options)


def await_turn(options: RunOptions) -> None:
    """Say at once that another run holds the ledger, or wait for it, before anything is started. Raises LedgerBusy."""
    folder = options.processed / "ledger"
    if is_held(folder):
        waiting = Progress(options.progress)
        waiting.close()
        with turn(folder, wait=options.wait, waiting=lambda who: waiting.say(f"waiting for {who}")):
            pass
