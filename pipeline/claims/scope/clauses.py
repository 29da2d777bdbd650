"""Clauses of a statement: stretches with one predicate each, and the frame that holds for all of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.questions import asked
from pipeline.claims.reading import Reading
from pipeline.claims.scope.additions import added_with
from pipeline.claims.scope.coordination import JOINTS, coordinated, split_distributed, split_gapped, turned
from pipeline.claims.scope.graded import graded_apart
from pipeline.claims.scope.other_subjects import OTHER_SUBJECT, other_subjects
from pipeline.claims.scope.relatives import beings
from pipeline.claims.scope.zone import WHILE_GIVEN, Zone

# Each alternative looks back at the sign, so that the search goes from sign to sign.
_HARD = re.compile(r"[;.–—\n](?:(?<=\s[–—])\s|(?<=[;—])|(?<=\n)(?![–—]\s)|(?<=\.)\s(?=[A-Z]))")
# "A is first-line, with combination therapy reserved for severe disease": said of what is not named
_RESERVED = re.compile(r",\s+(?=(with\s(?:[\w-]+\s){1,6})reserved\sfor\b)", re.IGNORECASE)
_WITH_CLAUSE = re.compile(r",\s+(?=with\b(?!\sor\swithout\b))", re.IGNORECASE)
# "it is avoided in X, and in Y the maximum is 75 mg daily"
_DOSE_OF_OTHERS = re.compile(
    r",\s(?=and\s(?:in|for|with|if|when)\s[^,;.()]{3,80}?\sthe\s(?:\w+\s){0,2}(?:maximum|dose|dosage|limit)\s(?:is|should|must|remains)\b)",
    re.IGNORECASE,
)


# "Most need A, and we recommend B": what the guideline recommends is only what stands behind
_AND_WE = re.compile(
    r",?\s(?=and\s(?:we|the\s(?:panel|guideline|society|authors?|committee))\s(?:\w+ly\s)?(?:recommends?|suggests?)\b)",
    re.IGNORECASE,
)


# "A is unsuitable for X, for which B is preferred"
_FOR_WHICH = re.compile(r",\s(?=(?P<words>(?:for|in)\s(?:which|whom)\s(?:an?\s|the\s)?)[\w-])", re.IGNORECASE)
# "A only for those on oxygen, not for outpatients"
# "... deserves a trial: in a crossover study, A with B was better"
_STUDIED = re.compile(
    r":\s(?=in\s(?:an?|one|two|three|several|the|both)\s(?:[\w-]+\s){0,4}(?:trials?|stud(?:y|ies)|analys[ie]s|cohorts?)\b)",
    re.IGNORECASE,
)
_NOT_FOR = re.compile(r",\s(?=(?:not|never)\s(?:in|for|during|when|if|before|after)\s)", re.IGNORECASE)


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
    stops = text.find(".", 0, -1) >= 0 or ";" in text or "–" in text or "—" in text or "\n" in text
    for match in _HARD.finditer(text) if stops else ():
        stop = reading.drugs_in(0, match.start()).stop
        last = reading.drugs[max(0, stop - 1) : stop]
        named = any(match.start() < d.end for d in last)  # "St. John's wort"
        if (
            not depths[match.start()]
            and not named
            and not (text[match.start()] in "–—" and _is_head(reading, match.start()))
        ):
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
            if any(z.rule == WHILE_GIVEN and z.cue_start == cue.start for z in zones):
                continue
            starts = [d.start for d in reading.drugs] + [d.start for d in reading.doses]
            if cue.value == "sequence" and not any(start >= cue.end for start in starts):
                continue
            if cue.value == "sequence" and _inside_subject(reading, cue, zones):
                continue
            if cue.value == "sequence" and any(d.start < cue.start < d.end for d in reading.of("DIRECTION")):
                continue  # "should then receive"
            points[cue.start] = (cue.value, cue.rule)
    for match in _NOT_FOR.finditer(text) if ", not " in text or ", never " in text else ():
        alone = bool(reading.drugs_in(0, match.start())) and not reading.drugs_in(match.end(), len(text))
        if alone and not depths[match.start()]:
            points.setdefault(match.end(), ("contrast", "clause.not-for"))
    for match in _STUDIED.finditer(text) if ": in " in text else ():
        if not depths[match.start()]:
            points.setdefault(match.end(), (";", "clause.studied"))
    for start in coordinated(reading, depths):
        points.setdefault(start, ("and", "clause.coordinate"))
    for match in _DOSE_OF_OTHERS.finditer(text) if ", and " in text else ():
        if not depths[match.start()]:
            points.setdefault(match.end(), (";", "clause.dose-of-others"))
    for match in _AND_WE.finditer(text) if " and " in text and reading.drugs else ():
        said = any(c.end <= match.start() for c in reading.of("DIRECTION"))
        if (
            said
            and not depths[match.start()]
            and reading.drugs[0].end <= match.start() < reading.drugs[-1].start
        ):
            points.setdefault(match.end(), ("and", "clause.and-we"))
    for match in _FOR_WHICH.finditer(text) if "which" in reading.words or "whom" in reading.words else ():
        if not depths[match.start()] and any(d.start == match.end("words") for d in reading.drugs):
            points.setdefault(match.end(), (";", "clause.for-which"))
    for start in _dosed_behind_stopped(reading, depths) if reading.doses else ():
        points.setdefault(start, (";", "clause.stopped-and-dosed"))
    for start in other_subjects(reading) if ", " in text else ():
        if not depths[start]:
            points.setdefault(start, (";", OTHER_SUBJECT))
    for start, _, advises in beings(reading):
        if advises and not depths[start]:
            points.setdefault(start, ("and", "clause.being"))
    for start in graded_apart(reading, depths):
        points.setdefault(start, ("and", "clause.graded"))
    predicates = [
        c
        for c in reading.of("DIRECTION")
        if (not c.weak or _refused(text, c) or _says_is(reading, c) or _goes_on(reading, c))
        and not (c.form == "noun" and _AS.search(text, max(0, c.start - 16), c.start))
        and not depths[c.start]
        and not any(z.holds(c.start) for z in zones if z.closed)
    ]
    for match in _WITH_CLAUSE.finditer(text) if "," in text and "with" in reading.words else ():
        if not depths[match.start()] and any(
            d.start - match.end() < 25 and d.start >= match.end() for d in reading.drugs
        ):
            later = [c for c in (*reading.of("EVIDENCE"), *reading.of("DIRECTION")) if c.start > match.end()]
            earlier = [
                c for c in (*reading.of("EVIDENCE"), *reading.of("DIRECTION")) if c.end <= match.start()
            ]
            if (later and earlier) or added_with(reading, match.end()) is not None:
                points.setdefault(match.end(), ("with", "clause.with"))
    for match in _RESERVED.finditer(text) if "reserved" in text else ():
        if not depths[match.start()] and not reading.drugs_in(match.end(), match.end(1)):
            points.setdefault(match.end(), ("with", "clause.reserved"))
    for start in turned(reading, zones, depths):
        points.setdefault(start, ("and", "clause.and-avoid"))
    for before, after in itertools.pairwise(predicates):
        if (before.weak and not _refused(text, before) and not _then_refused(reading, before, after)) or (
            after.weak and after.form == "predicate" and before.value != "against"
        ):
            continue
        if any(before.end <= p <= after.start for p in points):
            continue
        place = _joint(reading, before, after, depths)
        if place is not None:
            points[place] = ("and", "clause.predicates")
    for start in _advice_behind_evidence(reading, depths):
        points.setdefault(start, ("and", "clause.evidence-and"))
    split_distributed(reading, depths, points)
    split_gapped(reading, depths, points)
    told = asked(text) if "?" in text else None
    if told is not None:
        # "Is A used while B? Yes, it may be used." is one clause, "No, C is preferred" another
        more = bool(reading.drugs_in(told[1], len(text)))
        points = {place: why for place, why in points.items() if more and place > told[1]}
        points.update({told[1]: (";", "clause.answer")} if more else {})
    return _between(len(text), points)


_ENDED = re.compile(r"\b(?:stop|discontinu|withdr|taper|omit|held|hold|pause)", re.IGNORECASE)


def _then_refused(reading: Reading, before: Cue, after: Cue) -> bool:
    """Whether what is given is refused to others, and not only ended ("A is given for 28 days and is not needed if")."""
    text = reading.text
    return (
        after.value == "against"
        and not after.weak
        and after.form == "predicate"
        and _goes_on(reading, before)
        and not _ENDED.search(text, after.start, after.end)
        and not reading.drugs_in(before.end, after.start)
        and _BEHIND.search(text, max(0, after.start - 80), after.start) is not None
    )


def _refused(text: str, cue: Cue) -> bool:
    """Whether a weak predicate is denied right before ("is no longer used and should be restricted to")."""
    return text.endswith(("no longer ", "not ", "never "), 0, cue.start)


_STOPPED = re.compile(
    r"\b(?:stop|discontinue|withhold|hold|omit|withdraw|cease)\s(?:the\s|all\s)?(?:[^;:.()]{0,80}\s)?$",
    re.IGNORECASE,
)


def _dosed_behind_stopped(reading: Reading, depths: list[int]) -> Iterator[int]:
    """ "Stop A, B 10 units at bedtime": where what is given instead of the drugs that are stopped begins."""
    starts = {d.start for d in reading.doses if d.dose.dose_role != "threshold"}
    for before, after in itertools.pairwise(reading.drugs):
        if (
            reading.text[before.end : after.start] == ", "
            and not depths[after.start]
            and not starts.isdisjoint((after.end, after.end + 1))
            and _STOPPED.search(reading.text, max(0, before.start - 90), before.start)
        ):
            yield after.start


# "A did not help in a trial, and the guideline suggests against B"
_AND_VOICE = re.compile(
    r",?\s(?=and\s(?:we|(?:(?:the|most|current|these|this|that)\s)?(?:[\w-]+\s){0,2}(?:guidelines?|panel|society|task\sforce|authors))\s"
    r"(?:now\s|therefore\s)?(?:strongly\s|conditionally\s|weakly\s)?(?:suggests?|recommends?|advises?)\b)",
    re.IGNORECASE,
)
_AND_IS = re.compile(
    r"\s(?=and\s(?:(?P<it>it|they|this)\s)?(?:therefore\s|thus\s|so\s)?(?:is|are|may|can|should|must|remains?)\s)",
    re.IGNORECASE,
)


_STUDY = re.compile(r"\b(?:trials?|stud(?:y|ies)|series|cohorts?|meta-analys[ei]s)\b", re.IGNORECASE)


def _advice_behind_evidence(reading: Reading, depths: list[int]) -> Iterator[int]:
    """ "A reduced nausea in a trial, and is an option for vomiting": where the advice on what was studied begins."""
    shown = [c for c in reading.of("EVIDENCE") if c.value != "none"]
    if not shown:
        return
    told = _STUDY.search(reading.text)
    for match in _AND_IS.finditer(reading.text, max(shown[0].end, told.end() if told else 0)):
        if told is None and not match["it"]:
            continue
        ahead = [c for c in reading.of("DIRECTION") if match.end() <= c.start <= match.end() + 40]
        said = bool(ahead) and ahead[0].value == "for" and not ahead[0].weak
        if said and not depths[match.start()] and not reading.drugs_in(match.end(), len(reading.text)):
            yield match.end()
    for match in _AND_VOICE.finditer(reading.text, max(shown[0].end, told.end())) if told else ():
        if not depths[match.start()]:
            yield match.end()


def _is_head(reading: Reading, dash: int) -> bool:
    """Whether only a drug stands before a dash, as before a colon ("Vincristine - reserved for ...")."""
    before = reading.drugs_in(0, dash)
    if not before or any(c.start > dash for c in reading.of("EVIDENCE")):
        return False
    if any(c.start > dash and c.value == "against" for c in reading.of("DIRECTION")):
        return False  # "Propranolol - contraindicated in asthma"
    first, last = reading.drugs[before.start], reading.drugs[before.stop - 1]
    if first.start + dash - last.end > _LONGEST_HEAD:
        return False
    words = f"{reading.text[: first.start]} {_BRACKETED.sub(' ', reading.text[last.end : dash])}".split()
    return len([w for w in words if w[0].isalnum()]) <= 2 and not any(
        c.end <= dash for c in reading.of("DIRECTION")
    )


_LONGEST_HEAD = 600  # characters beside the drugs before a dash; two words and a bracket are never longer
_BRACKETED = re.compile(r"\([^()]*\)")
_IS = re.compile(r"\)?\s(?:is|are|remains?)\s(?:(?:the|an?|also|now|still|often|usually)\s)*")


def _says_is(reading: Reading, cue: Cue) -> bool:
    """Whether a noun is what a drug is said to be ("and B is an alternative"), as good as a predicate."""
    return cue.form == "noun" and any(_IS.fullmatch(reading.text, d.end, cue.start) for d in reading.drugs)


_IS_THEN = re.compile(r"\b(?:is|are)\s(?:(?:then|instead|also|usually)\s)?$", re.IGNORECASE)


def _goes_on(reading: Reading, cue: Cue) -> bool:
    """Whether a predicate tells what is done instead of what was stopped before it ("A is stopped and B is continued")."""
    return (
        cue.form == "predicate"
        and _IS_THEN.search(reading.text, max(0, cue.start - 20), cue.start) is not None
    )


# "Offer A or B as second choice": what they are given as, no predicate of B alone.
_AS = re.compile(
    r"\bas\s(?:an?\s|the\s)?(?:first|second|third|preferred|alternative|additional)?[\s-]?(?:line\s)?$",
    re.IGNORECASE,
)


_BUT_NOT = re.compile(r"but not\s(?:the\s|an?\s)?", re.IGNORECASE)


def _but_not(reading: Reading, cue: Cue) -> bool:
    """Whether a contrast only leaves out a drug in the middle of a clause ("A, but not B, is recommended")."""
    match = _BUT_NOT.match(reading.text, cue.start)
    return match is not None and any(
        d.start == match.end() and reading.text.startswith(",", d.end) for d in reading.drugs
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


def _inside_subject(reading: Reading, cue: Cue, zones: list[Zone]) -> bool:
    """Whether the predicate comes only after ("A 1 g, then 500 mg daily, is an alternative"), also behind a condition
    with a predicate of its own ("If B is contraindicated, A 1 g, then ...")."""
    told = [z for z in zones if z.role == "conditional"]
    predicates = [c for c in reading.of("DIRECTION") if not any(z.holds(c.start) for z in told)]
    before = (c for c in predicates if c.end <= cue.start)
    return any(c.start > cue.end for c in predicates) and all(c.weak and c.form == "object" for c in before)


_RELATIVE = re.compile(
    r"\b(?:that|where|in whom|in which|for whom|when|in these|in those|which)\b", re.IGNORECASE
)


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
    r"(?:,|,?\s(?:and|but|or))\s(?:(?:it|they|we|also|strongly|conditionally|weakly|the\s(?:guideline|panel|society|authors))\s)?"
    r"(?:(?:should|must|may|can|is|are)\s(?:(?:not|never|then|also|therefore|only|be|best|usually)\s){0,3})?$",
    re.IGNORECASE,
)


# "Combining A and B is contraindicated": what is said is said of doing so
_DOING = re.compile(r"(?:^|[;:,.]|\b(?:that|but|and|while|whereas))\W*(?=\w+ing\b)", re.IGNORECASE)


def _is_subject(text: str, before: Cue, after: Cue) -> bool:
    """Whether the words of `before` name what the predicate `after` is about."""
    if before.form != "verb" or after.form != "predicate":
        return False
    opened = _DOING.search(text, max(0, before.start - 10), before.end)
    return opened is not None and opened.end() == before.start and "," not in text[before.end : after.start]


def _joint(reading: Reading, before: Cue, after: Cue, depths: list[int]) -> int | None:
    """Where the clause of `after` begins, after that of `before`; None where they are one."""
    joints = [m for m in JOINTS.finditer(reading.text, before.end, after.start) if not depths[m.start()]]
    if not joints or _is_subject(reading.text, before, after):
        return None
    between = [d for d in reading.drugs if d.start >= before.end and d.end <= after.start]
    if (
        after.form == "verb"
        or not between
        or _BEHIND.search(reading.text, max(0, after.start - 80), after.start)
    ):
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
        if first:
            return first[-1].start()
        commas = [m for m in joints if m[0].startswith(",")]
        if commas and between[-1].end <= joints[0].start():
            return commas[-1].start()  # "A is recommended with B for X or Y, and may be ..."
        return joints[0].start()
    if fitting:
        return fitting[-1].start()
    # "Avoid A and B is preferred": the last "and" parts them.
    ands = [m for m in joints if m[0].lower().lstrip(", ").startswith("and")]
    return ands[-1].start() if ands and before.form == "verb" and after.form == "predicate" else None
