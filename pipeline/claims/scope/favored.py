"""Lists of patients behind a colon: "Favor warfarin: mechanical valves, severe mitral stenosis", "Avoid ramipril if: angioedema"."""

from __future__ import annotations

import re

from pipeline.claims.reading import Reading
from pipeline.claims.scope.conditions import words_of
from pipeline.claims.scope.fields import Fields, Place
from pipeline.claims.scope.types import Parsed

_CHOSEN = re.compile(r"\W*(?:favou?r|prefer|choose|select|avoid)\s(?:the\s)?$", re.IGNORECASE)
_COLON = re.compile(r"\s?(?:(?:in|for|if|when|with)(?:\spatients(?:\swith)?)?\s?)?:\s", re.IGNORECASE)
_CITED = re.compile(
    r"(?<!\bover)(?<!\babove)(?<!\bunder)(?<!\bbelow)(?<![<>≥≤])\s\[?\d{1,2}(?:\s?[,–-]\s?\d{1,2}){0,40}\]?[.\s]*+$"
)
# what such a list holds is no sentence of its own
_TELLS = re.compile(
    r"[.;]\s\S|\b(?:is|are|should|may|can|must|use|give|start|begin|because|which|\d+\s?mg)\b", re.IGNORECASE
)


def limit_to_list(parsed: Parsed) -> None:
    """Makes a list of patients behind "Favor A:" the condition of what is said of A; its diseases are theirs."""
    span = list_of_patients(parsed.reading)
    if span is None:
        return
    start, end = span
    place = Place("condition", start, end, "condition.list")
    words = words_of(parsed.reading.text, start, end)
    inside = {i for i, d in enumerate(parsed.reading.diseases) if start <= d.start < end}
    for finding in parsed.findings:
        fields: Fields = finding.fields
        marks = tuple(
            m for m in fields.marks if not (m.field in ("condition", "setting") and start <= m.start < end)
        )
        own = {c.value for c in parsed.reading.of("SETTING") if not start <= c.start < end}
        finding.fields = fields.but(
            condition=(words,), setting=tuple(s for s in fields.setting if s in own), marks=(*marks, place)
        )
        finding.others = (*finding.others, *(i for i in finding.diseases if i in inside))
        finding.diseases = tuple(i for i in finding.diseases if i not in inside)


def list_of_patients(reading: Reading) -> tuple[int, int] | None:
    """Where a statement that favors or avoids one drug lists for whom; None where it does not."""
    if len(reading.drugs) != 1 or ":" not in reading.text:
        return None
    drug, text = reading.drugs[0], reading.text
    colon = _COLON.match(text, drug.end)
    if colon is None or not _CHOSEN.fullmatch(text, 0, drug.start):
        return None
    cited = _CITED.search(text, max(colon.end(), len(text) - 80))
    end = cited.start() if cited else len(text.rstrip(" ."))
    if end <= colon.end() or reading.doses or _TELLS.search(text, colon.end(), end):
        return None
    return colon.end(), end
