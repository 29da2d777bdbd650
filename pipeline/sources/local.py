"""Articles in folders of this machine."""

from __future__ import annotations

import datetime as dt
import fnmatch
import glob
import hashlib
import mimetypes
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.model import Snapshot
from pipeline.model.addresses import without_secrets
from pipeline.sources.config import Source
from pipeline.sources.errors import FetchError
from pipeline.sources.outcome import Failed, Fetched, Gone, Outcome

SUFFIXES = frozenset({".txt", ".text", ".html", ".htm", ".xhtml", ".xml", ".nxml", ".md", ".markdown", ""})
SKIPPED_NAMES = ("readme*", "license*", "sources.toml", ".*", "*~", "*.part")


def wanted(path: str, source: Source, root: str) -> bool:
    """Whether a file below `root` is an article by its name; `include` and `exclude` are globs on the relative path.

    A hidden file is one only where a glob of `include` begins with a dot as its name does.
    """
    name = os.path.basename(path)
    relative = os.path.relpath(path, root)
    if name.startswith(".") and not any(os.path.basename(p).startswith(".") for p in source.include):
        return False
    if any(
        fnmatch.fnmatch(relative, pattern) or fnmatch.fnmatch(name, pattern) for pattern in source.exclude
    ):
        return False
    if source.include:
        return any(fnmatch.fnmatch(relative, p) or fnmatch.fnmatch(name, p) for p in source.include)
    lower = name.lower()
    if any(fnmatch.fnmatch(lower, pattern) for pattern in SKIPPED_NAMES):
        return False
    return os.path.splitext(lower)[1] in SUFFIXES


def _walk(root: str, source: Source, unread: list[OSError]) -> Iterator[str]:
    for folder, folders, files in os.walk(root, onerror=unread.append):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(files):
            path = os.path.join(folder, name)
            if wanted(path, source, root):
                yield path


def paths_of(source: Source, unread: list[OSError]) -> Iterator[str]:
    """Every article file of a folder source, in order. A file named itself is always an article.

    Folders that cannot be looked through are passed over and put into `unread`.
    """
    if os.path.isfile(source.at):
        yield source.at
    elif os.path.isdir(source.at):
        yield from _walk(source.at, source, unread)
    else:
        for path in sorted(glob.glob(source.at, recursive=True)):
            if os.path.isdir(path):
                yield from _walk(path, source, unread)
            elif wanted(path, source, os.path.dirname(path)):
                yield path


def read_file(path: str, source: Source, now: Callable[[], dt.datetime], max_bytes: int) -> Outcome:
    """Read one file into a Snapshot. Too large or unreadable is Failed, no longer there is Gone."""
    place = printable(path)
    try:
        found = os.stat(path)
        if not stat.S_ISREG(found.st_mode):
            # a pipe would be waited for without end
            what, do = "this is a pipe or a device, no file", "take it out of the folder, or exclude it"
            return Failed(location=place, error=FetchError("E-FETCH-6", what, where=place, do=do))
        if found.st_size > max_bytes:
            return Failed(
                location=place,
                error=FetchError(
                    "E-FETCH-5",
                    f"the file has {found.st_size:,} bytes, more than {max_bytes:,}",
                    where=place,
                    do="raise max_bytes in sources.toml if this really is an article",
                ),
            )
        content = Path(path).read_bytes()
    except FileNotFoundError:
        return Gone(location=place, status=404)
    except OSError as error:
        return Failed(
            location=place,
            error=FetchError(
                "E-FETCH-6",
                "the file cannot be read",
                where=place,
                do=f"check its access rights ({error.strerror})",
            ),
        )
    return found_at(place, path, content, source, now())


def printable(path: str) -> str:
    """A path as it can be written down: bytes of a name that are no UTF-8 stand as four signs.

    >>> print(printable("advice-\\udcff.txt"))
    advice-\\xff.txt
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def found_at(location: str, name: str, content: bytes, source: Source, fetched_at: dt.datetime) -> Fetched:
    """The bytes of a file of this machine or of a store; its type is guessed from its name."""
    return Fetched(
        snapshot=Snapshot(
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            location=location,
            fetched_at=fetched_at,
            media_type=mimetypes.guess_type(name)[0] or "",
            publisher=source.publisher,
            hints=source.hints,
        )
    )


def gather_folder(source: Source, now: Callable[[], dt.datetime], max_bytes: int) -> Iterator[Outcome]:
    """Every article of a folder, file or glob. Yields one Failed where it cannot be looked through, or holds nothing at all."""
    found = False
    unread: list[OSError] = []
    for path in paths_of(source, unread):
        found = True
        yield read_file(path, source, now, max_bytes)
    if unread:
        yield _not_looked_through(source, unread)
    elif not found:
        yield nothing_found(source)


def _not_looked_through(source: Source, unread: list[OSError]) -> Failed:
    place, folder = printable(source.at), printable(str(unread[0].filename))
    more = f" (and {len(unread) - 1} more)" if len(unread) > 1 else ""
    return Failed(
        location=place,
        error=FetchError(
            "E-FETCH-6",
            f"the folder {folder}{more} cannot be looked through",
            where=place,
            do=f"check its access rights ({unread[0].strerror}); what was read there before holds on",
        ),
    )


def nothing_found(source: Source) -> Failed:
    """A place that holds no article at all."""
    place = without_secrets(printable(source.at))
    return Failed(
        location=place,
        error=FetchError(
            "E-FETCH-7",
            "no article was found there",
            where=place,
            do="check the place; files that end in .txt, .html, .htm, .xhtml, .xml (JATS) or .md are read",
        ),
    )
