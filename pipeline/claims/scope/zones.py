"""Zones: stretches of a statement in which a drug plays another part than being advised on."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.data_files import alternatives
from pipeline.claims.reading import Reading
from pipeline.claims.scope.again import spoken_again
from pipeline.claims.scope.doing import doing, left_of
from pipeline.claims.scope.exposures import beside_exposures
from pipeline.claims.scope.harmful import advised_behind
from pipeline.claims.scope.interacting import interacting
from pipeline.claims.scope.labelled import label_of_dose
from pipeline.claims.scope.listed import listed
from pipeline.claims.scope.open_zones import open_zone
from pipeline.claims.scope.past import goes_on, past_advice
from pipeline.claims.scope.relatives import only_being
from pipeline.claims.scope.spans import holder
from pipeline.claims.scope.subjectless import without_subject
from pipeline.claims.scope.taken import taken_by_patients
from pipeline.claims.scope.therefore import reasons_before
from pipeline.claims.scope.undecided import ROLE, evidence_on, undecided
from pipeline.claims.scope.ways import of_two_ways
from pipeline.claims.scope.zone import COND_END, WHILE_GIVEN, Zone, stop_of
from pipeline.claims.verbs import AUXILIARIES

# Roles that capture the next list of drugs only; the others go on to a comma or the end of the clause.
_LISTED = frozenset({"comparator", "prior", "replaced"})
_NUMBER = re.compile(r"\s*\d")
# "versus 42% with", "compared with 10.5 months for": what the drug that comes next did
_FIGURE_WITH = re.compile(
    r"\s?[\d.,]{1,12}\s?(?:%|percent|per\s\d+\s[\w-]+|months?|weeks?|days?|hours?|minutes?|meters?|years?|points?|events?|patients|[\w-]+ys)?\s"
    r"(?:with|for|on|after|under|in\sthe|(?:in|among)\s(?:those|patients)\s(?:on|given|receiving|treated\swith)|of\sthose\s(?:on|given))\s",
    re.IGNORECASE,
)


# "patients with gout on allopurinol", "with gout or on a thiazide": what they take already.
_ON = re.compile(
    r"\s(?:(?:or|and)\s)?(?:already\s|currently\s)?on\s(?:oral\s|long-term\s|a\s|an\s)?", re.IGNORECASE
)


# A statement without any of the words of `..._SAID` is not searched: whatever the expression of that name finds has one of them.

# "Where norepinephrine is unavailable, ..."
_WHERE = re.compile(r"\W*(where)\s(?!to\b)", re.IGNORECASE)


_PERSONS = re.compile(rf"\b(?:those|{alternatives('people')})\s$", re.IGNORECASE)


def find_zones(reading: Reading, depths: list[int]) -> list[Zone]:
    """The zones of a statement, in text order."""
    zones: list[Zone] = []
    cues = reading.of("ROLE")
    closers = [c.start for c in cues if c.value == "close"]
    begun = label_of_dose(reading)
    for cue in cues:
        if cue.start < begun and cue.value in ("prior", "conditional"):
            continue
        if cue.value in ("close", "example", "replacement"):
            continue
        if cue.value == "comparator" and _NUMBER.match(reading.text, cue.end):
            figure = _FIGURE_WITH.match(reading.text, cue.end)
            if figure is not None:
                zones += listed(reading, cue._replace(end=figure.end() - 1), depths)
            continue  # "adults over 50 years", "older than 60 years"
        if cue.value == "comparator" and of_two_ways(reading, cue):
            continue
        if cue.rule == "role.comparator.versus" and _in_a_name(reading, cue):
            continue
        if cue.rule == "role.reason.with-demonstrated" and _PERSONS.search(reading.text, 0, cue.start):
            continue  # "in patients with established heart disease"
        if cue.rule == "role.prior.treated-with" and _benefit_seen(reading, cue):
            continue
        if cue.value == "prior" and _GOES_ON.match(reading.text, cue.end):
            continue
        if cue.rule == "role.prior.comma-whom" and _of_a_drug(reading, cue):
            continue
        if cue.rule == "role.prior.if" and _when_another(reading, cue):
            continue
        if cue.rule == "role.replaced.switch" and _to_a_dose(reading, cue):
            continue
        if cue.value == "replaced" and reading.text.endswith("-", 0, cue.start):
            continue  # "block-and-replace treatment"
        if cue.rule == "role.cause.was-once" and goes_on(reading.text, cue.end):
            continue
        if cue.rule == "role.conditional.where-cannot" and _can_be(reading, cue):
            continue
        if cue.form == "adjacent" and not any(d.start == cue.end + 1 for d in reading.drugs):
            continue
        if cue.value == ROLE:
            zones += undecided(reading, cue)
        elif cue.form == "whole":
            zones.append(Zone(cue.value, cue.start, cue.end, cue.start, cue.rule, True))
        elif cue.form == "left":
            zones += [] if advised_behind(reading, cue) else left_of(reading, cue)
        elif cue.form == "does":
            zones += doing(reading, cue, depths)
        elif cue.value in _LISTED:
            zones += listed(reading, cue, depths)
        else:
            zones.append(open_zone(reading, cue, depths, closers))
            if cue.rule == "role.outcome":
                zones += left_of(reading, cue)
    where = _WHERE.match(reading.text) if "where" in reading.words else None
    if where is not None:
        cue = Cue("ROLE", "conditional", where.start(1), where.end(1), "role.prior.where")
        zones.append(open_zone(reading, cue, depths, closers))
    zones += _whom(reading, depths, closers)
    if ", as " in reading.text:
        zones += _as_it_does(reading, depths, closers)
    zones += without_subject(reading, depths)
    zones += _while_given(reading)
    zones += _given_for(reading, depths)
    zones += _reversed(reading)
    past = list(past_advice(reading))
    if past:
        told_once = holder(tuple((p.start, p.end) for p in past))
        zones = [z for z in zones if not told_once(z.cue_start)] + past
    zones += taken_by_patients(reading)
    zones += reasons_before(reading)
    zones += only_being(reading)
    zones += interacting(reading, depths)
    zones += beside_exposures(reading, depths)
    if "vidence" in reading.text or "ata " in reading.text:
        zones += evidence_on(reading)
    for disease in reading.diseases if "on" in reading.words else ():
        on = _ON.match(reading.text, disease.end)
        if on is not None and any(d.start == on.end() for d in reading.drugs):
            cue = Cue("ROLE", "prior", on.start(), on.end(), "role.prior.disease-on")
            zones += listed(reading, cue, depths)
    for cue in reading.of("CLAUSE"):
        if cue.value == "except":
            stop = stop_of(reading.text, cue.end, depths, COND_END)
            for grade in reading.of("GRADE"):
                opened = reading.text.rfind("(", cue.end, grade.start)
                stop = min(stop, opened) if opened >= 0 else stop
            if not re.search(
                r"^\sthat\b|\b(?:where|in whom|in which|for whom|which)\b|,\swhen\b",
                reading.text[cue.end : stop],
            ):
                zones.append(Zone("conditional", cue.end, stop, cue.start, cue.rule, True))
    return spoken_again(reading, zones)


# "Patients on azathioprine should continue it": what they take is advised
_GOES_ON = re.compile(
    r"\s(?:[\w-]+\s){1,3}(?:should|may|can|must|could)\s(?:\w+ly\s)?(?:continue|keep|stay|remain)\s(?:(?:on|taking|with)\s)?(?:it|them|this|these)\b",
    re.IGNORECASE,
)


def _can_be(reading: Reading, cue: Cue) -> bool:
    """ "contraindicated in angina, where gepants can be used": advice on another drug, and no condition."""
    return "not" not in reading.text[cue.start : cue.end] and len(reading.drugs_in(cue.start, cue.end)) > 0


def _in_a_name(reading: Reading, cue: Cue) -> bool:
    """Whether words stand in the name of a drug ("penicillin V")."""
    before = reading.drugs_in(0, cue.start)
    return len(before) > 0 and reading.drugs[before[-1]].end >= cue.end


# "in patients with asthma in whom naproxen is contraindicated", but not "..., in whom colchicine is preferred"
_WHOM = re.compile(r"(?<=[^\s,;:.()])\s((?:in|for|to)\swhom)\s", re.IGNORECASE)


def _whom(reading: Reading, depths: list[int], closers: list[int]) -> Iterator[Zone]:
    """What is said of those who are meant, whatever noun names them."""
    for match in _WHOM.finditer(reading.text) if "whom" in reading.words else ():
        if any(c.start <= match.start(1) < c.end for c in reading.of("ROLE")):
            continue
        cue = Cue("ROLE", "conditional", *match.span(1), "role.prior.whom")
        yield open_zone(reading, cue, depths, closers)


# ", as sulfonamides can trigger flares": why something else is given
_AS = re.compile(r",\s(as)\s(?:an?\s|the\s)?$", re.IGNORECASE)
_DOES = re.compile(
    r"(?:\s\([^()]*\))?\s(?:can|may|might|could|will|does|do|is\sknown|are\sknown|has\sbeen|have\sbeen|increases?|raises?|lowers?|reduces?|causes?|triggers?|"
    r"worsens?|prolongs?|precipitates?|interacts?|carr(?:y|ies)|lacks?)\b",
    re.IGNORECASE,
)


def _as_it_does(reading: Reading, depths: list[int], closers: list[int]) -> Iterator[Zone]:
    """The reasons that tell what a drug named nowhere else does."""
    for drug in reading.drugs:
        opened = _AS.search(reading.text, max(0, drug.start - 12), drug.start)
        if opened is not None and _DOES.match(reading.text, drug.end):
            cue = Cue("ROLE", "reason", opened.start(1), opened.end(1), "role.reason.as-drug")
            yield open_zone(reading, cue, depths, closers)


# "A is contraindicated in children, for whom B is recommended", but "For nurses, for whom A is unsafe, use B"
_FOR_WHOM = re.compile(r",\sfor\swhom\s(?:an?\s|the\s)?", re.IGNORECASE)


def _of_a_drug(reading: Reading, cue: Cue) -> bool:
    """Whether "for whom" stands behind an advice and before the drug that is given to these."""
    words = _FOR_WHOM.match(reading.text, cue.start)
    return (
        words is not None
        and any(d.start == words.end() for d in reading.drugs)
        and any(c.end <= cue.start for c in reading.of("DIRECTION"))
    )


# "except in the first trimester, when B should be used"
_WHEN_ANOTHER = re.compile(
    r"\b(?:except|until|up\sto|before|after|during|in|over|at)\s(?:[\w-]+\s){0,4}(?:trimesters?|pregnancy|weeks?|months?|years?|phase|stage|"
    r"infancy|childhood|breastfeeding|labou?r|summer|winter|season|night),\s$",
    re.IGNORECASE,
)
_IS = re.compile(rf"\s(?:{AUXILIARIES})\s")


def _when_another(reading: Reading, cue: Cue) -> bool:
    """Whether ", when" goes on about the time right before it with another drug that has a verb of its own."""
    text = reading.text
    if text[cue.start : cue.end].lower() != "when" or not _WHEN_ANOTHER.search(
        text, max(0, cue.start - 60), cue.start
    ):
        return False
    behind = reading.drugs_in(cue.end, cue.end + 24)
    return len(behind) > 0 and _IS.match(text, reading.drugs[behind[0]].end) is not None


def _to_a_dose(reading: Reading, cue: Cue) -> bool:
    """ "Change X to 50 mg daily": another dose of it."""
    drug = next((d for d in reading.drugs if d.start >= cue.end), None)
    if drug is None or drug.start > cue.end + 20:
        return False
    return any(reading.text[drug.end : d.start] in (" to ", " dose to ", " down to ") for d in reading.doses)


# "Reverse warfarin with vitamin K": what is reversed is not given
_REVERSED = re.compile(
    r"\b(?:reverse|neutrali[sz]e|antagoni[sz]e)\s(?:the\s|all\s|any\s)?(?:(?:effects?|action)\sof\s)?(?:the\s)?$",
    re.IGNORECASE,
)


_REVERSED_SAID = frozenset(("reverse", "neutralise", "neutralize", "antagonise", "antagonize"))


def _reversed(reading: Reading) -> Iterator[Zone]:
    for drug in reading.drugs if not _REVERSED_SAID.isdisjoint(reading.words) else ():
        opened = _REVERSED.search(reading.text, max(0, drug.start - 40), drug.start)
        if opened is not None:
            yield Zone("prior", drug.start, drug.end, opened.start(), "role.prior.reversed", True)


_BENEFIT = re.compile(
    r"\b(?:remissions?|responses?|improve\w*|recover\w*|resolution|cures?|(?:lower|fewer|reduced|longer|better|less)\s\w+)\b",
    re.IGNORECASE,
)


def _benefit_seen(reading: Reading, cue: Cue) -> bool:
    """Whether a study saw a benefit in those treated with the only drugs that it names ("series report remission in adults
    treated with A")."""
    studies = [c.end for c in reading.of("EVIDENCE") if c.value == "for" and c.end <= cue.start]
    return (
        bool(studies)
        and all(d.start >= cue.end for d in reading.drugs)
        and _BENEFIT.search(reading.text, studies[0], cue.start) is not None
    )


# "dialysis is reasonable for A, B, and C": what the first is given for is not given.
_GIVEN_FOR = re.compile(r"\sfor\s(?:an?\s|the\s)?$", re.IGNORECASE)
_NEEDED = re.compile(
    r"\b(?:candidates?|indications?|indicated|eligible|eligibility|need|needs|suitable|exchanged?|swap\w*|switch\w*|opt|opted|evaluated?|refer\w*|"
    r"criteria|prescriptions?|plan\w*|wait\w*|account|vs|versus)\W*$",
    re.IGNORECASE,
)


def _given_for(reading: Reading, depths: list[int]) -> Iterator[Zone]:
    """Drugs that another is given for ("glucagon for atenolol or sotalol"), but not "10 mg for A, 8 mg for B"."""
    if "for" not in reading.words or len(reading.drugs) < 2:
        return
    dosed = {d.end for d in reading.doses}
    for before, drug in itertools.pairwise(reading.drugs):
        opened = _GIVEN_FOR.search(reading.text, before.end, drug.start)
        if opened is None or depths[before.start] != depths[drug.start]:
            continue
        led = _GIVEN_FOR.search(reading.text, max(0, before.start - 10), before.start)
        if led is not None and {led.start(), opened.start()} <= dosed:
            continue
        between = reading.text[before.end : opened.start()]
        if any(before.end <= c.start <= opened.start() for c in reading.of("GRADE")):
            continue  # "Class I for A and Class IIa for B"
        if not re.search(r"[;:.]", between) and not _NEEDED.search(between):
            cue = Cue("ROLE", "prior", opened.start() + 1, opened.end() - 1, "role.prior.given-for")
            yield from listed(reading, cue, depths)


# "postpone vaccines while prednisolone is given": it is given anyway
_WHILE = re.compile(r"\bwhile\s(?:the\s|an?\s|high-dose\s)?$", re.IGNORECASE)
_IS_GIVEN = re.compile(
    r"\s(?:is|are)\s(?:still\s)?(?:being\s)?(?:given|taken|used|continued|administered|tapered|ongoing)[\W\d]*$"
    r"|\s(?:doses?|dosages?|levels?)\s(?:is|are|exceeds?|remains?|stays?|rises?)\b",
    re.IGNORECASE,
)


def _while_given(reading: Reading) -> Iterator[Zone]:
    """Drugs that are given meanwhile, with the words that say so."""
    for drug in reading.drugs if "while" in reading.words else ():
        opened = _WHILE.search(reading.text, max(0, drug.start - 20), drug.start)
        if opened and opened.start() and _IS_GIVEN.match(reading.text, drug.end):
            yield Zone(
                "conditional", opened.start() + 5, len(reading.text), opened.start(), WHILE_GIVEN, True
            )
