"""An article in JATS (the journals' exchange format, ANSI/NISO Z39.96) as the web page that it would be.

Journals and open archives hand out the full text of guidelines so. The names of its elements are in `data/jats.toml`.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape

from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag

from pipeline.articles.data_files import word_map, word_set
from pipeline.articles.soup import children, first, is_words, text_of

_ROOT = re.compile(
    r"\s*+(?:<\?[^>]*+>\s*+|<!--(?:[^-]|-(?!->))*+-->\s*+)*+"
    r"(?:<!DOCTYPE\s+article\b[^>]{0,200}?\bJATS|<article\b[^>]*+>\s*+<front\b|<pmc-articleset\b)",
    re.IGNORECASE,
)
_XML = re.compile(
    r"\s*+<\?xml\b[^>]*+>\s*+(?:<(?:[!?])[^>]*+>\s*+)*+<(?:\w++:)?+([A-Za-z]\w*+)", re.IGNORECASE
)
_ARTICLE = re.compile(r"<article[\s>]")
LOWEST = 6  # headings of HTML go down to h6
_PARTS = ("year", "month", "day")


@cache
def _renamed() -> dict[str, str]:
    return word_map("jats.toml", "renamed")


def is_jats(text: str) -> bool:
    """Whether a text is an article in JATS.

    >>> is_jats('<?xml version="1.0"?><article article-type="research-article"><front></front></article>'), is_jats("<article><p>x</p></article>")
    (True, False)
    """
    return _ROOT.match(text[:4000]) is not None


def is_other_xml(text: str) -> bool:
    """Whether a text is XML of a kind that holds no article: neither JATS nor a web page.

    >>> is_other_xml('<?xml version="1.0"?><rss version="2.0"></rss>'), is_other_xml('<?xml version="1.0"?><html></html>')
    (True, False)
    """
    root = _XML.match(text[:4000])
    return root is not None and root[1].lower() not in ("html", "article", "div", "body")


def articles_in(text: str) -> int:
    """How many articles a JATS file holds: one, but for the answer of an archive that was asked for several.

    >>> articles_in("<pmc-articleset><article><front/></article><article><front/></article></pmc-articleset>")
    2
    """
    return len(_ARTICLE.findall(text))


def as_page(text: str) -> str:
    """The article as HTML: its title, date, journal and DOI where pages have theirs, sections under headings, references last.

    Bad markup is mended, never refused; of several articles in one file the first is read.
    """
    soup = BeautifulSoup(text, "xml")
    article = first(soup, ("article",)) or soup
    front = first(article, ("article-meta",))
    out = ["<!doctype html><html>"]
    language = article.get("xml:lang") if isinstance(article, Tag) else None
    if language:
        out[0] = f'<!doctype html><html lang="{escape(str(language))}">'
    out.append("<head>")
    out += _head(article, front)
    out.append("</head><body><article>")
    if front is not None:
        title = first(front, ("article-title",))
        if title is not None:
            out.append(f"<h1>{_line(title)}</h1>")
        for abstract in children(front, ("abstract", "trans-abstract")):
            if not abstract.get("abstract-type") and abstract.name == "abstract":
                if not children(abstract, ("title",)):
                    out.append("<h2>Abstract</h2>")
                _render(abstract, out, 1)
    for part in children(article, ("body", "back", "floats-group")):
        _render(part, out, 1)
    out.append("</article></body></html>")
    return "".join(out)


def _head(article: Tag, front: Tag | None) -> list[str]:
    """The meta elements: journal, publisher, publication date, and the DOI as the page's address."""
    found: list[str] = []
    for name, meta in word_map("jats.toml", "head").items():
        tag = first(article, (name,))
        if tag is not None and (words := _line(tag)):
            found.append(f'<meta name="{meta}" content="{words}">')
    if front is None:
        return found
    if dates := [stated for tag in children(front, ("pub-date",)) if (stated := _date(tag))]:
        found.append(f'<meta name="article:published_time" content="{max(dates, key=len)}">')
    for tag in children(front, ("article-id",)):
        if tag.get("pub-id-type") == "doi" and (doi := _line(tag)):
            found.append(f'<link rel="canonical" href="https://doi.org/{doi}">')
    return found


def _date(tag: Tag) -> str:
    """A date as ISO 8601 writes it, as far as it is given."""
    stated = str(tag.get("iso-8601-date") or "").strip()
    if stated:
        return escape(stated)
    parts: list[str] = []
    for name in _PARTS:
        found = first(tag, (name,))
        words = text_of(found).strip() if found is not None else ""
        if not words.isdigit():
            break
        parts.append(words.zfill(2))
    return "-".join(parts)


def _line(tag: Tag) -> str:
    """An element's words on one line, without its notes."""
    notes = {id(node) for note in tag.find_all(["xref", "fn"]) for node in note.descendants}
    words = "".join(str(node) for node in tag.descendants if is_words(node) and id(node) not in notes)
    return escape(" ".join(words.split()))


def _render(root: Tag, out: list[str], depth: int) -> None:
    """Writes what is in `root`; no recursion, so depth does no harm."""
    dropped = word_set("jats.toml", "dropped")
    sections = word_set("jats.toml", "sections")
    todo: list[tuple[PageElement | None, str, int]] = [(node, "", depth) for node in reversed(root.contents)]
    while todo:
        node, closed, level = todo.pop()
        if node is None:
            out.append(closed)
        elif not isinstance(node, Tag):
            if is_words(node):
                out.append(escape(str(node)))
        elif node.name not in dropped:
            inner = level + 1 if node.name in sections else level
            opened, closed = _tag(node, level)
            out.append(opened)
            todo.append((None, closed, level))
            todo += [(child, "", inner) for child in reversed(node.contents)]


def _tag(node: Tag, level: int) -> tuple[str, str]:
    """What stands for an element's beginning and end."""
    name = node.name
    around = node.parent.name if node.parent is not None else ""
    if around == "element-citation":
        return "", ". "
    if name == "title" and around == "caption":
        return "<p>", "</p>"
    if name == "title":
        heading = f"h{min(max(level, 2), LOWEST)}"
        return f"<{heading}>{_label(node)}", f"</{heading}>"
    if name == "label":
        return ("<!--", "-->") if around in word_set("jats.toml", "labelled") else ("<b>", "</b> ")
    if name == "list":
        kind = "ol" if str(node.get("list-type", "")).startswith(("order", "alpha", "roman")) else "ul"
        return f"<{kind}>", f"</{kind}>"
    if name == "xref":
        return ("<sup><a href='#r'>", "</a></sup>") if node.get("ref-type") == "bibr" else ("", "")
    if name == "ref-list":
        titled = bool(children(node, ("title",)))
        return ("<section>" if titled else "<section><h2>References</h2>") + "<ol>", "</ol></section>"
    if around == "name":
        return "", " "
    if name in ("td", "th"):
        spans = "".join(
            f' {key}="{escape(str(node[key]))}"' for key in ("colspan", "rowspan") if key in node.attrs
        )
        return f"<{name}{spans}>", f"</{name}>"
    html = _renamed().get(name, "")
    return (f"<{html}>", f"</{html}>") if html else ("", "")


def _label(title: Tag) -> str:
    """The number that stands before a section's title."""
    labels = children(title.parent, ("label",)) if title.parent is not None else []
    return f"{_line(labels[0])} " if labels else ""
