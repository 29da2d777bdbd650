"""The errors of this room; each is told once, with what to do."""

from __future__ import annotations

import errno

from pipeline.model import EvidenceError


class LedgerError(EvidenceError):
    """The ledger cannot be read, written or asked (E-LEDGER-*)."""


class LedgerBusy(LedgerError):
    """Another process is writing to this ledger (E-LEDGER-2)."""


class QueryError(LedgerError):
    """The SQL cannot be run (E-QUERY-*)."""


class BrokenBatch(RuntimeError):
    """Rows that do not fit their table: a bug of ours, so no EvidenceError. Nothing of the batch is written."""


_FULL = ("No space left", "File too large", "Disk quota exceeded", "os error 28", "os error 27")
_DENIED = ("Permission denied", "Read-only file system", "os error 13", "os error 30", "os error 1)")
_NO_FOLDER = ("Not a directory", "File exists", "os error 20", "os error 17")


def storage_error(error: Exception, where: str) -> LedgerError:
    """What a failed write means to a person: no space, no access, or something else (E-LEDGER-3 to 5).

    >>> storage_error(OSError(errno.ENOSPC, "No space left on device"), "tables").code
    'E-LEDGER-3'
    """
    words = str(error)
    number = getattr(error, "errno", None)
    if number in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT) or any(w in words for w in _FULL):
        return LedgerError(
            "E-LEDGER-3",
            "the disk is full",
            where=where,
            do="free some space and run again; what was recorded before is kept",
        )
    if number in (errno.EACCES, errno.EPERM, errno.EROFS) or any(w in words for w in _DENIED):
        return LedgerError(
            "E-LEDGER-4",
            "the folder cannot be written",
            where=where,
            do="give write access to it, or name another with --processed",
        )
    if number in (errno.ENOTDIR, errno.EEXIST) or any(w in words for w in _NO_FOLDER):
        return LedgerError(
            "E-LEDGER-4",
            "this is no folder that can be written",
            where=where,
            do="name a folder with --processed",
        )
    return LedgerError(
        "E-LEDGER-5",
        "the tables could not be read or written",
        where=where,
        do=f"run again; if it stays, look at the folder's files ({words.splitlines()[0] if words else error!r})",
    )
