"""What the headers of an answer say, and what can be sent back to the server of them."""

from __future__ import annotations

import datetime as dt
import email.utils
from collections.abc import Mapping

import httpx

from pipeline.model.addresses import without_secrets

LONGEST_WAIT = 120.0  # seconds
_PRIVATE = frozenset({"set-cookie", "set-cookie2", "authentication-info"})


def media_type(value: str) -> str:
    """The type that a Content-Type names, also where the server names it twice.

    >>> media_type("Text/HTML; charset=utf-8"), media_type("text/html, text/html")
    ('text/html', 'text/html')
    """
    return value.split(";")[0].split(",")[0].strip().lower()


def charset_of(value: str) -> str | None:
    """The charset that a Content-Type names, if any.

    >>> charset_of('text/html; Charset="utf-8"'), charset_of("text/html;charset=utf-8, text/html"), charset_of("text/html")
    ('utf-8', 'utf-8', None)
    """
    for part in value.split(";")[1:]:
        name, _, charset = part.partition("=")
        if name.strip().lower() == "charset":
            return charset.split(",")[0].strip(" \"'")
    return None


def recorded(headers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The headers that are kept beside the bytes: none that let somebody in, no secret of an address in the others.

    >>> recorded({"set-cookie": "id=5", "link": "<https://me:pa55@a.example/>; rel=canonical"})
    (('link', '<https://a.example/>; rel=canonical'),)
    """
    kept = sorted((name, value) for name, value in headers.items() if name not in _PRIVATE)
    return tuple((name, without_secrets(value)) for name, value in kept)


def conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """The headers that ask only for what changed since; what no header can carry is left out.

    >>> conditions('"1"', None), conditions('"é"', "Mon, 02 Mar 2026 12:00:00 GMT")
    ({'If-None-Match': '"1"'}, {'If-Modified-Since': 'Mon, 02 Mar 2026 12:00:00 GMT'})
    """
    known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in known.items() if value and value.isascii()}


def unpacked_whole(response: httpx.Response) -> bool:
    """Whether a packed answer (gzip, deflate) has its end; what is cut off unpacks without an error."""
    unpack = getattr(response._get_content_decoder(), "decompressor", None)
    return bool(getattr(unpack, "eof", True)) or not response.num_bytes_downloaded


def unasked(headers: Mapping[str, str], client: httpx.Client) -> str:
    """The packing of an answer that nobody asked for and that is not undone; empty where all is well."""
    known = {name.strip() for name in f"identity,{client.headers['accept-encoding']}".split(",")}
    packed = [name.strip().lower() for name in headers.get("content-encoding", "").split(",") if name.strip()]
    return ", ".join(name for name in packed if name not in known)


def retry_after(value: str | None, now: dt.datetime, default: float) -> float:
    """Seconds to wait that a Retry-After header asks for (RFC 9110: seconds or a date), at most two minutes.

    >>> retry_after("7", dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc), 1.0)
    7.0
    """
    if value is None:
        return default
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = (email.utils.parsedate_to_datetime(value) - now).total_seconds()
        except (ValueError, TypeError):
            return default
    return max(0.0, min(seconds, LONGEST_WAIT))
