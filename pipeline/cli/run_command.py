"""`evidence run`"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from pipeline.cli.options import Home, home_options

_ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


@click.command(name="run")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--only", multiple=True, metavar="NAME", help="Only this source of the configuration (repeatable)."
)
@click.option(
    "--wait",
    default=0.0,
    metavar="SECONDS",
    help="Wait so long for another run on this ledger (-1: for ever).",
)
@click.option(
    "--again", is_flag=True, help="Ask for, read and extract everything anew, also what did not change."
)
@click.option("--allow-private-network", is_flag=True, help="Fetch from loopback and private networks too.")
@click.option("--plain", is_flag=True, help="Run the stages as plain Python, without Prefect.")
@click.option("--quiet", is_flag=True, help="No progress; the summary and problems only.")
@click.option(
    "--log-json",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the log here, as JSON lines.",
)
@home_options
def command(
    sources: tuple[str, ...],
    only: tuple[str, ...],
    wait: float,
    again: bool,
    allow_private_network: bool,
    plain: bool,
    quiet: bool,
    log_json: Path | None,
    home: Home,
) -> None:
    """Read the sources, bring the ledger up to date, write the diff report.

    SOURCE is a file, a folder, a glob or a web address; without one, the sources of the configuration are read.
    What did not change is skipped. What cannot be read is set aside with its reason, and the rest goes on.

    \b
      $ evidence run
      $ evidence run raw/samples --processed /tmp/try
      $ evidence run https://guides.example/af --allow-private-network

    Exit codes: 0 all well, 1 failed, 2 wrong usage, 3 done but some articles were set aside or not fetched.
    """
    from flows.options import RunOptions
    from flows.run import run_ingest
    from pipeline.cli import complain, hush, not_written
    from pipeline.cli.summary import tell

    options = RunOptions(
        raw=home.raw,
        processed=home.processed,
        sources=sources,
        config=home.config,
        only=only,
        wait=wait,
        again=again,
        progress="none" if quiet else "auto",
        log_json=log_json,
        allow_private_network=allow_private_network,
        orchestrated=not plain,
    )

    try:
        with _ending_in_order():
            outcome = run_ingest(options)
    except KeyboardInterrupt:
        click.echo(
            "interrupted; what was recorded is kept, the next `evidence run` goes on from there", err=True
        )
        sys.exit(1)
    try:
        tell(outcome)
    except BrokenPipeError:
        hush()  # who listened has gone
    except OSError as error:
        complain(not_written(error))
    sys.exit(outcome.exit_code)


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """Told to end by the system (SIGTERM), or its terminal gone (SIGHUP), a run stops as after Ctrl-C."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # not by SIGINT itself: a shell starts what is in its background deaf to that, and `nohup` deaf to SIGHUP
    usual = {s: handler for s in _ENDING if (handler := signal.getsignal(s)) is not signal.SIG_IGN}
    for number in usual:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)
