"""Names as other spellings write them: British words, and prefixes that stand apart or are joined."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from pipeline.vocabulary.tables import parts, table

_PLACES = {"start": r"\b{}", "end": r"{}\b", "inside": "{}", "whole": r"\b{}\b"}
_PREFIX = re.compile(r"\b(post|non|pre|peri) (?=[a-z]{4})")
_JOINED = re.compile(r"\b(post|non|pre)(?=[a-z]{6})")


def add_spellings(names: dict[str, int]) -> None:
    """Adds to `names` (key of a name -> entry) the other spellings of each, where they mean nothing else yet."""
    for name, number in list(names.items()):
        written = british(name)
        if written != name:
            names.setdefault(written, number)
        if "post" in name or "non" in name or "pre" in name or "peri" in name:
            for form in (joined(name), apart(name)):
                if form != name:
                    names.setdefault(form, number)


def british(name: str) -> str:
    """The key of a name in British spelling.

    >>> british("pediatric iron deficiency anemia"), british("systemic lupus erythematosus")
    ('paediatric iron deficiency anaemia', 'systemic lupus erythematosus')
    """
    pattern, written, maybe = _british()
    return pattern.sub(written, name) if maybe.search(name) else name


def joined(name: str) -> str:
    """A key with its prefixes joined to their words.

    >>> joined("post traumatic headache")
    'posttraumatic headache'
    """
    return _PREFIX.sub(r"\1", name)


def apart(name: str) -> str:
    """A key with its prefixes as words of their own, as a hyphen makes them.

    >>> apart("noncirrhotic portal hypertension")
    'non cirrhotic portal hypertension'
    """
    return _JOINED.sub(r"\1 ", name)


@cache
def _british() -> tuple[re.Pattern[str], Callable[[re.Match[str]], str], re.Pattern[str]]:
    """What finds the parts to write otherwise, what writes one, and a quick test whether there may be any."""
    rows = table("spellings.tsv")
    written = {row["part"]: row["british"] for row in rows}
    left = sorted({word for row in rows for word in parts(row["not"])})
    rows_first = sorted(rows, key=lambda r: (-len(r["part"]), r["part"]))
    forms = (_PLACES[row["place"]].format(row["part"]) for row in rows_first)
    pattern = re.compile(rf"\b(?P<left>{'|'.join(left)})\b|{'|'.join(forms)}")
    maybe = re.compile("|".join(sorted({row["part"] for row in rows})))
    return pattern, lambda m: m[0] if m["left"] else written[m[0]], maybe
