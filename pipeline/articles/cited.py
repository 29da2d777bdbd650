"""Citations and raised figures in running words, whatever they were read from."""

from __future__ import annotations

import re

from pipeline.articles.unit import Unit

NUMBERS = r"\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,60}"  # the numbers of references: "1, 2", "3-5"
CITED = rf"(?:\s*[\[(]?{NUMBERS}[\])]?)?"  # at the end of a line, where there may be a citation

# Noncharacters, which `decode.clean` takes out of every text before.
BREAK = "\ufdd0"  # a <br>, until the line is made
_OPEN, _CLOSE = "\ufdd1", "\ufdd2"  # around a citation, until the line is made
_CITE = re.compile(r"[\[(]?\s*(?:ref\.?\s*)?\d{1,3}(?:\s?[,;–—-]\s?\d{1,3})*\s*[\])]?[,;]?")
_FIGURE = re.compile(r"[+−-]?\d+")
# Only lengths have powers in medicine (m², cm³); "mL/min" with a raised 2 is cited.
_LENGTH = re.compile(r"(?:^|[\s/·×(\d])[kcdmnμµ]?m$")
_LETTER = re.compile(r"(?:^|[^\w/])[A-Za-z]$")  # no unit of an amount ("5 mmol/L")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_NO_BRACKETS = str.maketrans("[]", "  ")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹˒⸴⁻", "0123456789,,-")
# Never the charge of an ion ("Ca²⁺"). What looks back stands behind the first figure, so that the search goes from one to the next.
_RAISED_CITE = re.compile(
    r"([¹²³⁰⁴-⁹](?<=[.,;:)\]\"”a-zL\s].)[¹²³⁰⁴-⁹]*+(?:[,˒⸴⁻–-][ ]?[¹²³⁰⁴-⁹]+)*)(?![⁺⁻+¹²³⁰⁴-⁹])"
)
_ROUND_LIST = r"\(({NUMBERS})\)".replace("{NUMBERS}", NUMBERS)
_ROUND_END = re.compile(rf"(?<=[\w%)\]\"”.:])\s?{_ROUND_LIST}[.:;]?$")
_ROUND = re.compile(
    rf"(?<=[\w%)\]\"”.:])(\s?){_ROUND_LIST}(?=[.:;,]?$|[.;,]\s|\(\d)|(?<=\.)\s?{_ROUND_LIST}(?=\s+[A-Z])"
)
LEAST_ROUND = 3  # blocks that end with numbers in round brackets
_TOUCHING = re.compile(rf"\.(?<=[a-z)%][a-z)%]\.)(?={NUMBERS}(?:[ \t]*$|\s+[A-Z]))", re.MULTILINE)
_MANY = re.compile(rf"{_CLOSE}\s*+(?:[,;]\s*+)?{_OPEN}")
_AFTER = re.compile(rf"{_CLOSE}(?=[\w(])")
_COMMAS = re.compile(r"(?:(?<!\s)\s++)?[,;]\s*+")


def square_citations(units: list[Unit]) -> None:
    """Citations in round brackets as ones in square brackets, in place, where several blocks end so: "tolerated (1, 2)."."""
    if (
        sum(")" in unit.text[-3:] and _ROUND_END.search(unit.text) is not None for unit in units)
        < LEAST_ROUND
    ):
        return
    for unit in units:
        if "(" in unit.text and not unit.cells:
            unit.text = _ROUND.sub(lambda m: f"{m[1]}[{m[2]}]" if m[2] else f" [{m[3]}]", unit.text)


def set_off(text: str) -> str:
    """Plain text in which numbers of references that touch the full stop before them are set off from it.

    >>> set_off("within 3 hours of birth.1,2\\nAvoid it after birth.3 Give 2.5 mg. See v.2 of it.")
    'within 3 hours of birth. 1,2\\nAvoid it after birth. 3 Give 2.5 mg. See v.2 of it.'
    """
    return _TOUCHING.sub(". ", text)


def raised(text: str, before: str, *, cites: bool) -> str:
    """What a raised `text` after the words `before` reads as: a citation, a power, or plain letters.

    >>> raised("1,2", "tolerated.", cites=False).strip("\ufdd1\ufdd2"), raised("2", "60 mg/m", cites=False)
    ('1, 2', '²')
    """
    bare = " ".join(text.translate(_NO_BRACKETS).split())
    if not bare:
        return ""
    if not _CITE.fullmatch(bare):
        return bare.translate(_RAISED) if _FIGURE.fullmatch(bare) or bare in "+-−" else text
    if not cites and (
        (bare in ("2", "3") and _LENGTH.search(before)) or (bare.isdigit() and before.endswith("10"))
    ):
        return bare.translate(_RAISED)
    return citation(bare)


def citation(bare: str) -> str:
    """A citation between its marks; brackets go, since a raised number needs none."""
    return f"{_OPEN}{_COMMAS.sub(', ', bare.strip('[]() ,;'))}{_CLOSE}"


def line(parts: list[str]) -> str:
    """One line of collected parts: white space collapsed, citations set off by a space. Breaks stay."""
    text = spaced_citations("".join(parts))
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
    """Raised figures that cite as plain numbers; powers and charges stay.

    >>> spaced_citations("tolerated.¹,² Use 60 mg/m² in Ca²⁺ excess³⁻⁵; 10⁹/L")
    'tolerated. 1, 2 Use 60 mg/m² in Ca²⁺ excess 3-5; 10⁹/L'
    """
    if text.isascii() or not _RAISED_CITE.search(text):
        return text

    def put(found: re.Match[str]) -> str:
        before = text[max(0, found.start() - 12) : found.start()]
        if _LENGTH.search(before) or before.endswith("10") or _LETTER.search(before):
            return found[1]
        return " " + ", ".join(n.strip() for n in found[1].translate(_LOWERED).split(","))

    return _RAISED_CITE.sub(put, text)
