"""Zones: stretches of a statement in which a drug plays another part than being advised on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.reading import Reading
from pipeline.vocabulary import Mention

# Roles that capture the next list of drugs only; the others go on to a comma or the end of the clause.
_LISTED = frozenset({"comparator", "prior", "replaced"})
_END = re.compile(
    r"[;:)\]|]|\s[–—]\s|—|\n|\bbut\b|\bhowever\b|\bwhereas\b|\balthough\b|\bfollowed by\b|\bshould\b|\bmay be\b|\bcan be\b|\bis\b|\bare\b|\bwas\b|\bwere\b",
    re.IGNORECASE,
)
_CLAUSE_END = r"[;:)\]|]|\s[–—]\s|—|\n|\bbut\b|\bhowever\b|\bwhereas\b"
_COND_END = re.compile(
    _CLAUSE_END
    + r"|,\s(?:since|because|as|which|repeated|repeating|then|choose|use|select|give|start|consider|begin|options|the following|"
    r"one of)\b|\bbecause\b",
    re.IGNORECASE,
)
_REASON_END = re.compile(_CLAUSE_END + r"|\band\s(?:should|must|is|are|may|can)\b", re.IGNORECASE)
_BACK = re.compile(r"\s(?:in|for|among|as)\s", re.IGNORECASE)
_TREATMENT = re.compile(
    r"(?:\s(?:induction|maintenance|therapy|treatment|monotherapy|failure|alone|use|pretreatment))*"
)
_NUMBER = re.compile(r"\s*\d")
_RECEIVES = re.compile(r"\b(?:may|should|must|can)\s(?:be|get|have|receive|start|take)\b", re.IGNORECASE)
_FINITE = re.compile(r"\s(?:is|are|should|must|may|can|remains?)\s")
# "take a culture before treatment and offer X": what is given is not what went before
_AND_A = re.compile(r"\s(?:and|or)\san?\s", re.IGNORECASE)
_AND_GIVE = re.compile(
    r"\sand\s(?:then\s)?(?:give|offer|start|use|add|begin|consider|prescribe|treat with)\s", re.IGNORECASE
)
_COMMA_AND = re.compile(r",\s(?:and|but)\s(?:an?\s|the\s)?", re.IGNORECASE)
_FILL = 7  # words between a role's words and its drugs


@dataclass(slots=True)
class Zone:
    """`start` to `end` with a `role`: comparator, prior, conditional, replaced, cause, reason, outcome, monitor.

    `cue_start` is where the words begin that open it; `closed` says that predicates inside do not count.
    """

    role: str
    start: int
    end: int
    cue_start: int
    rule: str
    closed: bool

    def holds(self, at: int) -> bool:
        """Whether the place lies in the zone."""
        return self.start <= at < self.end


# "patients with gout on allopurinol": what they take already.
_ON = re.compile(r"\s(?:already\s|currently\s)?on\s(?:oral\s|long-term\s|a\s|an\s)?", re.IGNORECASE)


# "Where norepinephrine is unavailable, ..."
_WHERE = re.compile(r"\W*(where)\s(?!to\b)", re.IGNORECASE)


_PERSONS = re.compile(
    r"\b(?:patients|those|people|persons|individuals|adults|children|women|men)\s$", re.IGNORECASE
)


def find_zones(reading: Reading, depths: list[int]) -> list[Zone]:
    """The zones of a statement, in text order."""
    zones: list[Zone] = []
    cues = reading.of("ROLE")
    closers = [c.start for c in cues if c.value == "close"]
    for cue in cues:
        if cue.value in ("close", "example", "replacement"):
            continue
        if cue.value == "comparator" and _NUMBER.match(reading.text, cue.end):
            continue  # "adults over 50 years", "older than 60 years"
        if cue.rule == "role.reason.with-demonstrated" and _PERSONS.search(reading.text, 0, cue.start):
            continue  # "in patients with established heart disease"
        if cue.form == "adjacent" and not any(d.start == cue.end + 1 for d in reading.drugs):
            continue
        if cue.form == "whole":
            zones.append(Zone(cue.value, cue.start, cue.end, cue.start, cue.rule, True))
        elif cue.form == "left":
            zones += _left(reading, cue)
        elif cue.value in _LISTED:
            zones += _listed(reading, cue, depths)
        else:
            zones.append(_open(reading, cue, depths, closers))
    where = _WHERE.match(reading.text)
    if where is not None:
        cue = Cue("ROLE", "conditional", where.start(1), where.end(1), "role.prior.where")
        zones.append(_open(reading, cue, depths, closers))
    zones += _without_subject(reading, depths)
    for disease in reading.diseases:
        on = _ON.match(reading.text, disease.end)
        if on is not None and any(d.start == on.end() for d in reading.drugs):
            cue = Cue("ROLE", "prior", on.start(), on.end(), "role.prior.disease-on")
            zones += _listed(reading, cue, depths)
    for cue in reading.of("CLAUSE"):
        if cue.value == "except":
            stop = _stop(reading.text, cue.end, depths, _COND_END)
            for grade in reading.of("GRADE"):
                opened = reading.text.rfind("(", cue.end, grade.start)
                stop = min(stop, opened) if opened >= 0 else stop
            if not re.search(r"\b(?:where|in whom|in which|for whom|which)\b", reading.text[cue.end : stop]):
                zones.append(Zone("conditional", cue.end, stop, cue.start, cue.rule, True))
    return zones


_AVOID_IN = re.compile(
    r"\W*(?:avoid(?:ed)?|contraindicated|not (?:recommended|advised|indicated)|do not use|use (?:with caution|cautiously))\s"
    r"(?=(?:in|with|if|when|during|together with|concurrently with)\s)",
    re.IGNORECASE,
)
_TAKEN = re.compile(
    r"\W{0,20}(?:(?:concomitant|concurrent|on|taking|with)\s[\w/, -]+|[\w/-]+(?:\sfor\s[\w -]+))"
    r"(?=:\s(?:avoid|do not (?:use|give|prescribe|start))\s)",
    re.IGNORECASE,
)


# "With clarithromycin, reduce colchicine ...": a drug taken at the same time.
_BESIDE = re.compile(
    r"\W*(with|on|while on|alongside|together with)\s[^,.;:()]{3,80}"
    r"(?=,\s(?:reduce|lower|decrease|halve|limit|cap|increase|double|adjust|avoid|stop|do not|use|give|start|begin)\s)",
    re.IGNORECASE,
)


def _without_subject(reading: Reading, depths: list[int]) -> Iterator[Zone]:
    """What stands after "Avoid in ..." or before ": avoid ...": when the drug of the bullet, or of the words after the
    colon, is avoided ("Contraindicated with nitrates", "Rifampin for tuberculosis: avoid dolutegravir")."""
    text = reading.text
    avoided = _AVOID_IN.match(text)
    if avoided is not None:
        start = avoided.end()
        after = start + len(text[start:].split(" ", 1)[0])
        yield Zone(
            "conditional",
            after,
            _stop(text, after, depths, _COND_END),
            start,
            "role.conditional.avoid-in",
            True,
        )
    beside = _BESIDE.match(text)
    if beside is not None and any(d.start == beside.end(1) + 1 for d in reading.drugs):
        yield Zone("conditional", beside.end(1), beside.end(), beside.start(1), "role.conditional.with", True)
    taken = _TAKEN.match(text)
    if taken is not None and any(d.start >= taken.end() for d in reading.drugs):
        yield Zone("prior", 0, taken.end(), 0, "role.prior.label", True)


def _left(reading: Reading, cue: Cue) -> list[Zone]:
    """ "amiodarone-induced", "lithium levels": the drug right before, with those joined to it."""
    for i, drug in enumerate(reading.drugs):
        gap = reading.text[drug.end : cue.start]
        if drug.end <= cue.start and len(gap) <= 2 and not gap.strip(" -"):
            if "-" not in gap and cue.rule == "role.cause.induced":
                return []
            start = drug.start
            for before in reversed(reading.drugs[:i]):
                if not re.fullmatch(r"[\s,]*(?:and|or|,)\s*", reading.text[before.end : start]):
                    break
                start = before.start
            return [Zone("cause", start, drug.end, cue.start, cue.rule, True)]
    return []


def _stop(text: str, start: int, depths: list[int], pattern: re.Pattern[str]) -> int:
    depth = depths[start - 1] if start else 0
    for match in pattern.finditer(text, start):
        at = match.start()
        if text[at] in ")]":
            if depths[at] < depth:
                return at
            continue
        if depths[at] <= depth:
            return at
    return len(text)


def _listed(reading: Reading, cue: Cue, depths: list[int]) -> list[Zone]:
    text = reading.text
    stop = _stop(text, cue.end, depths, _END)
    place = cue.end
    end = None
    first, first_drug = False, None
    for drug in reading.drugs:
        if drug.start < cue.end:
            continue
        if drug.start >= stop:
            break
        gap = text[place : drug.start]
        if end is None:
            if gap.count(" ") > _FILL or "," in gap or _AND_GIVE.search(gap):
                break
        elif not _dosed(reading, first_drug) and _dosed(reading, drug):
            break  # "20 mg before A, B 50 mg, and C": B is given too
        elif cue.value == "prior" and _AND_A.fullmatch(gap):
            pass  # "who take a beta-blocker and a diuretic"
        elif first and _COMMA_AND.fullmatch(gap):
            # "over A, and B must be avoided": no list of two has a comma.
            break
        elif not re.fullmatch(
            r"[\s,/()-]*(?:and|or|and/or|plus|\+|&|nor|(?:and|or)\s+an?|the|other|oral|high-dose|low-dose|,|\s|/|\(|\))*",
            gap,
        ) or (gap.strip() == "," and not _list_goes_on(text, reading, drug.end, stop)):
            break
        first = end is None
        first_drug = drug if first else first_drug
        place = drug.end
        end = _TREATMENT.match(text, drug.end).end()  # type: ignore[union-attr]
    if end is None:
        comma = text.find(",", cue.end, stop)
        back = _BACK.search(text, cue.end, stop)
        if back is not None and (comma < 0 or back.start() < comma):
            comma = back.start()
        return [
            Zone(cue.value + "-empty", cue.end, comma if comma >= 0 else stop, cue.start, cue.rule, False)
        ]
    return [Zone(cue.value, cue.end, end, cue.start, cue.rule, True)]


def _dosed(reading: Reading, drug: Mention | None) -> bool:
    """Whether a dose stands right behind a drug."""
    return drug is not None and any(0 <= d.start - drug.end <= 1 for d in reading.doses)


def _list_goes_on(text: str, reading: Reading, at: int, stop: int) -> bool:
    """Whether a list that went on with a bare comma is closed by "and" or "or" later."""
    return re.search(r",?\s(?:and|or)\s", text[at : min(stop, at + 120)]) is not None


def _open(reading: Reading, cue: Cue, depths: list[int], closers: list[int]) -> Zone:
    text = reading.text
    stop = _stop(text, cue.end, depths, _COND_END if cue.value == "conditional" else _REASON_END)
    modal = (
        _RECEIVES.search(text, cue.end, stop)
        if cue.value == "reason" and text.startswith("with ", cue.start)
        else None
    )
    if modal is None and cue.rule == "role.reason.with-demonstrated" and text.startswith("with", cue.start):
        modal = _FINITE.search(text, cue.end, stop)  # "drugs with proven benefit are recommended"
    if modal is not None:
        stop = modal.start()  # "those with poor renal function should receive"
    depth = depths[cue.start]
    if cue.value == "reason" and text.startswith("with ", cue.start):
        # "SGLT2 inhibitors with proven benefit (empagliflozin or dapagliflozin)": the drugs with it
        opened = text.find("(", cue.end, stop)
        if opened >= 0 and any(d.start == opened + 1 for d in reading.drugs):
            stop = opened
    closed = cue.value != "monitor"
    for at in closers:
        if cue.end <= at < stop and cue.value in ("reason", "outcome", "cause"):
            stop = at
            break
    verbs = [
        c.start
        for c in reading.of("DIRECTION")
        if c.start >= cue.end and c.start < stop and not c.weak and c.form == "verb"
    ]
    if cue.value == "conditional":
        # "stop A if it occurs and give B": the advice goes on
        stop = min(
            (v - 4 for v in verbs if text.endswith("and ", 0, v) and _drug_next(reading, v)), default=stop
        )
    # "patients with a positive test should receive ..."
    if cue.rule in ("role.prior.whom", "role.reason.risk") or (cue.value == "monitor" and cue.start > 20):
        near = 4 if cue.rule == "role.prior.whom" else 0
        stop = min(
            (c.start for c in reading.of("DIRECTION") if _turns(text, c, cue, stop, near)), default=stop
        )
    subject = _subject_end(reading, cue.end) if cue.value == "conditional" else 0
    for match in re.finditer(r",(?!\d{3})", text[cue.end : stop]):
        at = cue.end + match.start()
        if depths[at] > depth or at < subject or (cue.value == "monitor" and _ALONG.match(text, at)):
            continue
        if cue.value == "conditional" and (
            not _clause_after(reading, at, stop) or _lists_conditions(reading, cue, at)
        ):
            continue
        if cue.value == "conditional" or not _more_list(text, at) or _new_subject(reading, at):
            stop = at
            break
    if cue.value in ("conditional", "reason", "outcome"):
        for grade in reading.of("GRADE"):
            opened = text.rfind("(", cue.end, grade.start)
            if cue.end <= opened < stop and depths[opened] == depth + 1:
                stop = opened
                break
    if (
        cue.value == "conditional"
        and verbs
        and "," not in text[cue.end : verbs[0]]
        and not text[: cue.start].strip(" (\"'")
    ):
        stop = min(stop, verbs[0])
    return Zone(cue.value, cue.end, stop, cue.start, cue.rule, closed)


# "levels are checked every 3 months, together with calcium"
_ALONG = re.compile(r",\s(?:together with|along with|as well as|including|plus)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"\s(?:[\w-]+\s){0,3}")
_NEXT = re.compile(r",?\s(?:and|or|nor|plus)\s(?:[\w-]+\s)?|,\s|/", re.IGNORECASE)
_VERB = re.compile(
    r"(?:\s\([^()]*\))?\s(?:is|are|was|were|has|have|had|can|cannot|could|do|does|did|fails?|failed|remains?)\b"
)


def _subject_end(reading: Reading, start: int) -> int:
    """Where the drugs end that are the subject of a condition ("when A, B, and C are contraindicated"); 0 for none."""
    end = 0
    for drug in reading.drugs:
        if drug.start < start:
            continue
        if not (
            _NEXT.fullmatch(reading.text, end, drug.start)
            if end
            else _SUBJECT.fullmatch(reading.text, start, drug.start)
        ):
            break
        end = drug.end
    return end if end and _VERB.match(reading.text, end) else 0


def _drug_next(reading: Reading, verb: int) -> bool:
    """Whether a drug follows a verb at once."""
    return any(verb < d.start < verb + 30 and "," not in reading.text[verb : d.start] for d in reading.drugs)


# "persons who smoke should receive varenicline": what they should receive is no condition.
_MODAL = re.compile(r"(?:should|must|may|can|could|need)\b", re.IGNORECASE)


def _turns(text: str, cue: Cue, whom: Cue, stop: int, near: int) -> bool:
    """Whether a predicate, more than `near` code points on, ends the words that tell whom it is about."""
    return whom.end + near < cue.start < stop and _MODAL.match(text, cue.start) is not None


def _clause_after(reading: Reading, comma: int, stop: int) -> bool:
    """Whether the main clause goes on after this comma (a drug or predicate follows)."""
    return (
        any(comma < d.start for d in reading.drugs)
        or any(comma < c.start for c in reading.of("DIRECTION"))
        or any(comma < d.start and d.dose.dose_basis is not None for d in reading.doses)
    )


_TAKES_VERB = re.compile(r"\)?\s(?:is|are|should|must|may|can|remains?)\b")


def _new_subject(reading: Reading, comma: int) -> bool:
    """Whether a comma is followed by "and" and a drug with a verb of its own ("because it is cheap, and B is avoided")."""
    joint = _COMMA_AND.match(reading.text, comma)
    return joint is not None and any(
        d.start == joint.end() and _TAKES_VERB.match(reading.text, d.end) for d in reading.drugs
    )


_AGAIN = re.compile(r"\b(?:if|unless|when|in|for)\b", re.IGNORECASE)


def _lists_conditions(reading: Reading, cue: Cue, comma: int) -> bool:
    """Whether a comma parts the conditions behind an advice ("use A if X, Y, or B is present"): what follows has no
    predicate, dose or condition of its own."""
    text = reading.text
    behind = any(d.end <= cue.start for d in reading.drugs)
    return (
        behind
        and _more_list(text, comma)
        and not any(c.start > comma for c in reading.of("DIRECTION"))
        and not any(d.start > comma for d in reading.doses)
        and not _AGAIN.search(text, comma)
    )


def _more_list(text: str, comma: int) -> bool:
    """Whether the comma only parts the members of a list (", B, and C")."""
    rest = text[comma + 1 : comma + 60]
    return (
        re.match(r"\s*(?:and|or)\s+\w+", rest) is not None
        or re.match(r"\s*[\w-]+(?:\s[\w-]+)?,\s*(?:and|or)\b", rest) is not None
    )
