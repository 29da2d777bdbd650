"""Addresses from lists: sitemaps, RSS and Atom feeds, and plain URL lists."""

from __future__ import annotations

import fnmatch
import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO, StringIO
from xml.etree.ElementTree import Element

import defusedxml
from defusedxml.ElementTree import ParseError, fromstring, iterparse

from pipeline.sources.addresses import joined
from pipeline.sources.config import Source
from pipeline.sources.errors import FetchError

MOST_SITEMAPS = 500
MOST_BYTES = 200_000_000


def _local(element: Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1].lower()


def _unzipped(body: bytes, where: str) -> bytes:
    if body[:2] != b"\x1f\x8b":
        return body
    try:
        unzip = zlib.decompressobj(wbits=31)
        out = unzip.decompress(body, MOST_BYTES)
    except (zlib.error, gzip.BadGzipFile) as error:
        raise FetchError("E-FETCH-14", "the list is no gzip file", where=where, do=str(error)) from error
    if unzip.unconsumed_tail:
        raise FetchError(
            "E-FETCH-14", "the unpacked list is too large", where=where, do="name a smaller sitemap"
        )
    return out


def _parse(body: bytes, where: str) -> Element:
    try:
        root = fromstring(_unzipped(body, where))
    except (ParseError, defusedxml.DefusedXmlException, ValueError) as error:
        raise _unreadable(error, where) from error
    return root


def _unreadable(error: Exception, where: str) -> FetchError:
    return FetchError(
        "E-FETCH-14", "the list is no XML that can be read", where=where, do=f"open it in a browser ({error})"
    )


def _entries(body: bytes, where: str) -> tuple[bool, list[str]]:
    """Whether a sitemap is an index of others, and the addresses in it; its tree is never whole in memory."""
    found: list[str] = []
    root: Element | None = None
    depth = 0
    try:
        for event, element in iterparse(BytesIO(_unzipped(body, where)), ("start", "end")):
            if root is None:
                root = element
                if _local(root) not in ("urlset", "sitemapindex"):
                    raise ValueError(f"its first element is <{_local(root)}>, not <urlset> or <sitemapindex>")
            depth += 1 if event == "start" else -1
            if event == "end" and depth == 2 and _local(element) == "loc" and element.text:
                found.append(element.text.strip())
            elif event == "end" and depth == 1:
                root.clear()
    except (ParseError, defusedxml.DefusedXmlException, ValueError) as error:
        raise _unreadable(error, where) from error
    return root is not None and _local(root) == "sitemapindex", found


def addresses_in_sitemap(url: str, get: Callable[[str], bytes]) -> Iterator[str]:
    """Every page address of a sitemap or sitemap index, in order, as often as it is named.

    Raises FetchError; for a sitemap of an index that cannot be read, once the others are through.
    """
    waiting, read = [url], set[str]()
    unread: list[tuple[str, FetchError]] = []
    while waiting:
        at = waiting.pop(0)
        if at in read:
            continue
        read.add(at)
        if len(read) > MOST_SITEMAPS:
            raise FetchError(
                "E-FETCH-14", "the sitemap index has no end", where=url, do="name a smaller sitemap"
            )
        try:
            is_index, found = _entries(get(at), at)
        except FetchError as error:
            if at == url:
                raise
            unread.append((at, error))
            continue
        found = [joined(at, address) for address in found]
        if is_index:
            waiting.extend(found)
        else:
            yield from found
    if unread:
        at, first = unread[0]
        more = f" (and {len(unread) - 1} more)" if len(unread) > 1 else ""
        raise FetchError(
            first.code, f"{at} in this sitemap index{more}: {first.what}", where=url, do=first.do
        ) from first


def addresses_in_feed(body: bytes, where: str) -> list[str]:
    """The article addresses of an RSS (0.9x, 1.0, 2.0) or Atom feed at `where`, in order, each once. Raises FetchError."""
    found: list[str] = []
    for entry in _parse(body, where).iter():
        if _local(entry) not in ("item", "entry"):
            continue
        for part in entry:
            if _local(part) != "link":
                continue
            if part.get("rel", "alternate") == "alternate":
                address = (part.get("href") or part.text or "").strip()
                if address:
                    found.append(joined(where, address))
                    break
    return list(dict.fromkeys(found))


def addresses_in_list(text: str) -> Iterator[str]:
    """One address a line; blank lines and lines that begin with # are passed over."""
    lines = (line.strip() for line in StringIO(text, newline=None))
    return (line for line in lines if line and not line.startswith("#"))


def chosen(addresses: Iterable[str], source: Source) -> Iterator[str]:
    """The addresses that `include` and `exclude` (globs) leave."""
    for address in addresses:
        if source.include and not any(fnmatch.fnmatch(address, p) for p in source.include):
            continue
        if any(fnmatch.fnmatch(address, p) for p in source.exclude):
            continue
        yield address
