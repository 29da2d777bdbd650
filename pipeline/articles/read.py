"""Bytes of one article to its structure."""

from __future__ import annotations

import re
import unicodedata

from pipeline.articles.assistants import plain_marks
from pipeline.articles.build import Draft, build
from pipeline.articles.cited import set_off, spaced_citations
from pipeline.articles.decode import decode, without_invisible
from pipeline.articles.errors import NO_WORDS, OTHER_XML, ArticleError
from pipeline.articles.front_matter import take_front_matter
from pipeline.articles.furniture import sift
from pipeline.articles.jats import articles_in, as_page, is_jats, is_other_xml
from pipeline.articles.lines import is_markdown
from pipeline.articles.link_marks import cut_addresses, take_marks
from pipeline.articles.notations import as_markdown
from pipeline.articles.printed import PAGE_END, join_pages
from pipeline.articles.publisher import UNKNOWN, host_of, publisher_in
from pipeline.articles.shape import shape_of
from pipeline.articles.text_marks import take_notes, without_tags
from pipeline.articles.text_reader import arrange, read_lines
from pipeline.articles.titles import chosen, last_words, stem_of
from pipeline.articles.unit import Unit
from pipeline.model import Article, Snapshot
from pipeline.model.addresses import without_secrets
from pipeline.model.collector import uncollected

_WORD = re.compile(r"[^\W\d_]{2}")
_HTML = re.compile(
    r"<!doctype html|<html[\s>]|<(?:head|body|div|p|h[1-6]|ul|ol|table|article|main|section|span|meta|title|br|li|a)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BLOCKS = re.compile(r"</(?:p|div|li|td|h[1-6])\s*>|<(?:html|body|p|div|li|h[1-6])\b", re.IGNORECASE)
NO_DATE = "no date: the article states none"
NO_TITLE = "no title: named after its file"


@uncollected()  # the tree of a page is full of cycles, and all of it is gone afterwards
def read_article(snapshot: Snapshot) -> Article:
    """The article in `snapshot`, with its structure over one canonical text.

    `article_id` is provisional: the address of a web page, else the file's stem. Raises ArticleError where nothing can
    be read (empty, binary, no words); all else is read, with a warning for what was mended.
    """
    shape_of.cache_clear()
    text, warnings = decode(snapshot.content, snapshot.charset, snapshot.location)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if is_jats(text):
        if (count := articles_in(text)) > 1:
            warnings.append(f"{count} articles in one file: the first is read; give each a file of its own")
        text = as_page(text)
    elif is_other_xml(text):
        raise ArticleError(
            OTHER_XML,
            "XML that is no article in JATS (a feed, a sitemap, data)",
            where=snapshot.location,
            do="name the place of the articles themselves; a feed or a sitemap is a source of its own kind",
        )
    if is_html(text, snapshot.media_type):
        from pipeline.articles.page import read_page

        draft = read_page(without_invisible(text.replace(PAGE_END, "\n")), snapshot)
    else:
        draft = read_text(text, snapshot)
    draft.warnings[:0] = warnings
    if not any(_WORD.search(unit.text) for unit in draft.units) and not _WORD.search(
        draft.title if draft.title_shown else ""
    ):
        raise ArticleError(
            NO_WORDS,
            "there are no words of an article in it",
            where=snapshot.location,
            do="look at the file or address",
        )
    if draft.date is None:
        draft.warnings.append(NO_DATE)
    return build(draft)


def is_html(text: str, media_type: str = "") -> bool:
    """Whether the text is a web page, by its content; the media type only settles doubt.

    >>> is_html("<p>Give 5 mg.</p>"), is_html("Give if eGFR <30 or BP >140", "text/html")
    (True, False)
    """
    first = text.find("<", 0, 20000)
    if first < 0:
        return False
    found = _HTML.search(text, first, 20000)
    if found is None:
        return False
    if "html" not in media_type and _BLOCKS.search(text[:20000]) is None and is_markdown(text):
        return False  # Markdown with breaks and spans in it
    if "html" in media_type or found.start() < 200:
        return True
    return len(_HTML.findall(text[:20000])) >= 3


def read_text(text: str, snapshot: Snapshot) -> Draft:
    """A draft from plain text."""
    heads: list[str] = []
    if PAGE_END in text:
        text, heads = join_pages(text)
    text, links = cut_addresses(as_markdown(plain_marks(text)))
    lines = read_lines(set_off(spaced_citations(without_tags(text))))
    if links:
        heads += take_marks(lines, links)
    units, furniture, dates = sift(lines)
    furniture += heads
    notes = take_notes(units)
    title = ""
    warnings: list[str] = []
    front = take_front_matter(units, furniture)
    if front.title:
        title = front.title
    elif units and _is_title(units):
        title = units.pop(0).text
    while title and units and units[0].text.casefold() == title.casefold():
        furniture.append(units.pop(0).text)
    arrange(units)
    shown = bool(title)
    if not shown:
        title = stem_of(snapshot.location)
        warnings.append(NO_TITLE)
    told = without_secrets(front.url) if front.url else None
    url = snapshot.url or told or (snapshot.location if "://" in snapshot.location else None)
    return Draft(
        article_id=url or stem_of(snapshot.location),
        url=url,
        source=snapshot.publisher
        or front.publisher
        or publisher_in(last_words(units, furniture))
        or host_of(url)
        or UNKNOWN,
        title=title,
        title_shown=shown,
        date=chosen(dates),
        units=units,
        warnings=warnings,
        furniture=furniture,
        notes=notes,
    )


def _is_title(units: list[Unit]) -> bool:
    first = units[0]
    if first.kind != "paragraph" or len(first.text) > 300:
        return False
    if first.rank or first.bold or len(units) == 1 or first.text[-1] == "?" or shape_of(first.text):
        return True
    return first.text[-1] not in ".;:,!" and len(first.text.split()) <= 40
