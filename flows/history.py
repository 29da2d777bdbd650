"""Where what a place holds stands in the history of articles: which article it is, and whether it is new, the same or past."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import replace

from flows.known import Reading, told_of, version_key
from flows.state import Item, Run
from pipeline.articles.page import CUT
from pipeline.ledger.identity import Page, another, tidy_address
from pipeline.model import Article, Snapshot


def place_in_history(run: Run, item: Item, article: Article, snapshot: Snapshot) -> None:
    """Finds which article of the ledger this is a version of, and puts it, named and dated so, into `item`."""
    known, at = run.known, item.location
    name = known.articles.identify(location=at, title=article.title, url=article.url, final_url=snapshot.url)
    warnings = article.warnings
    before = known.current.get(name)
    address = article.url
    if before is not None and _is_another(run, item, article, before, name):
        name = known.articles.other_name(at, than=name)
        before = known.current.get(name)
        address = at  # the one that it names is that of the other
    item.before = before
    here = before is not None and before.location == item.location
    if before is not None and not here and before.version != article.version and before.date == article.date:
        warnings = (
            *warnings,
            f"the same article stands at {before.location} with another text and the same date",
        )
    article = replace(article, article_id=name, warnings=warnings)
    item.article = article
    if item.aliases and snapshot.url and snapshot.url != article.url:
        item.aliases = (*item.aliases, snapshot.url)
    moved = bool(item.aliases and unknown(run, (article.url, *item.aliases)))
    known.articles.add(name, location=at, title=article.title, url=address, aliases=item.aliases)
    if (
        before is not None
        and before.status == "ok"
        and before.version == article.version
        and not run.options.again
    ):
        told = told_of(article.title, article.source, article.url, article.date)
        equal = before.told == told and not moved
        item.same = before.rules_version == run.rules_version and (equal or not here)
    if item.same:
        return
    item.past = before is not None and not here and not _newer(article.date, before.date)
    version = version_key(name, article.version)
    if item.past and known.versions.get(version) == run.rules_version and not run.options.again:
        item.same = True
        return
    item.new = version not in known.versions
    known.versions[version] = run.rules_version
    if not item.past:
        known.current[name] = Reading(
            reading_id(run, item), article.version, run.rules_version,
            told_of(article.title, article.source, article.url, article.date), item.location, article.date, "ok",
            article.title, article.url, before.n_claims if before is not None else 0, CUT in article.warnings,
        )  # fmt: skip
        if before is None:
            run.fresh.add(name)


def _is_another(run: Run, item: Item, article: Article, before: Reading, name: str) -> bool:
    """Whether the page at a place is another article than the one that its address names."""
    if item.aliases:  # it was led on to that address
        return False
    place = run.known.places.get(item.location)
    return another(
        Page(item.location, article.url, article.title),
        Page(before.location, before.url, before.title),
        known_there=place is not None and place.article_id == name,
    )


def _newer(date: dt.date | None, before: dt.date | None) -> bool:
    """Whether a version found elsewhere takes the place of the one that holds: an undated one never beats a dated one."""
    return before is None or (date is not None and date >= before)


def reading_id(run: Run, item: Item) -> str:
    """Names one reading of one article, or what was set aside; the same in any run."""
    found = item.article.version if item.article is not None and item.error is None else "set aside"
    name = item.article.article_id if item.article is not None else ""
    code = item.error.code if item.error is not None else ""
    sha256 = item.snapshot.sha256 if item.snapshot is not None else ""
    said = "\n".join([name, found, item.location, code, sha256, run.rules_version])
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def unknown(run: Run, addresses: Iterable[str | None]) -> list[str]:
    """Those of the addresses that are not known as any article's."""
    return [a for a in addresses if a and tidy_address(a) not in run.known.articles.by_address]
