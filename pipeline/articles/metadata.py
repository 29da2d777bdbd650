"""What a web page says about itself outside its text: title, address, publisher, dates, language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from bs4.element import Tag

from pipeline.articles.dates import LineDate, meta_ranks, parse_date
from pipeline.articles.soup import text_of
from pipeline.articles.survey import Survey

_SUFFIX = re.compile(r"(?<!\s)\s++[|–—·»:-]{1,2}\s+")
_NO_TITLE = re.compile(  # what editors and servers put where no one wrote a title
    r"(?:untitled|new|blank|web|html)?\s*+(?:(?:document|page|tab|article)\s*+)?\d*|home ?(?:page)?|index|default|welcome|"
    r"[\w .()-]+\.(?:docx?|pdf|html?|txt|rtf|md)",
    re.IGNORECASE,
)
_PUBLISHERS = (
    "og:site_name",
    "citation_publisher",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "citation_journal_title",
)


@dataclass(slots=True)
class Metadata:
    """What the head of a page, its JSON-LD and its <time> elements tell."""

    titles: list[str] = field(default_factory=list)
    canonical: str | None = None
    publisher: str | None = None
    site: str | None = None
    language: str | None = None
    dates: list[LineDate] = field(default_factory=list)
    day_first: bool = False


def read_metadata(page: Survey, base: str | None) -> Metadata:
    """Gathers the metadata of a page; `base` resolves a relative canonical link."""
    found = Metadata()
    html = page.first("html")
    if html is not None:
        language = str(html.get("lang", "") or html.get("xml:lang", "")).strip()
        found.language = language or None
        found.day_first = language.lower().startswith("en-") and language.lower() not in ("en-us", "en-ph")
    named: dict[str, str] = {}
    for meta in page.by_tag["meta"]:
        name = str(
            meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        ).lower()
        content = " ".join(str(meta.get("content", "")).split())
        if not name or not content:
            continue
        named.setdefault(name, content)
        rank = meta_ranks().get(name)
        if rank is not None and (date := parse_date(content, day_first=found.day_first)) is not None:
            found.dates.append(LineDate(rank, date))
    for link in page.by_tag["link"]:
        if "canonical" in [str(rel).lower() for rel in link.get_attribute_list("rel")]:
            found.canonical = found.canonical or _address(str(link.get("href") or ""), base)
    if found.canonical is None and "og:url" in named:
        found.canonical = _address(named["og:url"], base)
    found.publisher = next((named[name] for name in _PUBLISHERS if name in named), None)
    found.site = named.get("og:site_name") or named.get("application-name")
    _linked_data(page, found)
    for name in ("og:title", "citation_title", "dc.title"):
        if name in named:
            found.titles.append(without_site(named[name], found.site or found.publisher))
    title = page.first("title")
    if title is not None and (words := " ".join(text_of(title).split())):
        found.titles.append(without_site(words, found.site or found.publisher))
    found.titles = [title for title in found.titles if _NO_TITLE.fullmatch(title) is None]
    return found


def without_site(title: str, site: str | None) -> str:
    """A page title without the name of its site.

    >>> without_site("Gout in adults | Northfield Clinical Review", None)
    'Gout in adults'
    >>> without_site("Northfield: Gout - Northfield", "Northfield")
    'Northfield: Gout'
    """
    pieces = _SUFFIX.split(title)
    if len(pieces) < 2 and not site:
        return title
    if site:
        kept = [piece for piece in pieces if piece.casefold() != site.casefold()]
        if kept and len(kept) < len(pieces):
            end = title.rfind(kept[-1]) + len(kept[-1])
            return title[title.find(kept[0]) : end]
        if title.casefold().startswith(f"{site.casefold()}: "):
            return title[len(site) + 2 :].strip()
    if len(pieces) < 2:
        return title
    marks = _SUFFIX.findall(title)
    if not _is_site(pieces[-1], marks[-1]):
        return title
    title = title[: title.rfind(marks[-1])].strip()
    # "Gout care | Rheumatology | Northfield": the section goes with the site
    if (
        len(pieces) > 2
        and marks[-2] == marks[-1]
        and _is_site(pieces[-2], marks[-2])
        and len(pieces[0].split()) > 1
    ):
        title = title[: title.rfind(marks[-2])].strip()
    return title


def _is_site(words: str, mark: str) -> bool:
    """Whether the last part of a page's title names its site, by the mark before it or its capitals."""
    listed = words.split()
    named = 0 < len(listed) <= 4 and all(word[0].isupper() for word in listed) and ":" not in mark
    return "|" in mark or named


def time_dates(page: Survey, main: Tag | None, day_first: bool) -> list[LineDate]:
    """Dates of <time> elements (and of itemprop dates) whose names say what they are."""
    dates: list[LineDate] = []
    times = [*page.by_tag["time"], *(tag for tag in page.named if tag.name in ("span", "abbr"))]
    for tag in times:
        if main is not None and not any(around is main for around in tag.parents):
            continue
        named = " ".join([str(tag.get("itemprop", "")), *map(str, tag.get_attribute_list("class"))]).lower()
        value = str(tag.get("datetime") or tag.get("content") or text_of(tag))
        date = parse_date(" ".join(value.split()), day_first=day_first)
        if date is None:
            continue
        if re.search(r"modif|updat|revis", named):
            dates.append(LineDate(0, date))
        elif re.search(r"publi|created|issued|entry-date", named) or tag.has_attr("pubdate"):
            dates.append(LineDate(2, date))
        elif tag.name == "time":
            dates.append(LineDate(3, date))
    return dates


def _address(href: str, base: str | None) -> str | None:
    """The address that a page names as its own. The front page of a site is that of no other page: sites put it into all."""
    try:
        url = urljoin(base or "", href.strip())
        parts, here = urlsplit(url), urlsplit(base or "//")
    except ValueError:
        return None
    front = parts.path in ("", "/") and not parts.query
    if front and (parts.netloc != here.netloc or here.path not in ("", "/") or here.query):
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _linked_data(page: Survey, found: Metadata) -> None:
    for script in page.by_tag["script"]:
        if "ld+json" not in str(script.get("type", "")).lower():
            continue
        try:
            data = json.loads(script.string or "")
        except (ValueError, RecursionError):
            continue
        for thing in _things(data):
            for name, rank in (("dateModified", 0), ("lastReviewed", 1), ("datePublished", 2)):
                value = thing.get(name)
                if isinstance(value, str) and (date := parse_date(value)) is not None:
                    found.dates.append(LineDate(rank, date))
            publisher = thing.get("publisher")
            who = publisher.get("name") if isinstance(publisher, dict) else publisher
            if found.publisher is None and isinstance(who, str) and who.strip():
                found.publisher = " ".join(who.split())
            headline = thing.get("headline")
            if isinstance(headline, str) and headline.strip():
                found.titles.append(" ".join(headline.split()))


def _things(data: object) -> Iterator[dict[str, object]]:
    """The articles and pages among JSON-LD data: the top and its graph, no deeper."""
    todo = [data]
    while todo:
        one = todo.pop(0)
        if isinstance(one, list):
            todo.extend(one[:50])
        elif isinstance(one, dict):
            yield one
            if isinstance(one.get("@graph"), list):
                todo.extend(one["@graph"][:50])
