"""A web page to a draft of an article (BeautifulSoup with the lxml parser)."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import Tag

from pipeline.articles.advice import ADVICE
from pipeline.articles.build import Draft
from pipeline.articles.dates import LineDate, date_line, dates_in
from pipeline.articles.elements import visible_text
from pipeline.articles.errors import BAD_HINT, ArticleError
from pipeline.articles.furniture import sift
from pipeline.articles.headings import heads_by_colon, style_of
from pipeline.articles.metadata import read_metadata, time_dates
from pipeline.articles.outline import role_of
from pipeline.articles.publisher import UNKNOWN, host_of, publisher_in
from pipeline.articles.shape import is_connector, outline_number, shape_of
from pipeline.articles.soup import parse
from pipeline.articles.survey import Survey, survey
from pipeline.articles.text_reader import arrange, inline_bullets
from pipeline.articles.titles import chosen, last_words, stem_of
from pipeline.articles.typed_lists import mark_typed_lists
from pipeline.articles.unit import Unit
from pipeline.articles.unmarked import mark_lost_lists
from pipeline.articles.walk import Walker
from pipeline.model import Snapshot
from pipeline.model.addresses import without_secrets

CUT = "the page was cut short: its end is missing"
NO_TITLE = "no title: named after its file"
HIGHEST = 12  # units among which the title is looked for
LONGEST_TERM = 80  # code points
LONGEST_TITLE = 300  # code points
LEAST = 0.25  # the part of the page's words that <main> or <article> must hold to be taken for the article
BOLD_RANK = 7
_WORD = re.compile(r"[^\W\d_]{2}")


def read_page(text: str, snapshot: Snapshot) -> Draft:
    """A draft from HTML. Never raises for bad markup; raises ArticleError for a `main` hint that is no CSS selector."""
    text = _without_cut_tag(text)
    soup = parse(text)
    address = snapshot.url or (snapshot.location if "://" in snapshot.location else None)
    seen = survey(soup)
    about = read_metadata(seen, address)
    root = seen.first("body") or soup
    main = _main(soup, seen, dict(snapshot.hints).get("main"), snapshot.location)
    walker = Walker(root, main, seen.size)
    units, furniture, lines = sift(walker.units)
    dates = [*lines, *_outside_dates(walker.outside, furniture)]
    units = inline_bullets(units)
    if any(unit.term for unit in units):
        units = _join_terms(units)
    _bold_headings(units)
    mark_typed_lists(units)
    _join_regimens(units)
    title = _title(units, walker.outside, about.titles, furniture)
    shown = bool(title)
    warnings = [] if shown else [NO_TITLE]
    if re.search(r"<(?:html|body)\b", text[:20000], re.I) and not re.search(
        r"</(?:html|body)\s*>", text[-2000:], re.I
    ):
        warnings.append(CUT)
    if not any(unit.kind == "heading" and role_of(unit.text) == "body" for unit in units):
        arrange_plain(units)
    else:
        mark_lost_lists(units, compact=False, headed=True)
    date = chosen(dates) if any(d.rank == 0 for d in dates) else None
    if date is None:
        date = chosen([*dates, *about.dates, *time_dates(seen, main, about.day_first)])
    if date is None:
        date = chosen([found for words in walker.furniture for found in dates_in(words)])
    url = without_secrets(about.canonical) if about.canonical else address
    publisher = snapshot.publisher or about.publisher
    if publisher is None:
        publisher = (
            publisher_in(last_words(units, furniture + walker.furniture))
            or about.site
            or host_of(url)
            or UNKNOWN
        )
    return Draft(
        article_id=url or stem_of(snapshot.location),
        url=url,
        source=publisher,
        title=title or stem_of(snapshot.location),
        title_shown=shown,
        date=date,
        units=units,
        warnings=warnings,
        furniture=[*walker.furniture, *furniture],
        language=about.language,
    )


def _without_cut_tag(text: str) -> str:
    """Without the beginning of a tag at the very end, where the page was cut."""
    start = text.rfind("<")
    begun = start >= 0 and ">" not in text[start:] and re.match(r"</?[A-Za-z]|</?$", text[start : start + 3])
    return text[:start] if begun and len(text) - start < 2000 else text


def _main(soup: BeautifulSoup, page: Survey, hint: str | None, where: str) -> Tag | None:
    """The element that holds the article; None where it is the whole page."""
    if hint:
        try:
            found = soup.select_one(hint)
        except Exception as error:  # the selector library raises its own kinds, ValueError and others
            raise ArticleError(
                BAD_HINT,
                f"the reader hint main = {hint!r} is no CSS selector",
                where=where,
                do="mend it in the sources file",
            ) from error
        if found is not None:
            return found
    bodies = [tag for tag in page.named if tag.get("itemprop") == "articleBody"]
    for candidates in (page.by_tag["main"], page.mains, page.by_tag["article"], bodies):
        if len(candidates) != 1:
            continue
        words = visible_text(candidates[0])
        if len(words) >= LEAST * page.size and _WORD.search(words):
            return candidates[0]
    return None


def _outside_dates(outside: list[Unit], furniture: list[str]) -> list[LineDate]:
    """Dates beside the main part (a byline in the page's header); its other words become furniture."""
    dates: list[LineDate] = []
    for unit in outside:
        dates.extend(date_line(unit.text) or ())
        furniture.append(unit.text)
    return dates


def _title(units: list[Unit], outside: list[Unit], titles: list[str], furniture: list[str]) -> str:
    """The page's title: its h1 (of several, one that its head has too), else what its head says; repeats leave `units`."""
    own: Unit | None = None
    ranked = [unit for unit in units if unit.kind == "heading"]
    tops = [unit for unit in ranked if unit.rank == 1]
    first = [unit for unit in tops if _WORD.search(unit.text)]
    told = [unit for unit in tops if any(unit.text.casefold() in words.casefold() for words in titles)]
    named = {words.casefold() for words in titles}
    told = told or [unit for unit in ranked if unit.rank != 1 and unit.text.casefold() in named][:1]
    if told:
        own = told[0]
    elif not any(titles) and (own := _above_all(ranked, units)) is not None:
        pass
    elif first and (ranked[0] is first[0] or (len(first) == 1 and _tops_all(first[0], units))):
        own = first[0]
    if own is not None:
        title = own.text
    else:
        title = next((unit.text for unit in outside if unit.kind == "heading" and unit.rank == 1), "")
        title = title or next((words for words in titles if words), "")
        if not title and (own := _alone(ranked, units)) is not None:
            title = own.text
    _drop_above(units, title, own, furniture)
    units[:] = [unit for unit in units if unit is not own]
    return title


def _alone(ranked: list[Unit], units: list[Unit]) -> Unit | None:
    """The heading at the top of a page that stands above all others by its level, or is the only one."""
    if not ranked or ranked[0] is not units[0]:
        return None
    top = ranked[0]
    return (
        top
        if _WORD.search(top.text)
        and all((unit.rank or BOLD_RANK) > (top.rank or BOLD_RANK) for unit in ranked[1:])
        else None
    )


def _above_all(ranked: list[Unit], units: list[Unit]) -> Unit | None:
    """The first words of a page, in bold, that ask; or where several headings of one level follow, in bold too only where
    the first stands right below."""
    top = units[0] if units else None
    below = [unit.rank or BOLD_RANK for unit in ranked if unit is not top]
    if top is None or not below or len(top.text) > LONGEST_TITLE or not _WORD.search(top.text):
        return None
    if not (top.rank == BOLD_RANK or (top.kind == "paragraph" and top.bold and top.text[-1] not in ":;,")):
        return None
    if top.text[-1] == "?":
        return top
    if min(below) == BOLD_RANK:
        return top if units[1].kind == "heading" else None
    return top if below.count(min(below)) > 1 and units[1].kind not in ("item", "row") else None


def _tops_all(top: Unit, units: list[Unit]) -> bool:
    """Whether nothing but short lines, no advice, stand above a heading."""
    above = units[: next(index for index, unit in enumerate(units) if unit is top)]
    return len(above) < HIGHEST and all(_is_short(unit) for unit in above)


def _is_short(unit: Unit) -> bool:
    """Whether a block could be a logo, a link, a name: short, no table, no advice."""
    return not unit.cells and len(unit.text) <= 160 and ADVICE.search(unit.text) is None


def _drop_above(units: list[Unit], title: str, own: Unit | None, furniture: list[str]) -> None:
    """Takes the title's repeats out of the first units, and what stands above them (a logo, links) where it is no advice."""
    at = [
        i for i, u in enumerate(units[:HIGHEST]) if u.kind != "item" and u.text.casefold() == title.casefold()
    ]
    while title and at:
        above = units[: at[-1]]
        if all(map(_is_short, above)):
            gone = units[: at[-1] + 1]
            # where the title is a heading further down, a line like it is furniture too
            shown = gone[-1] if own is None else own
            furniture += [unit.text for unit in gone if unit is not shown]
            del units[: at[-1] + 1]
            return
        at.pop()


def _bold_headings(units: list[Unit]) -> None:
    """A paragraph all in bold, in the shape of a heading and over text of its own, is one."""
    colons = style_of(units).colons
    for index, unit in enumerate(units):
        if unit.kind == "heading":
            _part_number(unit)
        if unit.kind != "paragraph" or not unit.bold or unit.depth or index + 1 == len(units):
            continue
        after = units[index + 1]
        text = unit.text
        if text[-1] == ":" and colons and heads_by_colon(unit):
            text = text[:-1]
        elif text[-1] == ":":
            text = "" if after.kind in ("item", "row") else text[:-1].rstrip()
        if text and shape_of(text):
            unit.kind, unit.rank = "heading", BOLD_RANK
            _part_number(unit)


def _part_number(unit: Unit) -> None:
    """Moves the outline number of a heading to its marker."""
    number = outline_number(unit.text)
    unit.marker, unit.text = number.strip(), unit.text[len(number) :]


def _join_terms(units: list[Unit]) -> list[Unit]:
    """A term and its text, where that is one block, as one item: "Adults: 5 mg once daily"."""
    made: list[Unit] = []
    for index, unit in enumerate(units):
        before = made[-1] if made else None
        if before is not None and before.term and unit.kind == "item" and unit.depth == before.depth + 1:
            after = units[index + 1] if index + 1 < len(units) else None
            alone = after is None or after.kind != "item" or after.depth <= before.depth
            if (
                alone
                and not unit.marker
                and len(before.text) <= LONGEST_TERM
                and before.text[-1] not in ".?!;"
            ):
                before.text = f"{before.text.rstrip(': ')}: {unit.text}"
                before.url, before.term = before.url or unit.url, False
                continue
        made.append(unit)
    return made


def _join_regimens(units: list[Unit]) -> None:
    """ "PLUS" between two lists makes them one, and is an item of it."""
    for index in range(1, len(units) - 1):
        before, unit, after = units[index - 1 : index + 2]
        if unit.kind == "paragraph" and before.kind == after.kind == "item" and is_connector(unit.text):
            unit.kind, unit.depth, after.fresh = "item", after.depth, False


def arrange_plain(units: list[Unit]) -> None:
    """Headings by shape in a page that marks none. Lists keep the depth that the page gives them."""
    kept = {id(unit): (unit.depth, unit.marker, unit.fresh) for unit in units if not unit.typed}
    arrange(units)
    for unit in units:
        if unit.kind != "heading" and id(unit) in kept:
            unit.depth, unit.marker, unit.fresh = kept[id(unit)]
