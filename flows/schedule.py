"""The sources on their schedules, on this machine: one deployment of the flow `ingest` per schedule, served by Prefect."""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.errors import RunError
from flows.server import QUIET, configured_server, set_defaults
from pipeline.ledger import Ledger
from pipeline.sources import load_config


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Sources that run together: their names, and the cron line (UTC)."""

    name: str
    cron: str
    sources: tuple[str, ...]


def schedules_of(config: Path) -> tuple[Schedule, ...]:
    """The schedules of a configuration; sources with the same cron line run together.

    Raises ConfigError, and RunError (E-RUN-5) where no source has a schedule.
    """
    together: dict[str, list[str]] = {}
    for source in load_config(config).sources:
        if source.schedule is not None:
            together.setdefault(" ".join(source.schedule.split()), []).append(source.name)
    if not together:
        raise RunError(
            "E-RUN-5",
            "no source has a schedule",
            where=str(config),
            do='add to a source:  schedule = "0 3 * * *"   (each night at 3 UTC)',
        )
    return tuple(
        Schedule(name=f"ingest-{number}", cron=cron, sources=tuple(sorted(names)))
        for number, (cron, names) in enumerate(sorted(together.items()), start=1)
    )


def deployments(config: Path, raw: Path, processed: Path) -> list[Any]:
    """The Prefect deployments of the schedules."""
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    from flows.ingest import ingest

    return [
        ingest.to_deployment(
            name=schedule.name,
            schedule=Cron(schedule.cron, timezone="UTC"),
            parameters={
                "raw": str(raw),
                "processed": str(processed),
                "config": str(config),
                "only": list(schedule.sources),
            },
            description=f"Sources: {', '.join(schedule.sources)}",
            tags=["evidence"],
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for schedule in schedules_of(config)
    ]


def serve_schedules(config: Path, raw: Path, processed: Path) -> None:
    """Serve the schedules until stopped (Ctrl-C). Blocks.

    Uses the configured Prefect server, else one of its own, which then keeps its schedules under
    `processed/.prefect`. Raises ConfigError, RunError, LedgerError.
    """
    schedules_of(config)
    Ledger.open(processed)
    set_defaults(QUIET)
    if configured_server():
        _serve(config, raw, processed)
        return
    set_defaults({"PREFECT_HOME": str(processed / ".prefect")})
    from flows.server import Server

    server = Server(Path(os.environ["PREFECT_HOME"]), lasting=True)
    os.environ["PREFECT_API_URL"] = server.address
    try:
        server.wait()
        _serve(config, raw, processed)
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        server.stop()


def _serve(config: Path, raw: Path, processed: Path) -> None:
    """One run at a time, counted here: a server goes on counting a run that died with whoever served it.

    SIGTERM, and SIGHUP of a terminal that is gone, end it as Ctrl-C does: the run under way is stopped, and the next one goes on from what it recorded.
    Prefect's own way out of SIGTERM goes through the middle of its loop and leaves a traceback where a run is under way.
    """
    from prefect.runner import Runner

    class Ending(Runner):
        async def start(self, *args: Any, **kwargs: Any) -> None:
            self.loop, self.task = asyncio.get_running_loop(), asyncio.current_task()
            gone: int | None = getattr(signal, "SIGHUP", None)
            if gone is not None and signal.getsignal(gone) is not signal.SIG_IGN:
                signal.signal(gone, self.handle_sigterm)
            await super().start(*args, **kwargs)

        def handle_sigterm(self, *args: Any, **kwargs: Any) -> None:
            assert self.task is not None
            self.loop.call_soon_threadsafe(self.task.cancel)

    runner = Ending(pause_on_shutdown=False, limit=1)
    for deployment in deployments(config, raw, processed):
        runner.add_deployment(deployment)
    try:
        asyncio.run(runner.start())
    except (KeyboardInterrupt, asyncio.CancelledError):
        return
