"""Walks every source of a configuration and yields what became of each article's place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterator, MutableSet
from pathlib import Path

from pipeline.model.addresses import MASK, without_secrets
from pipeline.sources.config import Config, Source
from pipeline.sources.errors import FetchError
from pipeline.sources.lists import addresses_in_feed, addresses_in_list, addresses_in_sitemap, chosen
from pipeline.sources.local import gather_folder
from pipeline.sources.outcome import Failed, Fetched, Outcome
from pipeline.sources.remote import gather_remote
from pipeline.sources.store import RawStore
from pipeline.sources.web import LIST_TYPES, Fetcher


def gather(
    config: Config,
    store: RawStore,
    *,
    now: Callable[[], dt.datetime],
    seen: MutableSet[str] | None = None,
    again: bool = False,
) -> Iterator[Outcome]:
    """Fetch every article of every source, in the order of the configuration, and keep its bytes.

    A `Fetched` is yielded only after its bytes are in `store`. What fails is yielded as `Failed`; only
    StoreError (nothing can be kept) is raised. A place named twice is yielded once, and not at all where it is in
    `seen`, to which every place that was yielded is added. `now` gives the time of each fetch, in UTC. `again` asks for whole pages,
    whatever is known of them: a server may be wrong about what did not change.
    """
    seen = set() if seen is None else seen
    apart: dict[str, int] = {}
    with Fetcher(config, store, now=now, again=again) as fetcher:
        for source in config.sources:
            for outcome in _from(source, config, fetcher, now, seen, apart):
                if outcome.location in seen:
                    continue
                if isinstance(outcome, Fetched):
                    store.put(outcome.snapshot)
                    if outcome.snapshot.url is not None:
                        fetcher.remember(outcome)
                seen.add(outcome.location)
                yield outcome


def _from(
    source: Source,
    config: Config,
    fetcher: Fetcher,
    now: Callable[[], dt.datetime],
    seen: Container[str],
    apart: dict[str, int],
) -> Iterator[Outcome]:
    """What became of the places of one source; those in `seen` need not be looked at.

    `apart` tells which address stands behind a masked one, so that two of them are never taken for one article.
    """
    if source.kind == "folder":
        yield from gather_folder(source, now, config.max_bytes)
        return
    if source.kind == "remote":
        yield from gather_remote(source, now, config.max_bytes)
        return
    try:
        named = False
        for address in _addresses(source, fetcher):
            named = True
            place = without_secrets(address)
            if MASK in place and apart.setdefault(place, hash(address)) != hash(address):
                yield _not_told_apart(place)
            elif place not in seen:
                yield fetcher.article(address, source)
        if not named:
            raise FetchError(
                "E-FETCH-7",
                f"this {source.kind if source.kind != 'urls' else 'list'} names no article",
                where=source.at,
                do="open it in a browser; include and exclude choose among what it names",
            )
    except FetchError as error:
        yield Failed(location=place_of(source, config), error=error)


def _not_told_apart(place: str) -> Failed:
    at = f"{place} (another)"
    return Failed(
        location=at,
        error=FetchError(
            "E-FETCH-16",
            "two addresses differ only in what is kept secret, so the second was not fetched",
            where=at,
            do="name each article once, or save the second to a folder",
        ),
    )


def place_of(source: Source, config: Config) -> str:
    """Where a source as a whole fails: its address, with its kind before it where another source names that address too.

    A list that cannot be read and an article at its address are two things.
    """
    shared = any(s.at == source.at and s.kind != source.kind for s in config.sources)
    at = without_secrets(source.at)
    return f"{source.kind} {at}" if shared and source.kind != "url" else at


def _addresses(source: Source, fetcher: Fetcher) -> Iterator[str]:
    if source.kind == "url":
        yield source.at
        return

    def body(address: str) -> bytes:
        answer = fetcher.get(address, source, types=LIST_TYPES)
        if answer.status != 200:
            raise FetchError(
                "E-FETCH-11",
                f"the server answers {answer.status} for the list",
                where=address,
                do="the next run asks again; check the address if this goes on",
            )
        return answer.body

    if source.kind == "sitemap":
        yield from chosen(addresses_in_sitemap(source.at, body), source)
    elif source.kind == "feed":
        yield from chosen(addresses_in_feed(body(source.at), source.at), source)
    elif "://" in source.at:
        yield from chosen(addresses_in_list(body(source.at).decode("utf-8", "replace")), source)
    else:
        try:
            text = Path(source.at).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise FetchError(
                "E-FETCH-6",
                "the list of addresses cannot be read",
                where=source.at,
                do=f"check the file ({error})",
            ) from error
        yield from chosen(addresses_in_list(text), source)
