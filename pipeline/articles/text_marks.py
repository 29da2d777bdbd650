"""What other notations leave in plain text: inline tags of HTML, Markdown's footnotes."""

from __future__ import annotations

import re

from pipeline.articles.cited import citation, line
from pipeline.articles.unit import Unit

_SUP = re.compile(r"<sup\b[^<>]{0,200}>([^<>]{0,60})</sup>", re.IGNORECASE)
_CITED = re.compile(r"\s*+(?:[\[(]\s*+)?\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\s*+(?:[\])]\s*+)?")
_BREAK = re.compile(r"<br\s*/?>[ \t]*", re.IGNORECASE)
_TAGS = re.compile(
    r"</?(?:a|b|strong|i|em|u|s|sub|sup|span|small|mark|font|code|kbd|center)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_NOTE_MARK = re.compile(r"\[\^(\d{1,3})\](?!:)")
_NOTES_BESIDE = re.compile(r"\](?:,\s?)?\[(?=\d{1,3}\])")
_NOTE = re.compile(r"\[\^?(\d{1,3})\]:\s+(?=\S)")


def without_tags(text: str) -> str:
    """Plain text without inline tags; a break parts lines, in a row of a table sentences; footnote marks as citations.

    >>> without_tags("tolerated.<sup>1,2</sup> Use <b>5 mg</b> once[^3][^4] if <30")
    'tolerated. 1, 2 Use 5 mg once[3, 4] if <30'
    """
    if "[^" in text:
        text = _NOTE_MARK.sub(r"[\1]", text)
        text = _NOTES_BESIDE.sub(", ", text)
    if "<" not in text or not (_TAGS.search(text) or _BREAK.search(text)):
        return text
    return "\n".join(_line(one) for one in text.split("\n"))


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
