"""The stages of a run as plain functions, importable without Prefect: ingest, read, extract, record.

Each takes the `Run` and a batch and calls a room; what a batch found is safe once `record_batch` returns.
`flows.closing` has the stages at the end of a run: reconcile, report.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from flows.errors import BUG, unexpected
from flows.history import place_in_history, unknown
from flows.state import Item, Run
from flows.withheld import withhold
from pipeline.articles import read_article
from pipeline.claims import extract_claims
from pipeline.model import EvidenceError
from pipeline.sources import Failed, Fetched, Gone, gather, place_of
from pipeline.sources.errors import StoreError
from pipeline.sources.outcome import Outcome, Unchanged

MOST_BYTES = 64_000_000


def ingest_batch(run: Run) -> list[Item]:
    """The next places where something is new, at most a batch of them; empty when all sources are through.

    Known bytes are counted and passed over. May be called again after an error: places already seen are skipped.
    """
    if run.outcomes is None:
        clock = lambda: dt.datetime.now(dt.UTC)  # noqa: E731
        run.outcomes = gather(run.config, run.store, now=clock, seen=run.known.seen, again=run.options.again)
    items: list[Item] = []
    size = 0
    try:
        for outcome in run.outcomes:
            item = _new(run, outcome)
            if item is not None:
                items.append(item)
                size += len(item.snapshot.content) if item.snapshot else 0
                if len(items) >= run.options.batch_size or size > MOST_BYTES:
                    break
        else:
            items += _back(run)
        run.store.settle()
    except BaseException:
        run.outcomes = None
        run.known.seen -= {item.location for item in items}
        raise
    return items


def _back(run: Run) -> list[Item]:
    """The sources that could not be read as a whole the last time, and now could: nothing was told of their places."""
    seen, known = run.known.seen, run.known.places
    places = sorted({place_of(source, run.config) for source in run.config.sources})
    back = [p for p in places if p not in seen and p in known and known[p].status == "failed"]
    seen |= set(back)
    return [Item(location=place, back=True) for place in back]


def _new(run: Run, outcome: Outcome) -> Item | None:
    location = outcome.location
    run.counts["looked_at"] += 1
    place = run.known.places.get(location)
    if isinstance(outcome, Failed):
        return Item(location=location, error=outcome.error, unfetched=True)
    if isinstance(outcome, Gone):
        return Item(location=location, gone=True)
    sha256 = outcome.sha256 if isinstance(outcome, Unchanged) else outcome.snapshot.sha256
    known = place is not None and place.sha256 == sha256 and place.status in ("ok", "set aside")
    known = known and place is not None and place.code != BUG  # what a bug set aside is tried anew each time
    known = known and not _moved(run, outcome)
    if known and place and place.rules_version == run.rules_version and not run.options.again:
        run.counts["unchanged"] += 1
        run.counts["still_aside"] += place.status == "set aside"
        run.known.unchanged.add(location)
        return None
    if isinstance(outcome, Fetched):
        return Item(location=location, snapshot=outcome.snapshot, aliases=outcome.aliases)
    try:
        kept = replace(run.store.get(sha256, location), location=location)
    except StoreError as error:  # lost or spoilt on our disk: told, and the others go on
        return Item(location=location, error=error, unfetched=True)
    asked = run.store.asked(location)  # since those bytes came, their address may have moved
    if asked.get("sha256") == sha256:
        kept = replace(kept, url=asked.get("final_url") or kept.url)
    return Item(location=location, snapshot=kept, aliases=tuple(asked.get("aliases") or ()))


def _moved(run: Run, outcome: Outcome) -> bool:
    """Whether a redirect led to an address that is not known as the article's: it is read anew, to note it."""
    if not isinstance(outcome, Fetched) or not outcome.aliases:
        return False
    place = run.known.places.get(outcome.snapshot.location)
    if place is None or place.article_id is None or place.status == "set aside":
        return False
    reading = run.known.current.get(place.article_id)
    if reading is None or reading.location != outcome.snapshot.location:
        return False
    return bool(unknown(run, (outcome.snapshot.url, *outcome.aliases)))


def read_batch(run: Run, items: list[Item]) -> list[Item]:
    """Articles read and named, in the order of their dates; which of them are new to the ledger is decided here."""
    for item in items:
        if item.snapshot is None:
            continue
        try:
            item.article = read_article(item.snapshot)
        except EvidenceError as error:
            item.error = error
        except Exception as error:  # one bad article never stops the others
            run.log.problem("read.bug", error, location=item.location)
            item.error = unexpected(error, item.location)
        run.counts["read"] += 1
    items.sort(key=lambda i: ((i.article.date if i.article else None) or dt.date.min, i.location))
    for item in items:
        if item.article is not None and item.snapshot is not None:
            place_in_history(run, item, item.article, item.snapshot)
    return items


def extract_batch(run: Run, items: list[Item]) -> list[Item]:
    """The claims of every article that is new to the ledger; what stands in the place of an article is withheld."""
    for item in items:
        if item.article is None or item.same:
            continue
        try:
            item.claims = extract_claims(item.article, lexicon=run.lexicon)
        except EvidenceError as error:
            item.error = error
        except Exception as error:  # one bad article never stops the others
            run.log.problem("extract.bug", error, location=item.location)
            item.error = unexpected(error, item.location)
    withhold(run, items)
    return items
