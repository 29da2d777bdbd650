"""Polite, thrifty HTTP: conditional, rate-limited, bounded, and honest about who asks."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpcore
import httpx
import protego

from pipeline.model import Snapshot
from pipeline.model.addresses import without_secrets
from pipeline.sources.addresses import is_web_address, joined
from pipeline.sources.config import Config, Source
from pipeline.sources.errors import FetchError
from pipeline.sources.guard import GuardedBackend
from pipeline.sources.headers import (
    LONGEST_WAIT,
    charset_of,
    conditions,
    media_type,
    recorded,
    retry_after,
    unasked,
    unpacked_whole,
)
from pipeline.sources.outcome import Failed, Fetched, Gone, Outcome, Unchanged
from pipeline.sources.store import RawStore

AGENT = "evidence-ledger/0.1"
ARTICLE_TYPES = (
    "text/html",
    "application/xhtml+xml",
    "application/jats+xml",
    "application/xml",
    "text/xml",
    "text/plain",
    "text/markdown",
    "application/octet-stream",
    "",
)
LIST_TYPES = ("application/rss+xml", "application/atom+xml", "application/gzip",
              "application/x-gzip", *ARTICLE_TYPES)  # fmt: skip
RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
MOST_REDIRECTS = 10
# pages of one host, one after the other, that were asked for in vain
WEARY = 3  # then each is asked for once
UNWILLING = (
    20  # so many came too late, or the server wants no more: then none is asked for any more in this run
)


@dataclass(slots=True)
class _Host:
    """When one host may be asked again, what its robots.txt says, and for how many pages in a row it was asked in vain."""

    next_at: float = 0.0
    failed: int = 0
    unwilling: int = 0
    robots: protego.Protego | None = None
    unread: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True)
class Answer:
    """A final answer: status, headers (lower case), body, final address, and the addresses on the way."""

    status: int
    headers: dict[str, str]
    body: bytes
    url: str
    redirects: tuple[str, ...]


class Fetcher:
    """Fetches addresses for one run. Use as a context manager; safe to use from several threads."""

    def __init__(
        self,
        config: Config,
        store: RawStore,
        *,
        now: Callable[[], dt.datetime],
        again: bool = False,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._config, self._store, self._now, self._sleep, self._clock = config, store, now, sleep, clock
        self._again = again
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._clients: dict[bool, httpx.Client] = {}
        self._backends: dict[httpx.Client, GuardedBackend] = {}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        for client in self._clients.values():
            client.close()

    def _client(self, allow_private: bool) -> httpx.Client:
        with self._lock:
            if allow_private not in self._clients:
                transport = httpx.HTTPTransport(trust_env=False)
                backend = transport._pool._network_backend = GuardedBackend(allow_private)
                agent = f"{AGENT} ({self._config.contact})" if self._config.contact else AGENT
                client = self._clients[allow_private] = httpx.Client(
                    transport=transport,
                    timeout=self._config.timeout,
                    follow_redirects=False,
                    trust_env=False,
                    headers={
                        "User-Agent": agent,
                        "Accept-Language": "en",
                        "Accept": "text/html,text/plain,*/*;q=0.5",
                    },
                )
                self._backends[client] = backend
            return self._clients[allow_private]

    def _host(self, url: str) -> _Host:
        parts = urlsplit(url)
        with self._lock:
            return self._hosts.setdefault(f"{parts.scheme}://{parts.netloc}", _Host())

    def _take_turn(self, host: _Host, per_second: float) -> None:
        with host.lock:
            wait = host.next_at - self._clock()
            host.next_at = max(host.next_at, self._clock()) + 1.0 / per_second
        if wait > 0:
            self._sleep(wait)

    def _check_robots(self, url: str, source: Source) -> None:
        host, parts = self._host(url), urlsplit(url)
        address = f"{parts.scheme}://{parts.netloc}/robots.txt"
        if host.robots is None:
            host.robots = protego.Protego.parse(self._robots_of(host, address, source))
        if host.unread:
            raise FetchError(
                "E-FETCH-3",
                f"the site's robots.txt cannot be read, so none of its pages is fetched: {host.unread}",
                where=url,
                do=f"the next run asks again; open {address} in a browser if this goes on",
            )
        if not host.robots.can_fetch(url, AGENT):
            raise FetchError(
                "E-FETCH-3",
                f"{address} does not allow this page",
                where=url,
                do="ask the site's owner; until then leave the page out (exclude of its source in sources.toml)",
            )
        delay = host.robots.crawl_delay(AGENT)
        if delay:
            with host.lock:
                host.next_at = max(host.next_at, self._clock() + min(float(delay), LONGEST_WAIT))

    def _robots_of(self, host: _Host, address: str, source: Source) -> str:
        """The words of a robots.txt; `host.unread` says why it could not be read (then nothing may be fetched)."""
        try:
            answer = self._request(address, source, {}, LIST_TYPES, robots=False)
        except FetchError as error:
            if error.code == "E-FETCH-2":
                raise
            host.unread = error.what
            return ""
        if answer.status in (401, 403) or answer.status >= 500:
            host.unread = f"the server answers {answer.status}"
        return answer.body.decode("utf-8", "replace") if answer.status == 200 else ""

    def get(
        self,
        url: str,
        source: Source,
        headers: dict[str, str] | None = None,
        types: tuple[str, ...] = ARTICLE_TYPES,
    ) -> Answer:
        """Follow redirects, obey robots.txt, retry what may pass. Raises FetchError (E-FETCH-*)."""
        return self._request(url, source, headers or {}, types, robots=True)

    def _request(
        self, url: str, source: Source, headers: dict[str, str], types: tuple[str, ...], *, robots: bool
    ) -> Answer:
        seen: list[str] = []
        at = url
        been: set[tuple[str, frozenset[str]]] = set()
        while True:
            been.add((at, self._cookies(source)))
            if not is_web_address(at):
                what = "the page leads on to what is no web address" if seen else "this is no web address"
                raise FetchError("E-FETCH-4", what, where=at, do=f"check the address in a browser: {url}")
            if robots:
                self._check_robots(at, source)
            answer = self._once_with_retries(at, source, headers, types)
            if answer.status not in (301, 302, 303, 307, 308) or "location" not in answer.headers:
                return Answer(answer.status, answer.headers, answer.body, at, tuple(seen))
            seen.append(at)
            at = joined(at, answer.headers["location"])
            # back where we were is no circle with another cookie: many publishers first look whether one is kept
            if (at, self._cookies(source)) in been or len(seen) > MOST_REDIRECTS:
                raise FetchError(
                    "E-FETCH-4", "the redirects go in a circle", where=url, do="open it in a browser"
                )

    def _cookies(self, source: Source) -> frozenset[str]:
        """What sites have asked to be told again, in this run."""
        client = self._client(source.allow_private_network or self._config.allow_private_network)
        return frozenset(f"{c.domain}{c.path} {c.name}={c.value}" for c in client.cookies.jar)

    def _once_with_retries(
        self, url: str, source: Source, headers: dict[str, str], types: tuple[str, ...]
    ) -> Answer:
        """A site that is down or wants no more costs a run some minutes, not some for each of its pages."""
        host = self._host(url)
        if host.unwilling >= UNWILLING:
            raise FetchError(
                "E-FETCH-15",
                f"the site did not give {UNWILLING} pages in a row, so this one was not asked for",
                where=url,
                do="the next run asks again",
            )
        retries = self._config.retries if host.failed < WEARY else 0
        attempt = 0
        while True:
            pause = min(2.0**attempt * 0.5, LONGEST_WAIT)
            try:
                answer = self._once(url, source, headers, types)
                if answer.status not in RETRIED or attempt >= retries:
                    host.failed = host.failed + 1 if answer.status in RETRIED else 0
                    host.unwilling = host.unwilling + 1 if answer.status in (429, 503) else 0
                    return answer
                pause = retry_after(answer.headers.get("retry-after"), self._now(), pause)
            except (httpx.TransportError, httpcore.NetworkError, httpcore.TimeoutException) as error:
                if attempt >= retries:
                    late = isinstance(error, (httpx.TimeoutException, httpcore.TimeoutException))
                    host.failed, host.unwilling = host.failed + 1, host.unwilling + 1 if late else 0
                    raise FetchError(
                        "E-FETCH-8",
                        self._told(error),
                        where=url,
                        do=f"it was asked {_times(attempt + 1)}; the next run asks again",
                    ) from error
            attempt += 1
            self._sleep(pause)

    def _told(self, error: Exception) -> str:
        if isinstance(error, (httpx.TimeoutException, httpcore.TimeoutException)):
            return f"the server did not send the page within {self._config.timeout:g} seconds"
        if isinstance(error, (httpx.ConnectError, httpcore.ConnectError)):
            return f"the server cannot be reached ({error})"
        return f"the server does not answer as a web server does ({type(error).__name__})"

    def _once(self, url: str, source: Source, headers: dict[str, str], types: tuple[str, ...]) -> Answer:
        self._take_turn(self._host(url), source.per_second)
        client = self._client(source.allow_private_network or self._config.allow_private_network)
        deadline = self._clock() + 4 * self._config.timeout
        self._backends[client].end_in(4 * self._config.timeout)
        try:
            with client.stream("GET", url, headers=headers) as response:
                found = {k.lower(): v for k, v in response.headers.items()}
                kind = media_type(found.get("content-type", ""))
                if response.status_code == 200 and kind not in types:
                    raise FetchError(
                        "E-FETCH-9",
                        f"the server sends {kind}, no article",
                        where=url,
                        do="name a page of HTML or text",
                    )
                packed = unasked(found, client)
                if packed:
                    raise FetchError(
                        "E-FETCH-10",
                        f"the server packs its answer as {packed}, which it was not asked for",
                        where=url,
                        do="tell the site's owner, or save the page to a folder",
                    )
                body = bytearray()
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > self._config.max_bytes:
                        raise FetchError(
                            "E-FETCH-5",
                            f"the answer has more than {self._config.max_bytes:,} bytes",
                            where=url,
                            do="raise max_bytes in sources.toml if this really is an article",
                        )
                    if self._clock() > deadline:
                        raise httpx.ReadTimeout("the answer drips in too slowly")
                if not unpacked_whole(response):
                    raise httpx.RemoteProtocolError("the packed answer ends too early")
                return Answer(response.status_code, found, bytes(body), url, ())
        except (httpx.DecodingError, httpx.InvalidURL, UnicodeError) as error:
            raise FetchError(
                "E-FETCH-10",
                "the server's answer makes no sense",
                where=url,
                do=f"open it in a browser ({error})",
            ) from error

    def article(self, url: str, source: Source) -> Outcome:
        """One article, asked for conditionally unless `again`: Fetched, Unchanged, Gone or Failed. Never raises FetchError."""
        place = without_secrets(url)
        known = self._store.asked(place)
        headers: dict[str, str] = {}
        if not self._again and known.get("sha256") and self._store.has(known["sha256"], known.get("bytes")):
            headers = conditions(known.get("etag"), known.get("last_modified"))
        try:
            answer = self.get(url, source, headers)
            if (
                answer.status == 304
                and answer.redirects
                and without_secrets(answer.url) != known.get("final_url")
            ):
                answer = self.get(url, source)  # it moved: whole, so that its new address is noted
        except FetchError as error:
            return Failed(location=place, error=error)
        if answer.status == 304 and headers:
            return Unchanged(location=place, sha256=known["sha256"])
        if answer.status in (404, 410):
            return Gone(location=place, status=answer.status)
        if answer.status != 200:
            return Failed(
                location=place,
                error=FetchError(
                    "E-FETCH-11",
                    f"the server answers {answer.status}",
                    where=url,
                    do="the next run asks again; open it in a browser if this goes on",
                ),
            )
        return self._fetched(place, source, answer)

    def _fetched(self, place: str, source: Source, answer: Answer) -> Fetched:
        at, *on_the_way = (without_secrets(a) for a in (answer.url, *answer.redirects))
        declared = answer.headers.get("content-type", "")
        snapshot = Snapshot(
            content=answer.body,
            sha256=hashlib.sha256(answer.body).hexdigest(),
            location=place,
            fetched_at=self._now(),
            media_type=media_type(declared),
            charset=charset_of(declared),
            publisher=source.publisher,
            url=at,
            hints=source.hints,
            headers=recorded(answer.headers),
        )
        aliases = tuple(dict.fromkeys(a for a in (place, *on_the_way) if a != at))
        return Fetched(snapshot=snapshot, aliases=aliases)

    def remember(self, outcome: Fetched) -> None:
        """Note the validators of an article whose bytes are kept, for the next conditional request.

        To be called only after the bytes are in the store, so that a kill in between asks anew.
        """
        headers = dict(outcome.snapshot.headers)
        self._store.note_asked(
            outcome.snapshot.location,
            {
                "sha256": outcome.snapshot.sha256,
                "bytes": len(outcome.snapshot.content),
                "etag": headers.get("etag"),
                "last_modified": headers.get("last-modified"),
                "final_url": outcome.snapshot.url,
                "aliases": list(outcome.aliases),
            },
        )


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
