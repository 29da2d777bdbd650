"""The errors of a run as a whole."""

from __future__ import annotations

from pipeline.model import EvidenceError

BUG = "E-RUN-1"


class RunError(EvidenceError):
    """A run could not be done (E-RUN-*)."""


def unexpected(error: BaseException, where: str) -> RunError:
    """A bug of ours, as a person may be told of it; the traceback is in the log."""
    return RunError(
        BUG,
        f"something unexpected happened: {type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}",
        where=where,
        do="report it as a bug with the log of the run; what was recorded before is kept",
    )
