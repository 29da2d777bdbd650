"""Foods, drinks and other exposures that are avoided beside a drug: "avoid alcohol with metronidazole" and "levothyroxine: do not
take with coffee" advise against neither drug."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.data_files import phrases
from pipeline.claims.reading import Reading
from pipeline.claims.scope.listed import listed
from pipeline.claims.scope.zone import Zone
from pipeline.vocabulary.words import words


class _Known(NamedTuple):
    """The last words of the names, of which a text has one that names an exposure, and the expressions over the names."""

    said: frozenset[str]
    word: re.Pattern[str]  # one of these
    behind: re.Pattern[str]  # a list of them behind "avoid", "not ... with"
    subject: re.Pattern[str]  # one as the subject of "should be avoided"
    with_drug: re.Pattern[str]  # advice against one, up to the drug that it is avoided with
    on: re.Pattern[str]  # a list that goes on from one to a drug
    advised: re.Pattern[str]  # advice against one, anywhere
    named: re.Pattern[str]  # one alone
    taken_with: re.Pattern[str]  # a list of them behind a drug that is not taken with them


@cache
def _known() -> _Known:
    names = phrases("exposures")
    one = (
        r"(?:(?:all|any|the|much|excess|excessive|heavy|prolonged|strong|direct|drinking|eating|consuming|taking|ingesting)\s){0,2}+"
        rf"(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})"
        r"(?:\s(?:intake|consumption|use|exposure|products|ingestion))?\b"
    )
    some = rf"{one}(?:(?:,|,?\s(?:and|or))\s{one}){{0,4}}+"
    beside = r"\s(?:(?:together\s)?with|while|during|when|if|on|throughout)\s(?:(?:taking|on|using|receiving|you\stake|patients\stake)\s)?(?:an?\s|the\s|oral\s)?"
    taken = r"(?:avoided|limited|restricted|taken|consumed|drunk|stopped|minimi[sz]ed)"
    not_with = r"(?:\snot|\bnot|\bnever)\s(?:to\s)?(?:be\s)?(?:(?:take|taken|give|given|use|used|combined?|mixed?|swallow(?:ed)?|administer(?:ed)?|co-?administered)\s)?(?:it\s|them\s|these\s)?"
    together = r"(?:(?:taking|giving|using|combining)\s(?:it\s)?)?(?:together\s|at\sthe\ssame\stime\s|simultaneously\s)?(?:with|as)\s"
    advice = r"\b(?:avoid|avoiding|no|limit|restrict|abstain\sfrom|refrain\sfrom|against|(?:not|never)\s(?:drink|eat|consume|take|have|use))\s(?:(?!(?:in|during|if|when|with|for|while|until|after|before|on|at|by|to)\b)[\w-]+\s){0,2}"
    last = frozenset(words(name).norms[-1] for name in names)
    return _Known(
        last,
        re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, last), key=len, reverse=True))})", re.IGNORECASE),
        re.compile(rf"\s(?:{together})?{some}", re.IGNORECASE),
        re.compile(rf"(?:^|[.;:,(]\s?|•\s){some}\s(?:(?:should|must|may|can|is|are)\s)(?:not\s)?(?:be\s)?(?:best\s|strictly\s)?$", re.IGNORECASE),
        re.compile(rf"(?:{advice}{some}|{some}\s(?:should|must|is|are)\s(?:not\s)?(?:be\s)?(?:best\s|strictly\s)?{taken}){beside}$", re.IGNORECASE),
        re.compile(rf"{not_with}(?:[\w-]+\s)?{together}{some}(?:,|,?\s(?:and|or))\s$", re.IGNORECASE),
        re.compile(rf"{advice}{some}|{not_with}{together}{some}|{some}\s(?:should|must|is|are)\s(?:not\s)?(?:be\s)?(?:best\s|strictly\s)?{taken}", re.IGNORECASE),
        re.compile(rf"(?:{advice}|{not_with}(?:[\w-]+\s)?{together})(?P<name>{some})", re.IGNORECASE),
        re.compile(rf"(?:\s\([^()]*\))?\s(?:(?:taken|given|used)\s)?{together}{some}", re.IGNORECASE),
    )  # fmt: skip


_JOINED = re.compile(r"(?:,|,?\s(?:and|or))\s(?:an?\s|the\s|other\s)?", re.IGNORECASE)


def of_exposure(reading: Reading, cue: Cue) -> bool:
    """Whether advice against only means what is eaten, drunk or met: "avoid alcohol", "should not be taken with milk", "alcohol
    should be avoided"; not where a drug stands in the same list ("avoid alcohol and codeine")."""
    known = _known()
    if known.said.isdisjoint(reading.words):
        return False
    text = reading.text
    found = known.behind.match(text, cue.end)
    if found is not None:
        with_it = (
            text[cue.end : found.end()].lower().lstrip().startswith(("with ", "as ", "together ", "at "))
        )
        joined = _JOINED.match(text, found.end())
        return with_it or joined is None or not any(d.start == joined.end() for d in reading.drugs)
    first = next((d for d in reading.drugs if d.start >= cue.end), None)
    if first is not None and first.start - cue.end <= 20:
        found = known.taken_with.match(text, first.end)
        if (
            found is not None
        ):  # "avoid efavirenz with fatty meals", but not "... with grapefruit or clarithromycin"
            joined = _JOINED.match(text, found.end())
            return joined is None or not any(d.start == joined.end() for d in reading.drugs)
    return (
        cue.form == "predicate" and known.subject.search(text, max(0, cue.start - 90), cue.start) is not None
    )


def avoided_together(reading: Reading) -> Iterator[tuple[int, int]]:
    """The drug and the one that is listed with an exposure behind it ("avoid A with grapefruit or B"), by their indices."""
    known = _known()
    if known.said.isdisjoint(reading.words):
        return
    for i, drug in enumerate(reading.drugs[:-1]):
        found = known.taken_with.match(reading.text, drug.end)
        joined = _JOINED.match(reading.text, found.end()) if found else None
        if joined is not None and reading.drugs[i + 1].start == joined.end():
            yield i, i + 1


def beside_exposure(reading: Reading, at: int) -> bool:
    """Whether "with milk" and the like stand at a place."""
    known = _known()
    return not known.said.isdisjoint(reading.words) and known.behind.match(reading.text, at) is not None


def beside_exposures(reading: Reading, depths: list[int]) -> Iterator[Zone]:
    """The drugs that an exposure is avoided with ("avoid alcohol with metronidazole"), and those listed with one that another
    is not taken with ("do not take with coffee or calcium")."""
    known = _known()
    if known.said.isdisjoint(reading.words):
        return
    text = reading.text
    for found in known.named.finditer(text) if reading.drugs else ():
        start, end = found.span("name")
        if reading.drugs_in(start, end):  # "do not take with cranberry juice"
            yield Zone("prior", start, end, found.start(), "role.prior.exposure", True)
    spots = [m.start() for m in known.word.finditer(text)]
    for drug in reading.drugs:
        first = max(0, drug.start - 120)
        if bisect_left(spots, first) == bisect_left(spots, drug.start):
            continue
        told = known.with_drug.search(text, first, drug.start) or known.on.search(text, first, drug.start)
        if told is not None:
            cue = Cue("ROLE", "prior", told.start(), drug.start - 1, "role.prior.beside-exposure")
            yield from listed(reading, cue, depths)


def advises_on_exposure(reading: Reading) -> bool:
    """Whether a statement that names no drug tells what not to eat, drink or meet ("Avoid alcohol for 3 days")."""
    known = _known()
    return not known.said.isdisjoint(reading.words) and known.advised.search(reading.text) is not None
