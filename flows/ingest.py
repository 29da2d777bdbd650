"""The Prefect flow `ingest`: what runs, in which batches, with which retries.

Tasks are handed the number of a run and its batch, never the articles: what they work on stays in this process
(Prefect would walk through it, hash it and send it about).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.exceptions import MissingContextError
from prefect.runtime import flow_run as this_flow_run
from prefect.states import Completed, Scheduled

from flows.errors import unexpected
from flows.options import RunOptions, RunOutcome
from flows.reporting import changes_of_meaning
from flows.run import PLAIN, Stages, drive, open_run
from flows.state import Item, Run
from pipeline.model import EvidenceError
from pipeline.model.addresses import without_secrets

SHOWN = 500
MOST_ATTEMPTS = 3
ATTEMPT = "attempt-"


@dataclass(slots=True)
class Board:
    """What the tasks of one run work on."""

    run: Run
    batches: dict[int, list[Item]] = field(default_factory=dict)
    reports: tuple[Path, ...] = ()


BOARDS: dict[str, Board] = {}
OUTCOMES: dict[str, RunOutcome] = {}
MEANT: dict[str, str] = {}  # addresses with their secrets, by how Prefect records them


def _may_pass(task: Any, run: Any, state: Any) -> bool:
    """Whether trying again may help: the world failed, not our code nor what we were given."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, OSError) or (
        isinstance(error, EvidenceError)
        and error.code.startswith(("E-STORE", "E-LEDGER", "E-FETCH", "E-REPORT"))
    )


WORLD: dict[str, Any] = {
    "retries": 2,
    "retry_delay_seconds": [2, 15],
    "retry_condition_fn": _may_pass,
    "cache_policy": NO_CACHE,
    "persist_result": False,
}
PURE: dict[str, Any] = {"cache_policy": NO_CACHE, "persist_result": False}


@task(name="ingest", task_run_name="ingest-{batch}", **WORLD)
def ingest_task(run_id: str, batch: int) -> int:
    """Fetch until a batch of new bytes is together; gives how many places it holds."""
    board = BOARDS[run_id]
    board.batches[batch] = PLAIN.ingest(board.run)
    return len(board.batches[batch])


@task(name="read", task_run_name="read-{batch}", **PURE)
def read_task(run_id: str, batch: int) -> int:
    """Bytes to articles."""
    board = BOARDS[run_id]
    board.batches[batch] = PLAIN.read(board.run, board.batches[batch])
    return sum(item.article is not None for item in board.batches[batch])


@task(name="extract", task_run_name="extract-{batch}", **PURE)
def extract_task(run_id: str, batch: int) -> int:
    """Articles to claims."""
    board = BOARDS[run_id]
    board.batches[batch] = PLAIN.extract(board.run, board.batches[batch])
    return sum(len(item.claims) for item in board.batches[batch])


@task(name="record", task_run_name="record-{batch}", **WORLD)
def record_task(run_id: str, batch: int) -> None:
    """One commit for the batch."""
    board = BOARDS[run_id]
    PLAIN.record(board.run, board.batches[batch])
    del board.batches[batch]


@task(name="reconcile", **WORLD)
def reconcile_task(run_id: str) -> None:
    """Claims to evidence and discrepancies."""
    PLAIN.reconcile(BOARDS[run_id].run)


@task(name="report", **WORLD)
def report_task(run_id: str) -> list[str]:
    """The diff report, as files and as an artifact of the run."""
    board = BOARDS[run_id]
    board.reports = PLAIN.report(board.run)
    _show_changes(board.run)
    return [str(path) for path in board.reports]


def _stages(run_id: str) -> Stages:
    """The stages of a run as tasks."""
    numbers = iter(range(1, 1_000_000_000))
    at = {"batch": 0}
    board = BOARDS[run_id]

    def ingest(run: Run) -> list[Item]:
        at["batch"] = next(numbers)
        ingest_task(run_id, at["batch"])
        return board.batches[at["batch"]]

    def read(run: Run, items: list[Item]) -> list[Item]:
        read_task(run_id, at["batch"])
        return board.batches[at["batch"]]

    def extract(run: Run, items: list[Item]) -> list[Item]:
        extract_task(run_id, at["batch"])
        return board.batches[at["batch"]]

    def record(run: Run, items: list[Item]) -> None:
        record_task(run_id, at["batch"])

    def reconcile(run: Run) -> None:
        reconcile_task(run_id)

    def report(run: Run) -> tuple[Path, ...]:
        report_task(run_id)
        return board.reports

    return Stages(ingest, read, extract, record, reconcile, report)


def _again_after_crash(flow: Any, flow_run: Any, state: Any) -> None:
    """A run of a deployment whose process died is followed by another, which goes on from what was recorded.

    A run of its own, because a worker may report the death a second time, over whatever the first run's state became.
    """
    attempts = [int(tag.removeprefix(ATTEMPT)) for tag in flow_run.tags if tag.startswith(ATTEMPT)]
    number = max(attempts, default=1)
    if flow_run.deployment_id is None or number >= MOST_ATTEMPTS:
        return
    others = [tag for tag in flow_run.tags if not tag.startswith(ATTEMPT)]
    with get_client(sync_client=True) as client:
        client.create_flow_run_from_deployment(
            flow_run.deployment_id,
            parameters=flow_run.parameters,
            state=Scheduled(message=f"the process of {flow_run.name} died; trying again"),
            tags=[*others, f"{ATTEMPT}{number + 1}"],
            idempotency_key=f"after {flow_run.id}",
        )


@flow(name="ingest", log_prints=False, persist_result=False, on_crashed=[_again_after_crash])
def ingest(
    raw: str,
    processed: str,
    sources: list[str] | None = None,
    config: str | None = None,
    only: list[str] | None = None,
    wait: float = 3600.0,
    again: bool = False,
    batch_size: int = 200,
    progress: str = "lines",
    log_json: str | None = None,
    allow_private_network: bool = False,
) -> Any:
    """Bring the ledger under `processed` up to date with its sources. Parameters as in `RunOptions`."""
    options = RunOptions(
        raw=Path(raw),
        processed=Path(processed),
        sources=tuple(MEANT.get(source, source) for source in sources or ()),
        config=Path(config) if config else None,
        only=tuple(only or ()),
        wait=wait,
        again=again,
        batch_size=batch_size,
        progress=progress,
        log_json=Path(log_json) if log_json else None,
        allow_private_network=allow_private_network,
    )
    try:
        with open_run(options) as run:
            BOARDS[run.run_id] = Board(run)
            try:
                outcome = drive(run, _stages(run.run_id))
            finally:
                BOARDS.pop(run.run_id, None)
    except Exception as error:
        _show_failure(error)
        raise
    OUTCOMES[str(this_flow_run.id)] = outcome
    row = outcome.run
    said = (
        f"{row.new_versions} new versions; {row.added} claims added, {row.changed} changed, {row.removed} removed; "
        f"{row.set_aside} articles set aside, {row.conflicts} open conflicts"
    )
    _log(said)
    return Completed(message=said)


def _show_changes(run: Run) -> None:
    rows, count = changes_of_meaning(run, SHOWN)
    table = [
        {
            "what": row["kind"],
            "importance": row["importance"],
            "drug": row["drug"],
            "disease": row["disease"],
            "from": "; ".join(f"{f['field']}: {f['old']}" for f in row["fields"]) or row["old_quote"] or "",
            "to": "; ".join(f"{f['field']}: {f['new']}" for f in row["fields"]) or row["new_quote"] or "",
            "article": row["article_id"],
        }
        for row in rows
    ]
    more = f" (the first {SHOWN} of {count})" if count > SHOWN else ""
    create_table_artifact(
        key="changes", table=table, description=f"{count} changes of meaning in run {run.run_id}{more}"
    )


def _show_failure(error: Exception) -> None:
    said = str(error) if isinstance(error, EvidenceError) else f"{type(error).__name__}: {error}"
    said = without_secrets(said)
    try:
        create_markdown_artifact(key="failure", markdown=f"# The run failed\n\n```\n{said}\n```\n")
    except Exception as second:  # the first error is the one to tell
        _log(f"the failure could not be shown as an artifact: {second}")


def _log(text: str) -> None:
    try:
        get_run_logger().info(text)
    except MissingContextError:
        return


def run_flow(options: RunOptions) -> RunOutcome:
    """The flow with `options`, in this process. Raises what stopped it: EvidenceError, or RunError for a bug."""
    before = set(OUTCOMES)
    named = []
    for source in options.sources:
        name = without_secrets(source)
        named.append(name if MEANT.setdefault(name, source) == source else f"{name} (another)")
        MEANT[named[-1]] = source
    try:
        ingest(
            raw=str(options.raw),
            processed=str(options.processed),
            sources=named,
            config=str(options.config) if options.config else None,
            only=list(options.only),
            wait=options.wait,
            again=options.again,
            batch_size=options.batch_size,
            progress=options.progress,
            log_json=str(options.log_json) if options.log_json else None,
            allow_private_network=options.allow_private_network,
        )
    except EvidenceError:
        raise
    except Exception as error:
        raise unexpected(error, str(options.processed)) from error
    [mine] = set(OUTCOMES) - before
    return OUTCOMES.pop(mine)
