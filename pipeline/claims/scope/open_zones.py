"""Zones that go on to a comma or the end of their clause: conditions, reasons, outcomes, what is monitored."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.reading import Reading
from pipeline.claims.scope.zone import COMMA_AND, COND_END, REASON_END, Zone, stop_of
from pipeline.claims.verbs import AUXILIARIES

_FINITE = re.compile(rf"\s(?:{AUXILIARIES})\s")
_RECEIVES = re.compile(r"\b(?:may|should|must|can)\s(?:be|get|have|receive|start|take)\b", re.IGNORECASE)


def open_zone(reading: Reading, cue: Cue, depths: list[int], closers: list[int]) -> Zone:
    """The zone that the words of `cue` open; `closers` are places that end reasons and outcomes."""
    text = reading.text
    stop = stop_of(text, cue.end, depths, COND_END if cue.value == "conditional" else REASON_END)
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
    if cue.rule in ("role.reason.which", "role.outcome") and _HARMING.search(text, 0, cue.start):
        # "drugs that prolong the QT interval (such as A)": those that are meant
        named = _SUCH_AS.search(text, cue.end, stop)
        if named is not None and any(d.start == named.end() for d in reading.drugs):
            stop = named.start()
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
        stop = _before_advice(reading, cue.end, stop)
    # "patients with a positive test should receive ..."
    if cue.rule in ("role.prior.whom", "role.reason.risk") or (cue.value == "monitor" and cue.start > 20):
        near = 4 if cue.rule == "role.prior.whom" else 0
        stop = min(
            (c.start for c in reading.of("DIRECTION") if _turns(text, c, cue, stop, near)), default=stop
        )
    if cue.rule == "role.prior.whom" and len(text[: cue.start].split()) <= _FEW:
        told = _SHOULD.search(
            text, cue.end + 4, stop
        )  # "women who are allergic to A should be desensitized and"
        stop = told.start() if told is not None else stop
    subject = _subject_end(reading, cue.end) if cue.value == "conditional" else 0
    for match in re.finditer(r",(?!\d{3})", text[cue.end : stop]):
        at = cue.end + match.start()
        if depths[at] > depth or at < subject or (cue.value == "monitor" and _ALONG.match(text, at)):
            continue
        if cue.value == "conditional" and (
            _OR_WHO.match(text, at) or _AND_IS.match(text, at) or _NOT_OR.match(text, at)
        ):
            continue
        if cue.value == "reason" and _lists_subjects(reading, cue, at):
            continue
        if cue.value == "conditional" and (
            not _clause_after(reading, at) or _lists_conditions(reading, cue, at)
        ):
            continue
        if cue.value == "conditional" or not _more_list(reading, at) or _new_subject(reading, at):
            stop = at
            break
    if cue.value in ("conditional", "reason", "outcome"):
        for grade in reading.of("GRADE"):
            opened = text.rfind("(", cue.end, grade.start)
            if cue.end <= opened < stop and depths[opened] == depth + 1:
                stop = opened
                break
    if verbs and "," not in text[cue.end : verbs[0]]:
        leads = cue.value == "conditional" and not text[: cue.start].strip(" (\"'")
        if leads or (_leads_clause(text, cue) and _drug_next(reading, verbs[0])):
            stop = min(stop, verbs[0])
    if cue.value == "conditional" and cue.start:
        stop = _before_main_verb(reading, cue, stop)
    if cue.value == "conditional":
        stop = _before_dose(reading, cue.end, stop)
        until = (
            _WITH_OTHER.search(text, cue.end, stop) if text[cue.start : cue.end].lower() == "until" else None
        )
        stop = until.start() if until is not None else stop  # "A until surgery in combination with B"
    shown = [c.value for c in reading.of("EVIDENCE") if 0 <= cue.start - c.end < 25]
    if ("against" in shown and cue.rule == "role.outcome.hospitalization") or (
        shown and cue.rule == "role.outcome.reduces"
    ):
        stop = min((at for at in _with_drug(reading, cue.end, stop)), default=stop)
    return Zone(cue.value, cue.end, stop, cue.start, cue.rule, closed)


# "...; if exposed use A", "If no response in 48 hours add A"
_CLAUSE_OPENS = re.compile(r"(?:^|[;:.]\s|,\s(?:or|and|but)\s)\W{0,9}$")
_CONDITION_OPENS = re.compile(r"(?:^|[;:.]\s)\W{0,9}(?:if|when|once|where)\s[^,;:.]*$", re.IGNORECASE)


def _leads_clause(text: str, cue: Cue) -> bool:
    """Whether a condition opens a clause, or the words of `cue` stand in one that does."""
    if cue.value == "conditional":
        return _CLAUSE_OPENS.search(text, max(0, cue.start - 20), cue.start) is not None
    return (
        cue.value == "prior" and _CONDITION_OPENS.search(text, max(0, cue.start - 200), cue.start) is not None
    )


# "when hemoglobin is high | and is resumed later", "in women at risk | and stopped at 36 weeks"
_AND_IS_ADVISED = re.compile(
    r",?\s(?=(?:and|but)\s(?:(?:it|they)\s)?(?:then\s|therefore\s)?"
    r"(?:(?:(?:can|may|should)\sbe\s|is\s|are\s)?"
    r"(?:stopped|discontinued|continued|resumed|avoided|withheld|repeated|halved|doubled|increased|reduced|lowered|raised|tapered)\s"
    r"(?:for|at|after|in|once|when|until|if|during|by|from|to|every)\s|(?P<is>is|are|may|can|should|must)\s))",
    re.IGNORECASE,
)
_NEAR = 30  # letters from "and" to the advice


def _before_advice(reading: Reading, start: int, stop: int) -> int:
    """Where a condition behind an advice ends before what else is advised on the same drug ("A is given when it is low,
    and should be stopped at 13 g/dL"); a condition whose subject is a drug may go on with what is said of that."""
    text = reading.text
    if not any(d.end <= start for d in reading.drugs):
        return stop
    for match in _AND_IS_ADVISED.finditer(text, start, stop):
        told = [c for c in reading.with_shadows("DIRECTION") if match.end() <= c.start <= match.end() + _NEAR]
        if not told and match["is"]:
            continue
        named = reading.drugs_in(start, match.start())
        if named and match["is"]:
            drug = reading.drugs[named[0]]
            if text.startswith(f" {match['is']} ", drug.end) or match["is"] not in ("is", "are"):
                continue
        if reading.drugs_in(match.start(), told[0].start if told else match.end() + _NEAR):
            continue
        return match.start()
    return stop


# "if it is not effective another SSRI is tried"
_IT_IS = re.compile(
    r"(?P<it>\s(?:it|this|they|these|that)\s(?:(?:is|are|proves?|does|do|has|have)\s)?(?:not\s)?(?:fails?|work|help|[a-z]+(?:ive|ed|ent|able|ful)))"
    r"\s(?:(?:another|an?|the|oral)\s)?",
    re.IGNORECASE,
)
_FEW = 3  # words before those who are the subject of a statement
_SHOULD = re.compile(r"\s(?:should|must)\s")
# "if allergic clarithromycin 500 mg": no comma, no verb
_ALLERGIC = re.compile(r"\s(?:[\w-]+-)?(?:allergic|intolerant)\s$", re.IGNORECASE)


# "10 mg daily until 36 weeks | is recommended"
_MAIN_VERB = re.compile(
    r"\s(?:is|are)\s(?:(?:strongly|conditionally|usually|generally)\s)?(?:recommended|preferred|suggested|advised|reasonable|an?\s(?:option|alternative))\b[\s,.]*$"
)


def _before_main_verb(reading: Reading, cue: Cue, stop: int) -> int:
    """Where a condition ends before the verb of the whole sentence, which has no other one before it."""
    if cue.end - cue.start > 8 or any(c.start < cue.start for c in reading.of("DIRECTION")):
        return stop
    found = _MAIN_VERB.search(reading.text, cue.end, stop)
    told = found is not None and any(d.end <= cue.start for d in reading.doses)
    return found.start() if told and found is not None and found.start() > cue.end + 3 else stop


# "5 mg if under 40 kg and | 10 mg for others"
_JOINED = re.compile(r",?\s(?:and|or)\s$")
_FOR_OTHERS = re.compile(r"\s(?:for|in|if|when|once|twice|every|daily)\b")


def _before_dose(reading: Reading, start: int, stop: int) -> int:
    """Where a condition ends at the latest: before a bracket that begins with a dose ("until eating is possible (3 mg/kg
    if <20 kg)") or is joined to the one before it, and before what the allergic are given."""
    text = reading.text
    if text.find("(", start, stop) >= 0:
        for dose in reading.doses:
            if start < dose.start < stop and text[dose.start - 1] == "(":
                return dose.start - 1
    if reading.doses and reading.doses[0].end <= start:
        for dose in (reading.doses[n] for n in reading.doses_in(start + 1, stop)):
            joined = _JOINED.search(text, max(start, dose.start - 8), dose.start)
            if joined is not None and dose.dose.dose_basis and _FOR_OTHERS.match(text, dose.end):
                return joined.start()
    for i in reading.drugs_in(start, stop):
        told = _IT_IS.match(text, start)
        if told is not None and told.end() == reading.drugs[i].start:
            return told.end("it")
    starts = (reading.drugs[i].start for i in reading.drugs_in(start, stop))
    return next((at for at in starts if _ALLERGIC.search(text, max(start, at - 40), at)), stop)


# "in patients not responding to A, or unable to taper B, ..."
_OR_WHO = re.compile(
    r",\sor\s(?:unable|intolerant|those|patients|who|whose|with|without|not|in\swhom|cannot|have|has|requir(?:e|ing))\b",
    re.IGNORECASE,
)
# "when two drugs have failed, are contraindicated or are not tolerated"
_AND_IS = re.compile(
    r",\s(?:is|are|was|were|has|have|cannot|do|does)\s(?:[\w-]+\s){1,5}(?:or|and)\s(?:is|are|was|were|has|have|cannot|do|does|not)\b",
    re.IGNORECASE,
)
# "in whom it is not tolerated, not absorbed or not effective"
_NOT_OR = re.compile(r",\snot\s[\w-]+,?\s(?:or|and)\s(?:not\s)?[\w-]+\b", re.IGNORECASE)
_WITH_OTHER = re.compile(r"\s(?:in\scombination|combined|together|along|alongside)\swith\s", re.IGNORECASE)
_HARMING = re.compile(
    r"\b(?:drugs|medications|medicines|agents|substances)\s(?:that\s|which\s)?(?:can\s|may\s|could\s)?$",
    re.IGNORECASE,
)
_SUCH_AS = re.compile(
    r"\s\((?:(?:e\.g\.|eg|such as|including|for example|notably|particularly|especially),?\s)?", re.IGNORECASE
)
_WITH = re.compile(r"\s(?:with|on|using|among those given)\s(?:early\s|oral\s|an?\s|the\s)?$", re.IGNORECASE)


def _with_drug(reading: Reading, start: int, stop: int) -> Iterator[int]:
    """Where a study's outcome ends and what it was seen with begins ("death from bleeding | with tranexamic acid")."""
    for drug in reading.drugs_in(start, stop):
        before = _WITH.search(reading.text, start, reading.drugs[drug].start)
        if before is not None:
            yield before.start()


# "levels are checked every 3 months, together with calcium"
_ALONG = re.compile(r",\s(?:together with|along with|as well as|including|plus)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"\s(?:[\w-]+\s){0,3}")
_NEXT = re.compile(r",?\s(?:and|or|nor|plus)\s(?:[\w-]+\s)?|,\s|/", re.IGNORECASE)
_VERB = re.compile(
    r"(?:\s\([^()]*\))?\s(?:is|are|was|were|has|have|had|can|cannot|could|do|does|did|fails?|failed|remains?)\b"
)


def _subject_end(reading: Reading, start: int) -> int:
    """Where the drugs end that are the subject of a condition ("when A, B, and C are contraindicated"); 0 for none, as where
    the advice itself begins after a comma ("who cannot take A, B is an option")."""
    end = 0
    joint = ""
    for drug in reading.drugs:
        if drug.start < start:
            continue
        if not (
            _NEXT.fullmatch(reading.text, end, drug.start)
            if end
            else _SUBJECT.fullmatch(reading.text, start, drug.start)
        ):
            break
        joint = reading.text[end : drug.start] if end else ""
        end = drug.end
    return end if end and joint != ", " and _VERB.match(reading.text, end) else 0


def _drug_next(reading: Reading, verb: int) -> bool:
    """Whether a drug follows a verb at once."""
    return any(verb < d.start < verb + 30 and "," not in reading.text[verb : d.start] for d in reading.drugs)


# "persons who smoke should receive varenicline": what they should receive is no condition.
_MODAL = re.compile(r"(?:should|must|may|can|could|need)\b", re.IGNORECASE)


def _turns(text: str, cue: Cue, whom: Cue, stop: int, near: int) -> bool:
    """Whether a predicate, more than `near` code points on, ends the words that tell whom it is about."""
    return whom.end + near < cue.start < stop and _MODAL.match(text, cue.start) is not None


def _clause_after(reading: Reading, comma: int) -> bool:
    """Whether the main clause goes on after this comma (a drug or predicate follows)."""
    told = reading.of("DIRECTION")
    return (
        bool(reading.drugs and comma < reading.drugs[-1].start)
        or bool(told and comma < told[-1].start)
        or any(comma < d.start and d.dose.dose_basis is not None for d in reversed(reading.doses))
    )


_TAKES_VERB = re.compile(r"\)?(?:\snor\s[\w-]+)?\s(?:is|are|should|must|may|can|remains?)\b")


def _new_subject(reading: Reading, comma: int) -> bool:
    """Whether a comma is followed by "and" and a drug with a verb of its own ("because it is cheap, and B is avoided")."""
    joint = COMMA_AND.match(reading.text, comma)
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
        and _more_list(reading, comma)
        and not any(c.start > comma for c in reading.of("DIRECTION"))
        and not any(d.start > comma for d in reading.doses)
        and not _AGAIN.search(text, comma)
    )


# ", cataract and premature atherosclerosis", ", stroke, heart failure, and death"
_WORD = r"\s(?!(?:and|or)\b)[\w'’/-]+"
_REST_OF_LIST = re.compile(
    rf"(?:,(?:{_WORD}){{1,4}}){{1,6}}+,?\s(?:and|or)(?:{_WORD}){{1,4}}+(?=[.,;:()\[]|$)", re.IGNORECASE
)


def _more_list(reading: Reading, comma: int) -> bool:
    """Whether the comma only parts the members of a list (", B, and C"), which are no drugs where nothing but "and" tells."""
    text = reading.text
    rest = text[comma + 1 : comma + 60]
    if (
        re.match(r"\s*(?:and|or)\s+\w+", rest) is not None
        or re.match(r"\s*[\w-]+(?:\s[\w-]+)?,\s*(?:and|or)\b", rest) is not None
    ):
        return True
    listed = _REST_OF_LIST.match(text, comma)
    return listed is not None and not reading.drugs_in(comma, listed.end())


_SUBJECTS = re.compile(r",\s[\w-]+(?:\s[\w-]+)?\s(?:and|or)\s", re.IGNORECASE)


def _lists_subjects(reading: Reading, cue: Cue, comma: int) -> bool:
    """Whether a comma parts the drugs that a reason begins with (", since A, B and C have no effect"); "because of A, B and C
    are" is none."""
    text = reading.text
    named = reading.drugs_in(cue.end, comma)
    joint = _SUBJECTS.match(text, comma)
    return (
        len(named) > 0
        and joint is not None
        and not text.endswith(" of", 0, cue.end)
        and reading.drugs[named[-1]].end == comma
        and not text[cue.end : reading.drugs[named[0]].start].strip()
        and any(d.start == comma + 2 for d in reading.drugs)
        and any(d.start == joint.end() for d in reading.drugs)
    )
