"""What an article is about whose title names no disease: a transplantation, contraception, a sedation, ..."""

from __future__ import annotations

import re
from functools import cache

from pipeline.claims.data_files import table
from pipeline.vocabulary import Lexicon


@cache
def _topics() -> tuple[re.Pattern[str], dict[str, str]]:
    """One expression for all forms of `patterns/topics.tsv`, the longest first, and the name behind each."""
    names: dict[str, str] = {}
    for name, forms in table("topics", ("name", "forms")):
        names |= {form.lower(): name for form in forms.split("|")}
    any_form = "|".join(re.escape(form) for form in sorted(names, key=len, reverse=True))
    return re.compile(rf"\b(?:{any_form})\b", re.IGNORECASE), names


def topic_of(title: str) -> tuple[str, int, int] | None:
    """Name and place of the first topic in a title; None where it names none.

    >>> topic_of("Immunosuppression after Kidney Transplantation")
    ('kidney transplantation', 24, 46)
    """
    pattern, names = _topics()
    found = pattern.search(title)
    return (names[found[0].lower()], *found.span()) if found else None


_HARM = re.compile(
    r"(?<![\w-])(?P<drug>[\w-]+(?:\s[\w-]+){0,2})\s(?P<harm>toxicity|allergy|hypersensitivity|misuse|extravasation)\b",
    re.IGNORECASE,
)


def harm_of(title: str, lexicon: Lexicon) -> tuple[str, int, int] | None:
    """Name and place of what a drug does to people, in a title about just that ("Theophylline Toxicity: Dialysis").

    >>> harm_of("Management of phenytoin toxicity", Lexicon.default())
    ('phenytoin toxicity', 14, 32)
    """
    found = _HARM.search(title)
    if found is None:
        return None
    words = found["drug"].split()
    for k in range(len(words)):
        drug = lexicon.drug(" ".join(words[k:]))
        if drug is not None:
            begin = found.end("drug") - len(" ".join(words[k:]))
            return f"{drug.name} {found['harm'].lower()}", begin, found.end()
    return None
