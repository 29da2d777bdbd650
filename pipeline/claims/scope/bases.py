"""What a lead-in puts the drugs of its bullets beside: "Add one of the following to metformin:"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.claims.scope.additions import in_use
from pipeline.claims.scope.types import Parsed
from pipeline.vocabulary import Mention

_FOLLOWING = re.compile(r"\bfollowing\b|\bone of these\b|\bany of these\b", re.IGNORECASE)
_WITH_FOLLOWING = re.compile(
    r"\s+(?:should be |is |are )?(?:combined |given |used )?(?:plus|with|together with|in combination with)\s+"
    r"(?:one |any |either |at least one )?(?:of )?(?:the following|these)\b",
    re.IGNORECASE,
)

_CONSISTS = re.compile(
    r"\b(?:regimen|therapy|treatment|combination|doublet|triplet|quadruplet)\b[^:]*\b"
    r"(?:consists?\sof|consisting\sof|compris(?:es|ing)|(?:composed|made\sup)\sof)\b[^:;.]*:?\s*$",
    re.IGNORECASE,
)


def parts_of(lead: Parsed, bullets: Iterable[Parsed]) -> tuple[str, ...]:
    """The names of the drugs of a regimen whose lead-in says that it consists of its bullets; none where a bullet
    leaves a choice of drugs."""
    if not _CONSISTS.search(lead.reading.text):
        return ()
    each = [{b.reading.drugs[i].concept.name for i, usable in enumerate(b.usable) if usable} for b in bullets]
    if len(each) < 2 or any(len(names) != 1 for names in each):
        return ()
    return tuple(sorted({name.lower() for names in each for name in names}))


_AND = re.compile(r"\s(?:and|plus)\s(?:an?\s|the\s)?", re.IGNORECASE)


def _joined(text: str, drugs: list[Mention]) -> list[Mention]:
    """The first of some drugs, and those that "and" joins to it."""
    last = 1
    while last < len(drugs) and _AND.fullmatch(text, drugs[last - 1].end, drugs[last].start):
        last += 1
    return drugs[:last]


def bases_of(parsed: Parsed) -> tuple[str, ...]:
    """The names of the drugs that a lead-in adds the drugs below it to, or gives together with them."""
    reading = parsed.reading
    text = reading.text
    if not _FOLLOWING.search(text):
        return ()
    found = {d.concept.name for d in reading.drugs if _WITH_FOLLOWING.match(text, d.end)}
    for cue in reading.of("COMBINE"):
        if cue.value == "to" and _FOLLOWING.search(text, 0, cue.end):
            following = [d for d in reading.drugs if d.start >= cue.end]
            if following and not re.search(r"[,;:.]", text[cue.end : following[0].start]):
                found |= {d.concept.name for d in _joined(text, following)}
        elif cue.value == "add" and not found:
            found |= {reading.drugs[i].concept.name for i in in_use(reading, parsed.zones)}
    return tuple(sorted(name.lower() for name in found))


def in_use_beside(parsed: Parsed) -> tuple[str, ...]:
    """The names of the drugs that a bullet adds its own to, which its nested bullets add theirs to as well."""
    about = [f for f in parsed.findings if f.drug is not None and f.clause == parsed.findings[0].clause]
    if not about or any(f.fields.direction == "against" or f.kind == "evidence" for f in about):
        return ()
    beside = [{p for p in f.partners if not parsed.usable[p]} for f in about]
    if not all(beside):
        return ()
    return tuple(sorted({parsed.reading.drugs[p].concept.name.lower() for p in set.union(*beside)}))


def regimen_of(parsed: Parsed) -> tuple[str, ...]:
    """The names of the drugs that a heading gives together ("Triple Therapy (A + B + C)"), where it names no others."""
    named = {i for i, usable in enumerate(parsed.usable) if usable}
    together = [f for f in parsed.findings if f.drug in named and {*f.partners, f.drug} == named]
    if len(named) < 2 or {f.drug for f in together} != named:
        return ()
    names: set[str] = set()
    for drug in (parsed.reading.drugs[i] for i in named):
        name = drug.concept.name.lower()
        # "bismuth + metronidazole + tetracycline" is also the name of a product
        names |= set(name.split("/")) if "+" in parsed.reading.text[drug.start : drug.end] else {name}
    return tuple(sorted(names))
