"""Clauses that lean on the words before them: "..., in whom B is preferred" is about those just named, and
"..., B being an alternative" says something of B alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.claims.data_files import alternatives
from pipeline.claims.reading import Reading
from pipeline.claims.scope.zone import Zone

_RELATIVE = re.compile(
    r"[\s,]*(?:(?:in|for|to|among)\s(?:whom|which|these|those)|where|when)\s", re.IGNORECASE
)
_PERSONS = rf"(?:those|{alternatives('people')})"
# the last phrase before the relative words: "in patients with an intact cancer", else "in severe impairment"
_WHOM = re.compile(
    rf"\b(?:in|for|to|from|among|with)\s(?:(?:[\w-]+\s){{0,3}}{_PERSONS}\b(?:(?!\sand\s(?:in|from|for|to)\b)[^,;:()])*|(?:[\w-]+\s){{0,4}}[\w-]+)$",
    re.IGNORECASE,
)
_REACH = 160  # code points: no such phrase is longer


def antecedent(text: str, start: int, rule: str) -> tuple[int, int] | None:
    """The phrase of those whom a relative clause that begins at `start` by `rule` is about, right before it ("avoided in
    pregnancy, in which B is given"); None for other clauses.

    >>> text = "Avoid it in frail women, for whom rest is preferred."
    >>> text[slice(*antecedent(text, 23, "clause.coordinate"))]
    'in frail women'
    """
    if rule not in ("clause.coordinate", "clause.for-which") or not _RELATIVE.match(text, start):
        return None
    end = len(text[:start].rstrip(" ,"))
    found = _WHOM.search(text, max(0, end - _REACH), end)
    return found.span() if found is not None else None


_BEING = re.compile(r"\s(?:\([^()]*\)\s)?being\s", re.IGNORECASE)
_ITS_WORDS = re.compile(r",\s(?:(?!with\b)[\w-]{1,14}\s){0,2}", re.IGNORECASE)
_END = re.compile(r"[;.](?=\s|$)|,\s(?:and|but)\s")
_ADVISES = ("DIRECTION", "PREFERENCE", "LINE", "EVIDENCE")


def beings(reading: Reading) -> Iterator[tuple[int, int, bool]]:
    """Where ", B being ..." begins (at the drug's first words) and ends, and whether it advises on B."""
    if "being" not in reading.words:
        return
    for drug in reading.drugs:
        being = _BEING.match(reading.text, drug.end)
        opened = reading.text.rfind(", ", 0, drug.start)
        if being is None or opened < 0 or not _ITS_WORDS.fullmatch(reading.text, opened, drug.start):
            continue
        if not any(d.end <= opened for d in reading.drugs):
            continue
        end = _END.search(reading.text, being.end())
        stop = end.start() if end else len(reading.text)
        advises = any(
            being.end() <= c.start < stop and c.value != "none" for name in _ADVISES for c in reading.of(name)
        )
        yield opened + 2, stop, advises


def only_being(reading: Reading) -> Iterator[Zone]:
    """What only tells how another drug compares (", carbamazepine being less well tolerated")."""
    for start, stop, advises in beings(reading):
        if not advises:
            yield Zone("reason", start, stop, start, "role.reason.being", True)
