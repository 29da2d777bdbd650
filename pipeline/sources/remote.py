"""Articles in any store that fsspec knows (S3, GCS, SFTP, zip, memory, …)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import fsspec

from pipeline.sources.config import Source
from pipeline.sources.errors import FetchError
from pipeline.sources.local import found_at, nothing_found, wanted
from pipeline.sources.outcome import Failed, Outcome


def gather_remote(source: Source, now: Callable[[], dt.datetime], max_bytes: int) -> Iterator[Outcome]:
    """Every article below a location such as `s3://bucket/articles` (needs the store's own fsspec package).

    Yields one Failed where the place holds nothing at all."""
    try:
        store, root = fsspec.core.url_to_fs(source.at)
        found = store.glob(root) if any(c in root for c in "*?[") else store.find(root)
    except Exception as error:
        yield Failed(
            location=source.at,
            error=FetchError(
                "E-FETCH-13",
                "the remote location cannot be opened",
                where=source.at,
                do=f"check the address and the access rights; its fsspec package must be installed ({error})",
            ),
        )
        return
    articles = [path for path in sorted(found) if path == root or wanted(path, source, root)]
    if not articles:
        yield nothing_found(source)
    for path in articles:
        yield _read(store, path, source, now, max_bytes)


def _read(
    store: fsspec.AbstractFileSystem,
    path: str,
    source: Source,
    now: Callable[[], dt.datetime],
    max_bytes: int,
) -> Outcome:
    location = store.unstrip_protocol(path)
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
