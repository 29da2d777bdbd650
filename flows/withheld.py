"""What stands in the place of an article and is none: a sign-in page, a wall of consent, an error page that says 200.

Its text is new, and nothing in it is a recommendation, where there were some before. As with a page that goes away, that is
no retraction: what was read there before holds on. So it does where a page lacks its end, and claims that were read before.
"""

from __future__ import annotations

from dataclasses import replace

from flows.errors import RunError
from flows.known import version_key
from flows.state import Item, Run
from pipeline.articles.page import CUT
from pipeline.ledger.identity import is_address, tidy_address
from pipeline.model import Article

WITHHELD = "E-RUN-6"
CUT_SHORT = "E-RUN-7"


def withhold(run: Run, items: list[Item]) -> None:
    """Marks with an error the items, whose claims are extracted, that hold no article any more; `run.known` forgets them."""
    for item in items:
        article = item.article
        if article is None or item.error is not None:
            continue
        current, name = run.known.current, article.article_id
        found = current[name].n_claims if item.same else len(item.claims)
        bad = article.version in run.withheld
        had = _had(run, item, article) if bad or not found else 0
        if had or bad:
            run.withheld.add(article.version)
            _forget(run, item, article)
            item.error = _nothing_left(item.location, had)
        elif _cut(run, item, article):
            _forget(run, item, article)
            item.error = RunError(
                CUT_SHORT,
                f"{CUT}, and {len(item.claims)} claims were read, not {_had(run, item, article)} as before",
                where=item.location,
                do="the next run asks again; what was read before holds on. If the page is whole as it is: evidence run --again",
            )
        elif not item.same and not item.past:
            current[name] = replace(current[name], n_claims=found)


def _had(run: Run, item: Item, article: Article) -> int:
    """How many claims were read in what stood at this place, or in the article that it is a version of, until now."""
    own = _known_at(run, item)
    if own is not None and own != article.article_id:
        reading = run.known.current.get(own)
        if reading is not None and reading.location == item.location:
            return reading.n_claims
    before = item.before
    new = before is not None and before.version != article.version and not (item.past or item.same)
    return before.n_claims if before is not None and new else 0


def _cut(run: Run, item: Item, article: Article) -> bool:
    """Whether the page lost its end since it was read last, and claims with it."""
    if run.options.again or CUT not in article.warnings or item.before is None or item.before.cut:
        return False
    return len(item.claims) < _had(run, item, article)


def _known_at(run: Run, item: Item) -> str | None:
    place = run.known.places.get(item.location)
    return place.article_id if place is not None else None


def _forget(run: Run, item: Item, article: Article) -> None:
    """The place stays that of the article known there, whatever the page calls itself, and its reading is no version."""
    known, at, name = run.known, item.location, article.article_id
    if not (item.same or item.past) and item.before is not None:
        known.current[name] = item.before
    if item.new:
        known.versions.pop(version_key(name, article.version), None)
    own = _known_at(run, item) or (known.articles.other_name(at, than=name) if item.aliases else name)
    known.articles.by_place[at] = own
    if is_address(at):
        known.articles.by_address[tidy_address(at)] = own
    item.article = replace(article, article_id=own)


def _nothing_left(location: str, had: int) -> RunError:
    claims = "a claim was" if had == 1 else f"{had} claims were"
    before = f"where {claims} read before" if had else "and it stands in the place of other articles too"
    return RunError(
        WITHHELD,
        f"nothing in what stands there now is a recommendation, {before}",
        where=location,
        do="open it: it may be a sign-in, consent or error page; what was read before holds on. If the article really gives "
        "no advice any more, reject its claims in: evidence review",
    )
