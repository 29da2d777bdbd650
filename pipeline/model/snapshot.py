"""What leaves the sources: bytes as fetched, with whence and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Bytes of one article as they were found.

    `sha256` is of `content`, in hex; `location` the file path or address they came from; `media_type`
    without parameters ("text/html", "text/plain", "" where unknown); `charset` as the transport declared
    it; `fetched_at` in UTC; `publisher` and `hints` (reader hints such as `main = "div.content"`) as the
    source's configuration gives them.
    """

    content: bytes
    sha256: str
    location: str
    fetched_at: dt.datetime
    media_type: str = ""
    charset: str | None = None
    publisher: str | None = None
    url: str | None = None
    hints: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
