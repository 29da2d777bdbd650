"""Running words of a web page as one line of text: citations as in plain text, raised and lowered digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4.element import NavigableString, PreformattedString, Tag

from pipeline.articles.elements import tags, verdict

# Noncharacters, which `decode.clean` takes out of every text before.
BREAK = "\ufdd0"  # a <br>, until the line is made
_OPEN, _CLOSE = "\ufdd1", "\ufdd2"  # around a citation, until the line is made
_ITEM = "\ufdd3"  # the beginning of a list item in a table cell
_CITE = re.compile(r"[\[(]?\s*(?:ref\.?\s*)?\d{1,3}(?:\s?[,;–—-]\s?\d{1,3})*\s*[\])]?[,;]?")
# Only lengths have powers in medicine (m², cm³); "mL/min" with a raised 2 is cited.
_LENGTH = re.compile(r"(?:^|[\s/·×(\d])[kcdmnμµ]?m$")
_POWER = re.compile(r"(?:10|\d\s?[×x]\s?10|[A-Za-z]\d?)$")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_NO_BRACKETS = str.maketrans("[]", "  ")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED_CITE = re.compile(r"(?<=[.,;:)\]\"”a-z])([¹²³⁰⁴-⁹]+(?:[,⁻–-][¹²³⁰⁴-⁹]+)*)")
_MANY = re.compile(rf"{_CLOSE}\s*[,;]?\s*{_OPEN}")
_AFTER = re.compile(rf"{_CLOSE}(?=[\w(])")
_COMMAS = re.compile(r"\s*[,;]\s*")


def raised(text: str, before: str, *, cites: bool) -> str:
    """What a raised `text` after the words `before` reads as: a citation, a power, or plain letters.

    >>> raised("1,2", "tolerated.", cites=False).strip("\ufdd1\ufdd2"), raised("2", "60 mg/m", cites=False)
    ('1, 2', '²')
    """
    bare = " ".join(text.translate(_NO_BRACKETS).split())
    if not bare:
        return ""
    if not _CITE.fullmatch(bare):
        return bare.translate(_RAISED) if re.fullmatch(r"[+−-]?\d+", bare) or bare in "+-−" else text
    if not cites and (
        (bare in ("2", "3") and _LENGTH.search(before)) or (bare.isdigit() and before.endswith("10"))
    ):
        return bare.translate(_RAISED)
    return citation(bare)


def citation(bare: str) -> str:
    """A citation between its marks; brackets go, since a raised number needs none."""
    return f"{_OPEN}{_COMMAS.sub(', ', bare.strip('[]() ,;'))}{_CLOSE}"


def is_citation_link(tag: Tag, text: str) -> bool:
    """Whether a link is the number of a reference."""
    if not re.fullmatch(r"\s*\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\s*", text):
        return False
    href = str(tag.get("href", ""))
    return (
        href.startswith("#")
        or "ref" in href.lower()
        or "cite" in " ".join(map(str, tag.get_attribute_list("class"))).lower()
    )


def has_cite_link(tag: Tag) -> bool:
    """Whether a raised element holds a link, as citations do."""
    return any(isinstance(node, Tag) and node.name == "a" for node in tag.descendants) or bool(
        re.search(r"cit|ref", " ".join(map(str, tag.get_attribute_list("class"))), re.I)
    )


def line(parts: list[str]) -> str:
    """One line of collected parts: white space collapsed, citations set off by a space. Breaks stay."""
    text = "".join(parts)
    if _OPEN in text:
        text = _MANY.sub(", ", text)
        text = _AFTER.sub(" ", text).replace(_OPEN, " ").replace(_CLOSE, "")
    if BREAK in text:
        return BREAK.join(
            " " * indent_of([piece]) + " ".join(piece.split()) for piece in text.split(BREAK)
        ).strip(BREAK)
    return " ".join(text.split())


def indent_of(parts: list[str]) -> int:
    """The columns by which hard spaces move a line in.

    >>> indent_of(["\\n", "\\xa0\\xa0 o dose"]), indent_of([" dose"])
    (2, 0)
    """
    for part in parts:
        head = part[: len(part) - len(part.lstrip())]
        if "\xa0" in head or head != part:
            return head.count("\xa0")
    return 0


def spaced_citations(text: str) -> str:
    """Raised figures of plain text that cite ("tolerated.¹,²") as plain numbers; powers of units stay."""
    if not _RAISED_CITE.search(text):
        return text

    def put(found: re.Match[str]) -> str:
        before = text[max(0, found.start() - 12) : found.start()]
        if _LENGTH.search(before) or before.endswith("10") or re.search(r"(?:^|\W)[A-Za-z]$", before):
            return found[1]
        return " " + ", ".join(found[1].translate(_LOWERED).replace("⁻", "-").split(","))

    return _RAISED_CITE.sub(put, text)


def words_of_cell(cell: Tag) -> str:
    """The words of a table cell on one line; lines of a list in it, and new sentences after a break, part with "; "."""
    text = line([part.replace(_ITEM, BREAK + _ITEM) for part in _parts(cell)])
    pieces = [piece.strip() for piece in text.split(BREAK)]
    made = ""
    for piece in pieces:
        parts = piece.startswith(_ITEM)
        piece = piece.lstrip(_ITEM).strip()
        if not piece:
            continue
        joint = "; " if made and (parts or piece[0].isupper()) and made[-1] not in ".;:,!?" else " "
        made = f"{made}{joint}{piece}" if made else piece
    return made


def _parts(root: Tag) -> Iterator[str]:
    """The words below `root`, citations marked, blocks and breaks as BREAK. Deep trees do no harm."""
    stack = [iter(root.contents)]
    tail = ""
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            continue
        if isinstance(node, NavigableString):
            if not isinstance(node, PreformattedString):
                tail = str(node)
                yield tail
            continue
        if not isinstance(node, Tag) or verdict(node, inside=True) == "unseen":
            continue
        if node.name == "br":
            yield BREAK
        elif node.name == "sup":
            yield raised(node.get_text(), tail, cites=has_cite_link(node))
        elif node.name == "a" and tail[-1:].isalpha() and is_citation_link(node, node.get_text()):
            yield citation(node.get_text().strip())
        else:
            if node.name == "li":
                yield _ITEM
            elif node.name in tags("block"):
                yield BREAK
            stack.append(iter(node.contents))
