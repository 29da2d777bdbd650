"""`evidence ...`: parses arguments, calls a flow or a room, prints.

A command's module is imported only when the command is named, so that `evidence --help` and
`evidence extract` need not load what they do not use.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import importlib.util
import os
import sys
from collections.abc import Iterator
from typing import Any

import click

from pipeline.model import EvidenceError

COMMANDS = {
    "run": "Read the sources, bring the ledger up to date, write the diff report.",
    "extract": "Print the claims of one article, without touching the ledger.",
    "diff": "Show what changed in meaning between two files, runs or dates.",
    "report": "Write or open the report of a run.",
    "query": "Ask the tables with SQL, as of any day.",
    "show": "Print one claim in its section, with the rule that gave each value.",
    "status": "Tell what ran, what changed, what is set aside and what is stale.",
    "review": "Open the review desk in the browser.",
    "schedule": "Run the sources on their schedules, on this machine.",
    "annotate": "Mark drugs, diseases, doses and more in plain text, as JSON lines.",
    "vocabulary": "Import release files of RxNorm, MONDO, DOID or ATC; tell what is known.",
    "evaluate": "Score the extractor against expected rows or the editors' decisions.",
    "export": "Write claims and decisions as JSONL, CSV, brat or Web Annotations.",
    "import": "Read decisions from JSONL, CSV, brat or Web Annotations.",
}


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_BROKEN = (errno.EIO, errno.ESTALE, errno.ENXIO)  # a disk, a share or a terminal that is away


class LazyGroup(click.Group):
    """A group whose commands are imported when they are first asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name in COMMANDS if _available(name)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS or not _available(cmd_name):
            return None
        module = importlib.import_module(_module(cmd_name))
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with _listening():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        with _listening():
            return super().invoke(ctx)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        _occupy_closed_streams()
        try:
            return super().main(*args, **kwargs)
        except _NobodyListens:  # `evidence query … | head` is no error
            hush()
            sys.exit(0)
        except EvidenceError as error:
            complain(error)
            sys.exit(1)
        except OSError as error:
            if error.filename is None and error.errno not in (*_FULL, *_BROKEN):
                raise
            complain(not_written(error))
            sys.exit(1)
        except UnicodeEncodeError as error:
            words = ascii(error.object[error.start : error.end])
            told = EvidenceError(
                "E-CLI-7",
                f"{words} cannot be written as {error.encoding}",
                where="standard output",
                do="say PYTHONIOENCODING=utf-8 before the command",
            )
            complain(told)
            sys.exit(1)


def not_written(error: OSError) -> EvidenceError:
    """The error (E-CLI-6) of a file or stream that cannot be read or written."""
    return EvidenceError(
        "E-CLI-6",
        error.strerror or type(error).__name__,
        where=str(error.filename or ("the output" if error.errno in _FULL else "the input or output")),
        do="make room" if error.errno in _FULL else "check the place and its access rights",
    )


class _NobodyListens(Exception):
    """The pipe behind the output was closed."""


@contextlib.contextmanager
def _listening() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:  # click would make it a failure
        raise _NobodyListens from error


def hush() -> None:
    """Write nowhere from now on, also what still waits to be written."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for number in (1, 2):
        os.dup2(nowhere, number)


def complain(error: EvidenceError) -> None:
    """Tell of an error, if anybody listens."""
    with contextlib.suppress(OSError):
        click.echo(str(error), err=True)


def _occupy_closed_streams() -> None:
    """Standard streams that were closed (`evidence run >&-`) lead nowhere; else the next file that is opened takes the place of one."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115 -- until the end


def _module(name: str) -> str:
    return f"pipeline.cli.{name}_command"


def _available(name: str) -> bool:
    return importlib.util.find_spec(_module(name)) is not None


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="evidence-ledger", prog_name="evidence")
def main() -> None:
    """An evidence ledger for medical articles.

    Reads articles that tell clinicians how to treat a disease, turns every recommendation in them
    into a row (drug, dose, strength, disease, and the exact words), reconciles what different articles say on
    different dates, and shows what changed.

    \b
      $ evidence run                          read the sources in sources.toml
      $ evidence run articles/ --raw r --processed p
      $ evidence extract article.html         one article, nothing is kept
      $ evidence query "select drug, disease, status from evidence limit 5"

    Exit codes: 0 all well, 1 failed, 2 wrong usage, 3 done but some articles were set aside or not fetched.
    """
