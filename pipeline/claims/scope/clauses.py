"""Clauses of a statement: stretches with one predicate each, and the frame that holds for all of them."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.reading import Reading
from pipeline.claims.scope.zone import Zone
from pipeline.vocabulary.concept import PROCEDURE

# Each alternative looks back at the sign, so that the search goes from sign to sign.
_HARD = re.compile(r"[;.–—\n](?:(?<=\s[–—])\s|(?<=[;—])|(?<=\n)(?![–—]\s)|(?<=\.)\s(?=[A-Z]))")
_JOINTS = re.compile(r",\s*(?:and|or|but)\b|,|\band\b|\bor\b", re.IGNORECASE)
_WITH_CLAUSE = re.compile(r",\s+(?=with\b(?!\sor\swithout\b))", re.IGNORECASE)
_OPENER = re.compile(
    r"^\W*(?:in|for|among|if|when|whenever|with|after|during|on|at|despite|once|until|as|to|given|where|following|"
    r"regarding|under|unless|because|although|while|since|before|upon|without|patients|adults|children|women|men|"
    r"people|individuals|those|persons|within|initially|first|second|by|according|per)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Clause:
    """A stretch of the statement, `start` to `end`; `opener` is what began it ("" for the first)."""

    start: int
    end: int
    opener: str = ""
    rule: str = ""


_BRACKET = re.compile(r"[()\[\]]")


def depth_map(text: str) -> list[int]:
    """For each code point, how many brackets are open there.

    >>> depth_map("a(b)")
    [0, 1, 1, 0]
    """
    if "(" not in text and "[" not in text:
        return [0] * len(text)
    out: list[int] = []
    depth = 0
    for match in _BRACKET.finditer(text):
        at = match.start()
        out += [depth] * (at - len(out))
        if text[at] in "([":
            depth += 1
        elif depth:
            depth -= 1
    return out + [depth] * (len(text) - len(out))


def cut_clauses(reading: Reading, zones: list[Zone], depths: list[int]) -> list[Clause]:
    """The clauses of a statement in order; together they cover it."""
    text = reading.text
    points: dict[int, tuple[str, str]] = {}
    for match in _HARD.finditer(text):
        stop = reading.drugs_in(0, match.start()).stop
        last = reading.drugs[max(0, stop - 1) : stop]
        named = any(match.start() < d.end for d in last)  # "St. John's wort"
        if not depths[match.start()] and not named:
            points[match.end()] = (";", "clause.punctuation")
    for cue in reading.of("CLAUSE"):
        if (
            cue.value in ("contrast", "sequence", "except", "aswell")
            and not depths[cue.start]
            and cue.start > 0
        ):
            if cue.value == "aswell" and _lists_on(reading, cue):
                continue
            if cue.value == "contrast" and _but_not(reading, cue):
                continue
            if cue.value == "except" and not _own_predicate(reading, cue):
                continue
            starts = [d.start for d in reading.drugs] + [d.start for d in reading.doses]
            if cue.value == "sequence" and not any(start >= cue.end for start in starts):
                continue
            if cue.value == "sequence" and _inside_subject(reading, cue):
                continue
            points[cue.start] = (cue.value, cue.rule)
    for start in _coordinate(reading, depths):
        points.setdefault(start, ("and", "clause.coordinate"))
    predicates = [
        c
        for c in reading.of("DIRECTION")
        if (not c.weak or _says_is(reading, c))
        and not (c.form == "noun" and _AS.search(text, max(0, c.start - 16), c.start))
        and not depths[c.start]
        and not any(z.holds(c.start) for z in zones if z.closed)
    ]
    for match in _WITH_CLAUSE.finditer(text) if "," in text else ():
        if not depths[match.start()] and any(
            d.start - match.end() < 25 and d.start >= match.end() for d in reading.drugs
        ):
            later = [c for c in (*reading.of("EVIDENCE"), *reading.of("DIRECTION")) if c.start > match.end()]
            earlier = [
                c for c in (*reading.of("EVIDENCE"), *reading.of("DIRECTION")) if c.end <= match.start()
            ]
            if later and earlier:
                points.setdefault(match.end(), ("with", "clause.with"))
    for start in _turned(reading, zones, depths):
        points.setdefault(start, ("and", "clause.and-avoid"))
    for before, after in itertools.pairwise(predicates):
        if before.weak:
            continue
        if any(before.end <= p <= after.start for p in points):
            continue
        place = _joint(reading, before, after, depths)
        if place is not None:
            points[place] = ("and", "clause.predicates")
    _distribute(reading, depths, points)
    _gap(reading, depths, points)
    return _between(len(text), points)


_IS = re.compile(r"\)?\s(?:is|are|remains?)\s(?:(?:the|an?|also|now|still|often|usually)\s)*")


def _says_is(reading: Reading, cue: Cue) -> bool:
    """Whether a noun is what a drug is said to be ("and B is an alternative"), as good as a predicate."""
    return cue.form == "noun" and any(_IS.fullmatch(reading.text, d.end, cue.start) for d in reading.drugs)


# "Offer A or B as second choice": what they are given as, no predicate of B alone.
_AS = re.compile(
    r"\bas\s(?:an?\s|the\s)?(?:first|second|third|preferred|alternative|additional)?[\s-]?(?:line\s)?$",
    re.IGNORECASE,
)
_THEN_NOT = re.compile(r"(?:,?\sand\s(?:also\s)?|,\s)(do\snot\s|never\s)?$", re.IGNORECASE)


def _turned(reading: Reading, zones: list[Zone], depths: list[int]) -> Iterator[int]:
    """Where an imperative against follows what is said of a drug before ("reduce A to 5 mg, and avoid B"), or "continue"
    follows one ("stop A and continue B")."""
    stops = [c.end for c in reading.of("DIRECTION") if c.form == "verb" and c.value == "against"]
    for cue in reading.of("DIRECTION"):
        if cue.form != "verb" or depths[cue.start]:
            continue
        joint = _THEN_NOT.search(reading.text, max(0, cue.start - 18), cue.start)
        if (
            joint is None
            or not (cue.value == "against" or joint[1] or _goes_on(reading, cue, stops))
            or not any(d.start >= cue.end for d in reading.drugs)
        ):
            continue
        before = [d for d in reading.drugs if d.end <= joint.start()]
        if before and not any(z.closed and z.holds(before[-1].start) for z in zones):
            yield joint.start()


def _goes_on(reading: Reading, cue: Cue, stops: list[int]) -> bool:
    """Whether "continue" follows another imperative and its drug."""
    return cue.rule == "direction.for.continue" and any(
        stop <= d.start < cue.start for stop in stops for d in reading.drugs
    )


_FINITE = re.compile(r"\s(?:is|are|may|can|should|must|has|have|remains?)\b", re.IGNORECASE)
_NEEDS = re.compile(r"\b(?:needs?|requires?|calls? for)\s", re.IGNORECASE)
_AND_NOW = re.compile(
    r",\s(?:and|but|while|whereas)\s(?:(?:the|an?|oral|intravenous|topical|inhaled)\s)?$", re.IGNORECASE
)
_AND_THE = re.compile(r",?\s(?:and|but)\s(?:(?:the|an?)\s)?$", re.IGNORECASE)
_PARTICIPLE = re.compile(r"\s(?:avoided|stopped|discontinued|withheld|contraindicated)\b", re.IGNORECASE)
# "A added for X and B reserved for Y"
_GIVEN = re.compile(
    r"\s(?:added|reserved|kept|used|given|considered|recommended|preferred|offered|held|avoided)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s?(?:,|,?\s(?:and|or)|/)\s?", re.IGNORECASE)


_AND_GROUP = re.compile(
    r",\s(?:and|but|while|whereas)\s(?:[\w-]+\s){1,2}(?:patients|adults|children|women|men|people)\s(?:also\s|then\s)?"
    r"(?:receive|are\streated|are\sgiven|should|need|require)\b",
    re.IGNORECASE,
)
_BUT_NOT = re.compile(r"but not\s(?:the\s|an?\s)?", re.IGNORECASE)


def _but_not(reading: Reading, cue: Cue) -> bool:
    """Whether a contrast only leaves out a drug in the middle of a clause ("A, but not B, is recommended")."""
    match = _BUT_NOT.match(reading.text, cue.start)
    return match is not None and any(
        d.start == match.end() and reading.text.startswith(",", d.end) for d in reading.drugs
    )


def _coordinate(reading: Reading, depths: list[int]) -> Iterator[int]:
    """Where a drug with a verb of its own follows one that has its verb already ("A is the first choice, and B is
    added when ...")."""
    text, drugs = reading.text, [d for d in reading.drugs if not depths[d.start]]
    if len(drugs) < 2:
        return
    for i, drug in enumerate(drugs):
        joint = _AND_NOW.search(text, max(0, drug.start - 160), drug.start) if i else None
        if joint is None or len(text[drugs[i - 1].end : joint.start()].split()) < 2:
            continue  # "A, B, and C are ..."
        last = i
        while last + 1 < len(drugs) and _LISTED.fullmatch(text, drugs[last].end, drugs[last + 1].start):
            last += 1
        if _FINITE.match(text, drugs[last].end) and (
            any(_FINITE.match(text, d.end, joint.start()) for d in drugs[:i])
            or _FINITE.search(text, drugs[i - 1].end, joint.start())
            or _is_needed(text, drugs[i - 1].start, joint.start())
        ):
            yield joint.start()
    for group in _AND_GROUP.finditer(text) if len(drugs) > 1 else ():
        # "low-risk patients are treated with A, and high-risk patients receive B"
        if drugs[0].end <= group.start() and group.end() <= drugs[-1].start and not depths[group.start()]:
            yield group.start()
    for before, drug in itertools.pairwise(drugs):
        # "A should be reduced and B avoided"
        joint = _AND_THE.search(text, before.end, drug.start)
        if joint is None:
            continue
        reduced = _PARTICIPLE.match(text, drug.end) and _FINITE.match(text, before.end)
        if reduced or (_GIVEN.match(text, drug.end) and _GIVEN.match(text, before.end)):
            yield joint.start()


def _is_needed(text: str, start: int, joint: int) -> bool:
    """Whether the drug at `start` is what patients need ("adults in shock need 30 mL/kg of crystalloid within 3 hours, and")."""
    ends = [match.end() for match in _NEEDS.finditer(text, max(0, start - 80), start)]
    return bool(ends) and re.search(r"[,;:.]\s", text[ends[-1] : joint]) is None


def _distribute(reading: Reading, depths: list[int], points: dict[int, tuple[str, str]]) -> None:
    """ "A for induction and B for maintenance": each drug with its own words of one kind is a clause."""
    if len(reading.drugs) < 2:
        return
    drugs = [d for d in reading.drugs if not depths[d.start]]
    if len(drugs) < 2:
        return
    text = reading.text
    kinds = [
        [(c.start, c.end) for c in reading.said[label]]
        for label in ("SETTING", "LINE", "PREFERENCE", "POPULATION")
        if label in reading.said
    ]
    kinds.append([(d.start, d.end) for d in reading.diseases])
    kinds = [spans for spans in kinds if len(spans) > 1]  # each of two drugs needs its own
    if not kinds:
        return
    cuts = sorted(points)  # those made below lie before every later pair
    for left, right in itertools.pairwise(drugs):
        if bisect_left(cuts, left.end) < bisect_right(cuts, right.start):
            continue
        joints = [m for m in _JOINTS.finditer(text, left.end, right.start) if not depths[m.start()]]
        if not joints or right.start - joints[-1].end() > 30:
            continue
        after = bisect_right(cuts, right.end)
        stop = cuts[after] if after < len(cuts) else len(text)
        joint = joints[-1].start()
        if any(
            any(left.end <= s and e <= joint and _ADJUNCT.search(text[left.end : s]) for s, e in spans)
            and any(right.end <= s < stop and _ADJUNCT.search(text[right.end : s]) for s, _ in spans)
            for spans in kinds
        ):
            points[joint] = ("and", "clause.distributed")


_GAPPED = re.compile(
    r"(?:\s\([^()]*\))?\swith\s(?:an?\s|the\s)?(?:(?:oral|intravenous|iv|inhaled|topical)\s)?", re.IGNORECASE
)
_AND = re.compile(r",?\sand\s(?:(?:an?|the|severe|mild|moderate|acute|chronic)\s)*$", re.IGNORECASE)


def _gap(reading: Reading, depths: list[int], points: dict[int, tuple[str, str]]) -> None:
    """ "A is treated with B, and C with D": a second disease with its own drugs is a clause."""
    text = reading.text
    for disease in reading.diseases[1:]:
        joint = _AND.search(text, max(0, disease.start - 160), disease.start)
        if joint is None or depths[disease.start]:
            continue
        drugs = [d for d in reading.drugs if _GAPPED.fullmatch(text, disease.end, d.start)]
        if drugs and any(d.end <= joint.start() for d in reading.drugs):
            points.setdefault(joint.start(), ("and", "clause.gapped"))


_ADJUNCT = re.compile(
    r"^(?:\s\([^()]*\))?\s(?:may be|is|are|can be|given|used|\d[\w./-]*|mg|daily|twice|once|\s)*(?:for|in|as|during)\s(?:[\w-]+\s){0,4}$",
    re.IGNORECASE,
)


def _between(length: int, points: dict[int, tuple[str, str]]) -> list[Clause]:
    out: list[Clause] = []
    start, opener, rule = 0, "", ""
    for place in sorted(points):
        if place > start:
            out.append(Clause(start, place, opener, rule))
        start = place
        opener, rule = points[place]
    out.append(Clause(start, length, opener, rule))
    return out


def _inside_subject(reading: Reading, cue: Cue) -> bool:
    """Whether the predicate comes only after ("A 1 g, then 500 mg daily, is an alternative")."""
    predicates = reading.of("DIRECTION")
    before = (c for c in predicates if c.end <= cue.start)
    return any(c.start > cue.end for c in predicates) and all(c.weak and c.form == "object" for c in before)


_RELATIVE = re.compile(r"\b(?:where|in whom|in which|for whom|when|in these|in those|which)\b", re.IGNORECASE)


def _own_predicate(reading: Reading, cue: Cue) -> bool:
    """Whether an exception says itself what holds for what it excepts ("except in X, where it is avoided")."""
    relative = _RELATIVE.search(reading.text, cue.end)
    return relative is not None and any(c.start > relative.start() for c in reading.of("DIRECTION"))


def _lists_on(reading: Reading, cue: Cue) -> bool:
    """Whether "as well as" only goes on with a list of drugs, without a situation of its own."""
    after = [d for d in reading.drugs if 0 <= d.start - cue.end < 12]
    if not after:
        return False
    rest = reading.text[after[0].end :]
    own = [
        c for label in ("SETTING", "LINE", "POPULATION") for c in reading.of(label) if c.start > after[0].end
    ]
    return not own and not [d for d in reading.diseases if d.start > after[0].end] and "," not in rest[:3]


# "recommends A and advises against B": nothing stands between the joint and the predicate
_BEHIND = re.compile(
    r"(?:,|,?\s(?:and|but|or))\s(?:(?:it|they|we|also|strongly|conditionally|weakly|the\s(?:guideline|panel|society|authors))\s)?$",
    re.IGNORECASE,
)


def _joint(reading: Reading, before: Cue, after: Cue, depths: list[int]) -> int | None:
    """Where the clause of `after` begins, after that of `before`; None where they are one."""
    joints = [m for m in _JOINTS.finditer(reading.text, before.end, after.start) if not depths[m.start()]]
    if not joints:
        return None
    between = [d for d in reading.drugs if d.start >= before.end and d.end <= after.start]
    if after.form == "verb" or not between or _BEHIND.search(reading.text, 0, after.start):
        return joints[-1].start()
    # The drugs right before a predicate are its subject: the clause begins at the joint before them.
    subject = between[-1].start
    for drug in reversed(between):
        gap = reading.text[drug.end : subject]
        if drug.start != subject and not re.fullmatch(r"\W*(?:and|or|,|/|\s)*\W*", gap):
            break
        subject = drug.start
    fitting = [m for m in joints if m.end() <= subject]
    if before.form != "verb" and joints:
        first = [m for m in joints if m.start() < (between[0].start if between else after.start)]
        return (first or joints)[0].start()
    if fitting:
        return fitting[-1].start()
    # "Avoid A and B is preferred": the last "and" parts them.
    ands = [m for m in joints if m[0].lower().lstrip(", ").startswith("and")]
    return ands[-1].start() if ands and before.form == "verb" and after.form == "predicate" else None


def frame_end(reading: Reading, zones: list[Zone], depths: list[int]) -> int:
    """Where the opening words that hold for the whole statement end ("In severe disease, ..."); 0 for none."""
    text = reading.text
    hidden = [z for z in zones if z.role in ("prior", "conditional", "comparator")]
    mains = [d.start for d in reading.drugs if not any(z.holds(d.start) for z in hidden)]
    verbs = [
        c.start
        for c in reading.of("DIRECTION")
        if not c.weak and not any(z.holds(c.start) for z in zones if z.closed)
    ]
    first = min((*mains, *verbs), default=len(text))
    colon = text.find(":")
    while colon >= 0 and depths[colon]:
        colon = text.find(":", colon + 1)
    # "End-stage disease or dialysis: ...": a procedure before the colon is part of the label.
    dosed = any(d.start > colon and d.dose.dose_basis is not None for d in reading.doses)
    if colon >= 0 and (dosed or any(start > colon for start in mains)):
        named = [d for d in reading.drugs if d.start in mains]
        mains = [d.start for d in named if d.start > colon or d.concept.kind != PROCEDURE]
    drug = min(mains, default=len(text))
    if 0 < colon < drug:
        return colon + 1
    if not _OPENER.match(text):
        return 0
    mark = max(text.rfind(",", 0, first), text.rfind(":", 0, first))
    while mark >= 0 and depths[mark]:
        mark = max(text.rfind(",", 0, mark), text.rfind(":", 0, mark))
    if mark >= 0:
        return mark + 1
    return first if first < len(text) and min(verbs, default=len(text)) == first else 0
