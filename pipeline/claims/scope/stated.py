"""What the words of a statement state, and what of it holds for one stretch: direction, strength, line, setting and the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.grades import Grade
from pipeline.claims.reading import Reading
from pipeline.claims.scope.conditions import Condition, conditions_of
from pipeline.claims.scope.fields import Fields, Place, Spans
from pipeline.claims.scope.spans import holder
from pipeline.claims.scope.zone import Zone

SILENT = frozenset({"reason", "outcome", "cause", "comparator", "comparator-empty", "undecided"})
_EXCEPTING = re.compile(r"\b(?:unless|except|excluding|without)\b", re.IGNORECASE)
_HOW = re.compile(r"\b(?:severe|mild|moderate)\b", re.IGNORECASE)


_MANY = 16  # stretches of others; no statement has more


@dataclass(slots=True)
class Region:
    """Stretches of a statement whose words hold for one drug; `not_in` are stretches that belong to others."""

    spans: Spans
    not_in: Spans = ()
    _apart: Callable[[int], bool] | None = None  # of very many, made where it is asked for

    def holds(self, at: int) -> bool:
        """Whether a place belongs to the region."""
        if len(self.not_in) > _MANY:
            if self._apart is None:
                self._apart = holder(self.not_in)
            if self._apart(at):
                return False
        else:
            for start, end in self.not_in:
                if start <= at < end:
                    return False
        for start, end in self.spans:  # noqa: SIM110 -- asked at every cue, and a generator costs thrice as much
            if start <= at < end:
                return True
        return False


class Stated:
    """What the words of a statement state, whomever they hold for: worked out once for all its drugs and clauses."""

    __slots__ = (
        "by_label",
        "conditions",
        "drug_ends",
        "evidence",
        "nothing",
        "predicates",
        "reading",
        "refused",
        "strengths",
        "zones",
    )

    def __init__(self, reading: Reading, zones: list[Zone]) -> None:
        self.reading, self.zones = reading, zones
        self.drug_ends = frozenset(d.end for d in reading.drugs)
        self.by_label: dict[str, list[Cue]] = {}
        for label in ("LINE", "PREFERENCE", "SETTING", "POPULATION"):
            if label in reading.said:
                cues = [c for c in reading.said[label] if _counts(c, zones, reading)]
                if cues:
                    self.by_label[label] = cues
        lacking = list(_insufficient(reading, zones))
        if lacking:
            self.by_label["LINE"] = sorted([*self.by_label.get("LINE", ()), *lacking], key=lambda c: c.start)
        self.conditions = conditions_of(reading, zones)
        self.nothing = not (self.conditions or self.by_label)
        self.predicates = [c for c in reading.of("DIRECTION") if not _in_zone(c, zones, _NO_PREDICATE)]
        self.refused: dict[int, Cue] = {}  # by drug: what its own bracket says against it
        self.strengths = [c for c in reading.of("STRENGTH") if not _in_zone(c, zones, SILENT)]
        self.evidence = [
            c
            for c in reading.of("EVIDENCE")
            if not (_in_zone(c, zones, _NO_EVIDENCE) or _is_aside(c, reading.text))
        ]


# "A is poorly tolerated and should be stopped": said of A, and not whom it is for
_POORLY = re.compile(r"poorly\b", re.IGNORECASE)
_SAID_OF_IT = re.compile(r"\b(?:is|are|was|were)\s$", re.IGNORECASE)
_OF_NAMES = frozenset({"hormone-sensitive", "multidrug-resistant", "extensively drug-resistant"})
_NAMING = re.compile(r"\b(?:recurrent|(?:primary|secondary)\sprogressive)$", re.IGNORECASE)


# "doses above 40 mg add little benefit", "exceeding 20 mg/day gives no added benefit": nothing against the drug
_HIGHER_DOSE = re.compile(
    r"\b(?:dos(?:es?|ages?)\s(?:above|over|beyond|exceeding|higher|greater|larger|of\s(?:more|over|above)|[>≥])|"
    r"(?:exceed|increas|rais|escalat)ing)\s?(?:[^.;:]|\.\d)*$",
    re.IGNORECASE,
)


def of_higher_doses(text: str, at: int) -> bool:
    """Whether the words at `at` are said of higher doses ("doses above 40 mg/day add little benefit").

    >>> of_higher_doses("Doses above 40 mg/day add little benefit.", 27), of_higher_doses("Zinc adds little benefit.", 10)
    (True, False)
    """
    return _HIGHER_DOSE.search(text, max(0, at - 80), at) is not None


def _is_aside(cue: Cue, text: str) -> bool:
    """Whether a bracket only tells why ("A alone (no benefit over placebo)"), or higher doses do nothing more."""
    return cue.rule in ("evidence.no-difference", "evidence.adds-nothing") and (
        text.endswith("(", 0, cue.start) or of_higher_doses(text, cue.start)
    )


# "if methotrexate is insufficient"
_LACKING = re.compile(
    r"\s(?:alone\s)?(?:is|are|proves?|remains?)\s(?:insufficient|inadequate|ineffective|unsuccessful|not\s(?:enough|sufficient|effective|adequate))\b",
    re.IGNORECASE,
)
_LACKING_SAID = frozenset(  # whatever it finds has one of them
    (
        "insufficient",
        "inadequate",
        "ineffective",
        "unsuccessful",
        "enough",
        "sufficient",
        "effective",
        "adequate",
    )
)


def _insufficient(reading: Reading, zones: list[Zone]) -> Iterator[Cue]:
    """Where a condition says that another drug does too little: what is advised then is a later line."""
    for drug in reading.drugs if not _LACKING_SAID.isdisjoint(reading.words) else ():
        match = _LACKING.match(reading.text, drug.end)
        if match and any(z.role == "conditional" and z.holds(drug.start) for z in zones):
            yield Cue(
                "LINE", "subsequent", match.start() + 1, match.end(), "line.subsequent.drug-insufficient"
            )


_NO_PREDICATE = SILENT | {"conditional", "monitor-empty"}
_NO_EVIDENCE = frozenset({"reason", "conditional", "comparator-empty", "undecided"})


def _in_zone(cue: Cue, zones: list[Zone], roles: frozenset[str]) -> bool:
    """Whether a cue begins in a zone with one of these roles."""
    return any(z.role in roles and z.start <= cue.start < z.end for z in zones)


def collect(stated: Stated, region: Region, anchor: int) -> Fields:
    """The values (all but direction, strength and grade) that the words of `region` state.

    Of two values of one field the one nearer to `anchor` (the drug) stands; a weak one yields.
    """
    out = Fields()
    if stated.nothing:
        return out
    reading, by_label = stated.reading, stated.by_label
    marks: list[Place] = []
    for label, name in (("LINE", "line"), ("PREFERENCE", "preference")):
        if label not in by_label:
            continue
        cues = [c for c in by_label[label] if region.holds(c.start)]
        cues = [c for c in cues if not _for_later_drug(c, reading, anchor)]
        strong = [c for c in cues if not c.weak] or cues
        if strong:
            cue = min(strong, key=lambda c: (abs(c.start - anchor), c.start))
            setattr(out, name, cue.value)
            marks.append(Place(name, cue.start, cue.end, cue.rule))
    for label, name in (("SETTING", "setting"), ("POPULATION", "population")):
        if label not in by_label:
            continue
        cues = [c for c in by_label[label] if region.holds(c.start)]
        values = {v for c in cues for v in c.value.split("|")}
        for cue in cues:
            if cue.value == "acute exacerbation" and (how := _HOW.search(reading.text, cue.start, cue.end)):
                values.add(how[0].lower())  # "during severe exacerbations"
        if "rapidly progressive" in values:
            values.discard("progressive")
        if "neonates" in values:
            values.discard("infants")
        if "older adults" in values:
            values.discard("adults")
        setattr(out, name, tuple(sorted(values)))
        marks += [
            Place(name, c.start, c.end, c.rule) for c in cues if values.intersection(c.value.split("|"))
        ]
    conditions: list[Condition] = []
    reach = 0  # as far as any of them goes
    for one in stated.conditions:
        within = one.start < reach and any(c.place.start <= one.start < c.place.end for c in conditions)
        if region.holds(one.opened) and not within:
            conditions.append(one)
            reach = max(reach, one.place.end)
    out.condition = tuple([c.words for c in conditions])
    out.marks = (*marks, *[c.place for c in conditions])
    return out


_STAGED = re.compile(r"^\s(?:disease|cancers?|stage|carcinoma|tumou?rs?|fibrosis|cirrhosis)\b", re.IGNORECASE)


def _near_disease(reading: Reading, cue: Cue) -> bool:
    """Whether a disease follows the words ("advanced breast cancer")."""
    text = reading.text
    if _STAGED.match(text[cue.end :]):
        return True
    return any(
        d.start <= cue.start < d.end
        or (0 <= d.start - cue.end < 30 and not re.search(r"[,;:()]", text[cue.end : d.start]))
        for d in reading.diseases
    )


def _counts(cue: Cue, zones: list[Zone], reading: Reading) -> bool:
    if cue.form == "near" and not _near_disease(reading, cue):
        return False
    if (
        cue.value in ("recurrent", "progressive")
        and _NAMING.search(reading.text, max(0, cue.start - 10), cue.end)
        and any(
            d.start <= cue.start < d.end and cue.value in d.concept.name.lower() for d in reading.diseases
        )
    ):
        return False  # "recurrent pregnancy loss", "primary progressive multiple sclerosis": a name
    if (
        cue.rule == "setting.intolerance.not-tolerated"
        and _POORLY.match(reading.text, cue.start)
        and _SAID_OF_IT.search(reading.text, 0, cue.start)
    ):
        return not all(z.role != "conditional" or not z.holds(cue.start) for z in zones)
    if cue.value in _OF_NAMES and any(d.start <= cue.start < d.end for d in reading.diseases):
        return False  # "hormone-sensitive prostate cancer", "multidrug-resistant tuberculosis": a name
    if cue.rule == "setting.combination" and any(d.end + 1 == cue.start for d in reading.drugs):
        # "clarithromycin triple therapy" does not name the others.
        return False
    if cue.rule == "setting.intolerance.causes" and not reading.drugs_in(cue.start, cue.end):
        return False  # "when obstruction causes pain"
    if cue.rule in _ONTO_ANOTHER and _to_unnamed(reading, cue):
        return False
    if cue.label == "LINE" and any(e.start == cue.start for e in reading.of("EVIDENCE")):
        return False  # "zinc did not improve survival": no patients whom something else failed
    if (cue.label == "SETTING" or cue.rule in _OF_ILLNESS) and _OUTSIDE.search(
        reading.text, max(0, cue.start - 20), cue.start
    ):
        return False  # "outside of severe disease", "without refractory ascites"
    if (
        cue.rule == "setting.intolerance.not-tolerated"
        and _TOLERABILITY.search(reading.text, max(0, cue.start - 24), cue.start)
        and not any(z.role in ("conditional", "prior") and z.holds(cue.start) for z in zones)
    ):
        return False  # "A is often poorly tolerated and not recommended"
    if cue.value == "intolerance" and _LOWERED.search(reading.text, 0, cue.start):
        return False  # "reduce to 100 mg for intolerance": the same drug
    for zone in zones:
        if zone.holds(cue.start):
            if zone.role in SILENT:
                return False
            # "after an inadequate response to A" tells of the disease, "after A for severe pain" of another time
            failed = cue.rule.startswith("setting.refractory.response") and cue.start - zone.start < 5
            if zone.role == "prior" and cue.label == "SETTING" and not failed:
                return False
            if zone.role == "conditional" and (
                cue.value in ("low-dose", "high-dose") or cue.rule == "preference.alternative.additional"
            ):
                return False  # "if another option exists"
            if zone.role == "conditional" and cue.label == "LINE" and cue.value == "first":
                return False  # "when first-line agents have failed"
            if zone.repeats and cue.value in ("subsequent", "refractory"):
                return False  # "repeat after 5 minutes if there is no response"
            if cue.value in ("subsequent", "refractory") and _STOPPED.search(reading.text, 0, zone.cue_start):
                return False  # "stop after 3 months if there is no response"
            opening = reading.text[zone.cue_start : zone.start]
            if zone.role == "conditional" and _EXCEPTING.search(opening):
                return False
    return True


_ONTO_ANOTHER = frozenset(
    ("line.subsequent.switch", "preference.alternative", "preference.alternative.additional")
)
_TO_UNNAMED = re.compile(
    r"\b(?:choos\w+|select\w*|us(?:e|ing)|consider|switch(?:ing)?\sto|chang(?:e|ing)\sto|pick|prescribe|try|give|seek|find)\s"
    r"(?:an?\s|another\s|some\s)(?:\w+\s){0,2}(?:alternatives?|agents?|drugs?|options?|class|medications?|antibiotics?)\b",
    re.IGNORECASE,
)


def _to_unnamed(reading: Reading, cue: Cue) -> bool:
    """Whether a drug without a name is chosen behind the drugs of a statement ("halve the dose of A or choose an
    alternative"): that says nothing of those."""
    if not reading.drugs or any(d.start > cue.start for d in reading.drugs):
        return False
    found = _TO_UNNAMED.search(reading.text, max(0, cue.start - 24))
    return found is not None and found.start() <= cue.start < found.end()


_LOWERED = re.compile(
    r"^\W*(?:reduce|lower|decrease|halve)\b(?:(?!\b(?:and|then|or|switch\w*|start\w*|add\w*)\b)(?:[^.;:]|\.(?=\d)))*$",
    re.IGNORECASE,
)
_TOLERABILITY = re.compile(
    r"\b(?:is|are)\s(?:(?:often|generally|usually|frequently|sometimes|typically|also|commonly)\s)$|"
    r"\b(?:is|are)\s(?=poorly)$",
    re.IGNORECASE,
)
_OF_ILLNESS = frozenset({"line.subsequent.refractory"})
_OUTSIDE = re.compile(r"\b(?:outside\s(?:of\s)?|without\s|in the absence of\s)$", re.IGNORECASE)
_STOPPED = re.compile(
    r"\b(?:stop|stopped|discontinued?|withdrawn?|cease|ceased)\b(?:(?!\b(?:and|then|or|switch\w*|start\w*|add\w*|change\w*|use|give|consider)\b)(?:[^.;:]|\.(?=\d)))*$",
    re.IGNORECASE,
)


# "or choose alternative B", "or use B as an alternative", ", with B as an alternative"
_CHOSEN = re.compile(
    r",?\sor\s(?:to\s)?(?:choos|us|select|giv|prescrib|consider|prefer|pick|start|switch|chang|try|substitut)\w*\s|,\swith\s",
    re.IGNORECASE,
)


def _of_the_chosen(reading: Reading, cue: Cue, anchor: int) -> bool:
    """Whether between the drug at `anchor` and a cue of preference another choice begins, with a drug beside the cue."""
    text = reading.text
    joints = list(_CHOSEN.finditer(text, anchor, cue.start))
    if not joints:
        return False
    behind = any(
        0 <= d.start - cue.end <= 24 and not re.search(r"[,;:.]", text[cue.end : d.start])
        for d in reading.drugs
    )
    return any(joints[-1].end() <= d.start < cue.start for d in reading.drugs) or behind


# "continue A and add B": A is not added.
_ONWARD = re.compile(
    r"(?:add|adding|augment|augmenting|switch to|switching to|change to|changing to)$", re.IGNORECASE
)


def _for_later_drug(cue: Cue, reading: Reading, anchor: int) -> bool:
    """Whether words that look onward ("add") stand after the drug at `anchor` and before another, or what is chosen instead of
    it is an alternative ("halve A or choose B as an alternative")."""
    if cue.value == "alternative" and anchor < cue.start and _of_the_chosen(reading, cue, anchor):
        return True
    if not (anchor < cue.start and _ONWARD.match(reading.text[cue.start : cue.end])):
        return False
    return any(d.start == anchor for d in reading.drugs) and any(
        0 <= d.start - cue.end < 40 and not re.search(r"[,;:()]", reading.text[cue.end : d.start])
        for d in reading.drugs
    )


def strength_of(
    stated: Stated, region: Region, grades: list[Grade]
) -> tuple[str, str, Grade | None, tuple[Place, ...]]:
    """Strength, certainty and grade that a region states, with the places."""
    if not grades and not stated.strengths and "CERTAINTY" not in stated.reading.said:
        return "", "", None, ()
    marks: list[Place] = []
    strength = certainty = ""
    grade = None
    own = [g for g in grades if region.holds(g.start)]
    if own:
        grade = own[-1]
        strength, certainty = grade.strength, grade.certainty
        for name in ("strength", "certainty", "grade_text"):
            if name == "grade_text" or getattr(grade, name):
                marks.append(Place(name, grade.start, grade.end, grade.rule))
    if not strength:
        for cue in stated.strengths:
            if region.holds(cue.start):
                strength = cue.value
                marks.append(Place("strength", cue.start, cue.end, cue.rule))
                break
    if not certainty:
        for cue in stated.reading.of("CERTAINTY"):
            if region.holds(cue.start):
                certainty = cue.value
                marks.append(Place("certainty", cue.start, cue.end, cue.rule))
                break
    return strength, certainty, grade, tuple(marks)
