"""What other notations leave in plain text: inline tags of HTML, Markdown's footnotes."""

from __future__ import annotations

import re

from pipeline.articles.cited import citation, line, raised
from pipeline.articles.unit import Unit

_SUP = re.compile(r"<sup\b[^<>]{0,200}>([^<>]{0,60})</sup>", re.IGNORECASE)
_CITED = re.compile(r"\s*+(?:[\[(]\s*+)?\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\s*+(?:[\])]\s*+)?")
_BREAK = re.compile(r"<br\s*/?>[ \t]*", re.IGNORECASE)
_TAGS = re.compile(
    r"</?(?:a|b|strong|i|em|u|s|sub|sup|span|small|mark|font|code|kbd|center)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_UP_NUMBERS = r"[+−-]?\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,20}"
_UP = re.compile(rf"\s?\^(?:\(({_UP_NUMBERS})\)\^?|\{{({_UP_NUMBERS})\}}|({_UP_NUMBERS})\^)(?=(\w)?)")
_ENDING = re.compile(r"(?<=\[\d)\]_|(?<=\[\d\d)\]_|(?<=\[\d\d\d)\]_")
_NOTE_MARK = re.compile(r"\[\^(\d{1,3})\](?!:)")
_NOTES_BESIDE = re.compile(r"\](?:,\s?)?\[(?=\d{1,3}\])")
_NOTE = re.compile(r"\[\^?(\d{1,3})\]:\s+(?=\S)")


def without_tags(text: str) -> str:
    """Plain text without inline tags; a break parts lines, in a row of a table sentences; footnote marks as citations.

    >>> without_tags("tolerated.<sup>1,2</sup> Use <b>5 mg</b> once[^3][^4] if <30")
    'tolerated. 1, 2 Use 5 mg once[3, 4] if <30'
    >>> without_tags("tolerated.^(1,2) Use 10^9^/L or 60 mg/m^{2} once ^3^ daily [4]_")
    'tolerated. 1, 2 Use 10⁹/L or 60 mg/m² once 3 daily [4]'
    """
    if "^" in text:
        text = _UP.sub(_lowered, text)
    if "]" in text and "]_" in text:
        text = _ENDING.sub("]", text)
    if "[^" in text:
        text = _NOTE_MARK.sub(r"[\1]", text)
        text = _NOTES_BESIDE.sub(", ", text)
    if "<" not in text or not (_TAGS.search(text) or _BREAK.search(text)):
        return text
    return "\n".join(_line(one) for one in text.split("\n"))


def _lowered(found: re.Match[str]) -> str:
    """A raised number in the notations of other programs ("^(1,2)", "^{1}", "10^9^") as a citation or a power."""
    numbers = found[1] or found[2] or found[3]
    before = found.string[max(0, found.start() - 12) : found.start()]
    made = line([before, raised(numbers, before, cites=False), "x" if found[4] else ""])
    return made.removeprefix(" ".join(before.split())).removesuffix("x" if found[4] else "")


def _line(text: str) -> str:
    if "<" not in text:
        return text
    indent = text[: len(text) - len(text.lstrip())]
    text = _BREAK.sub(" " if text.strip().startswith("|") else "\n" + indent, text)
    if _SUP.search(text):
        text = _SUP.sub(lambda m: citation(m[1].strip()) if _CITED.fullmatch(m[1]) else m[1], text)
        text = "\n".join(indent + line([one]) for one in text.split("\n"))
    return _TAGS.sub("", text)


def take_notes(units: list[Unit]) -> list[Unit]:
    """Moves footnotes ("[^1]: Roe J. 2020.") out of `units`; they are entries of the reference list."""
    kept: list[Unit] = []
    notes: list[Unit] = []
    for unit in units:
        found = _NOTE.match(unit.text) if unit.kind == "paragraph" else None
        if found is not None:
            unit.marker, unit.text = found[1], unit.text[found.end() :]
        (kept if found is None else notes).append(unit)
    units[:] = kept
    return notes
