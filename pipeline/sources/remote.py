"""Articles in any store that fsspec knows (S3, GCS, SFTP, zip, memory, …)."""

from __future__ import annotations

import datetime as dt
import fnmatch
import os
import re
from collections.abc import Callable, Iterator, Sequence

import fsspec

from pipeline.model.addresses import without_secrets
from pipeline.sources.config import Source
from pipeline.sources.errors import FetchError
from pipeline.sources.local import found_at, nothing_found, wanted
from pipeline.sources.outcome import Failed, Outcome


def gather_remote(source: Source, now: Callable[[], dt.datetime], max_bytes: int) -> Iterator[Outcome]:
    """Every article below a location such as `s3://bucket/articles` (needs the store's own fsspec package).

    Yields one Failed where the place holds nothing at all."""
    try:
        store, root = fsspec.core.url_to_fs(source.at)
        articles = list(_paths(store, root, source))
    except Exception as error:
        yield Failed(
            location=without_secrets(source.at),
            error=FetchError(
                "E-FETCH-13",
                "the remote location cannot be opened",
                where=source.at,
                do=f"check the address and the access rights; its fsspec package must be installed ({error})",
            ),
        )
        return
    if not articles:
        yield nothing_found(source)
    for path in articles:
        yield _read(store, path, source, now, max_bytes)


def _paths(store: fsspec.AbstractFileSystem, root: str, source: Source) -> Iterator[str]:
    """Every article file of a folder, a file or a glob, in order, by the rules of `pipeline.sources.local.paths_of`."""
    if not any(c in root for c in "*?["):
        yield from _below(store, root, source)
        return
    fixed = re.split(r"[*?\[]", root)[0].rsplit("/", 1)[0]
    dotted = [part for part in root[len(fixed) :].split("/") if part.startswith(".")]
    for path, info in sorted(store.glob(root, detail=True).items()):
        if _hidden(path[len(fixed) :], dotted):
            continue
        if info["type"] == "directory":
            yield from _below(store, path, source)
        elif wanted(path, source, os.path.dirname(path)):
            yield path


def _below(store: fsspec.AbstractFileSystem, root: str, source: Source) -> Iterator[str]:
    for path in sorted(store.find(root)):
        if path == root or (not _hidden(os.path.dirname(path[len(root) :])) and wanted(path, source, root)):
            yield path


def _hidden(relative: str, named: Sequence[str] = ()) -> bool:
    """Whether a folder or file of a path begins with a dot, and is not among the `named` ones (globs)."""
    return any(
        part.startswith(".") and not any(fnmatch.fnmatchcase(part, name) for name in named)
        for part in relative.split("/")
    )


def _read(
    store: fsspec.AbstractFileSystem,
    path: str,
    source: Source,
    now: Callable[[], dt.datetime],
    max_bytes: int,
) -> Outcome:
    location = without_secrets(store.unstrip_protocol(path))
    try:
        size = store.size(path) or 0
        if size > max_bytes:
            raise ValueError(f"{size:,} bytes are more than max_bytes")
        content = store.cat_file(path)
    except Exception as error:
        return Failed(
            location=location,
            error=FetchError(
                "E-FETCH-13",
                "the remote file cannot be read",
                where=location,
                do=f"the next run tries again ({error})",
            ),
        )
    return found_at(location, path, content, source, now())
