"""Which article is this? One article keeps its name over its versions, places and addresses. Pure.

In this order: an article known by the same canonical address; the article last found at the same place; for a file,
an article of the same file name and the same title (a dated version in another folder); else a new article,
named by its file stem (with its folder's name in front where the stem is taken) or by its address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, MutableMapping, MutableSet
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit, urlunsplit

_REMOTE = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]+://")


@dataclass(slots=True)
class KnownArticles:
    """The names, addresses, places and titles of the articles known so far; of many they may lie on the disk."""

    ids: MutableSet[str] = field(default_factory=set)
    by_address: MutableMapping[str, str] = field(default_factory=dict)
    by_place: MutableMapping[str, str] = field(default_factory=dict)
    by_stem_and_title: MutableMapping[str, str] = field(default_factory=dict)
    canonical: MutableMapping[str, str] = field(default_factory=dict)

    def add(
        self, article_id: str, *, location: str, title: str, url: str | None, aliases: Iterable[str] = ()
    ) -> None:
        """Note one more version, place or address of an article."""
        self.ids.add(article_id)
        self.by_place[location] = article_id
        for address in (url, *aliases, *([location] if is_address(location) else [])):
            if address:
                self.by_address[tidy_address(address)] = article_id
        if url:
            self.canonical.setdefault(article_id, tidy_address(url))
        if not is_address(location) and title:
            self.by_stem_and_title.setdefault(_named(location, title), article_id)

    def identify(self, *, location: str, title: str, url: str | None, final_url: str | None = None) -> str:
        """The name of the article found at `location`; nothing is noted."""
        known = self.by_address.get(tidy_address(url)) if url else None
        known = known or self.by_place.get(location)
        if known is not None:
            return known
        if is_address(location):
            if url is None:
                for address in (final_url, location):
                    if address and tidy_address(address) in self.by_address:
                        return self.by_address[tidy_address(address)]
            return self._free(tidy_address(url or final_url or location), location)
        known = self.by_stem_and_title.get(_named(location, title))
        if known is not None and title and not self._other_address(known, url):
            return known
        return self.name_for(location)

    def other_name(self, location: str, than: str) -> str:
        """The name of the article at an address where the page is not that article `than`: the known one, else a free one."""
        known = self.by_place.get(location)
        return known if known not in (None, than) else self._free(tidy_address(location), location)

    def name_for(self, location: str) -> str:
        """A free name for an article of which only the place is known."""
        if location in self.by_place:
            return self.by_place[location]
        if is_address(location):
            return self._free(tidy_address(location), location)
        return self._free(stem_of(location), location)

    def _other_address(self, article_id: str, url: str | None) -> bool:
        """Whether the article names another address for itself than `url`: then this is another article."""
        return url is not None and self.canonical.get(article_id, tidy_address(url)) != tidy_address(url)

    def _free(self, name: str, location: str) -> str:
        if name not in self.ids:
            return name
        parts = PurePosixPath(location.replace("\\", "/")).parts
        for depth in range(2, len(parts) + 1):
            longer = "/".join([*parts[-depth:-1], stem_of(location)]).lstrip("/")
            if longer not in self.ids:
                return longer
        number = 2
        while f"{name}~{number}" in self.ids:
            number += 1
        return f"{name}~{number}"


@dataclass(frozen=True, slots=True)
class Page:
    """A place, the address that the page there names as its own, and its title."""

    location: str
    url: str | None
    title: str

    @property
    def at_home(self) -> bool:
        """Whether its own address is where it stands."""
        return self.url is not None and tidy_address(self.url) == tidy_address(self.location)


def another(found: Page, held: Page, *, known_there: bool) -> bool:
    """Whether `found` is another article than `held`, though one address led to the name of both.

    It is where both stand at addresses of their own: what one address once led to (a sign-in page, a home page) was no article.
    It is where both name one address, under titles of other words: a site that puts the same address into every page. Not
    where the article was `known_there` before: a title may change in one place before it does in another.
    """
    if found.location == held.location or not (is_address(found.location) and is_address(held.location)):
        return False
    if found.at_home and held.at_home:
        return tidy_address(found.location) != tidy_address(held.location)
    if (
        known_there
        or found.url is None
        or held.url is None
        or tidy_address(found.url) != tidy_address(held.url)
    ):
        return False
    words, others = (set(re.findall(r"\w+", page.title.casefold())) for page in (found, held))
    return bool(words and others) and not (words <= others or others <= words)


def is_address(location: str) -> bool:
    """Whether a place is a web or store address rather than a file.

    >>> is_address("https://example.org/af"), is_address("articles/af.txt")
    (True, False)
    """
    return bool(_REMOTE.match(location))


def stem_of(location: str) -> str:
    """The file name without its ending.

    >>> stem_of("articles/2026/af.guide.html"), stem_of("https://example.org/a/af.html?x=1")
    ('af.guide', 'af')
    """
    path = urlsplit(location).path if is_address(location) else location
    return PurePosixPath(unquote(path).replace("\\", "/")).stem if path.strip("/") else location


def tidy_address(address: str) -> str:
    """One spelling for the spellings of an address: scheme and host in lower case, no fragment, no closing slash.

    >>> tidy_address("HTTPS://Example.org:443/Guide/#top")
    'https://example.org/Guide'
    """
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return address.strip()
    if not parts.scheme or not host:
        return address.strip()
    scheme = parts.scheme.lower()
    if port and (scheme, port) not in (("http", 80), ("https", 443)):
        host = f"{host}:{port}"
    return urlunsplit((scheme, host, parts.path.rstrip("/"), parts.query, ""))


def _named(location: str, title: str) -> str:
    return f"{stem_of(location)}\n{' '.join(title.casefold().split())}"
