"""Which of the diseases that a statement names it is about."""

from __future__ import annotations

import re

from pipeline.claims.reading import Reading
from pipeline.claims.scope.zone import Zone
from pipeline.vocabulary import Mention

_AFTER = re.compile(
    r"^\s*(?:(?:and|or)\s[\w-]+\svaccin\w*|risk|risks|screening|scores?|prophylaxis|prevention|vaccin\w*|onset|testing|rates?|status|burden|markers?|patterns?|phenotypes?|co-?infections?|serolog\w+)\b|^-(?:induced|free|negative)\b|^\s(?:in\s|\()(?:up\sto\s|about\s|approximately\s|[<>~≤≥])?\d[\d.–-]*\s?%(?!\s(?:of\s)?(?:solution|cream|gel|ointment))|"
    r"^\s(?:(?:has|have)\s(?:cleared|resolved|subsided|improved|been\s(?:excluded|ruled\sout|controlled|corrected|treated))|(?:clears|resolves|subsides)|"
    r"(?:is|are)\s(?:excluded|ruled\sout|controlled|corrected|cleared))\b|"
    r"^(?:,?\s(?:and|or)\s(?:an?\s)?[\w-]+(?:\s[\w-]+)?)?\s(?:(?:may|can|could|might|often)\s(?:also\s)?(?:limit|occur|develop|follow|result)|limits?|occurs?|exposures?|"
    r"(?:is|are)\s(?:an?\s|the\s)?(?:common|rare|frequent|(?:main\s|major\s|particular\s)?(?:concerns?|problems?|limitations?)))\b",
    re.IGNORECASE,
)
# For text in lower case, and from the beginning of a word alone: four times as fast as any case, looked for at every letter.
_BEFORE = re.compile(
    r"\b(?:"
    r"\w*(?:onset|prophylaxis|prevention|protection|vaccination|immunization|screening|history|risk|suspicion|absence|exclusion)\s+"
    r"(?:of|for|against)\s+(?:(?!in\b|among\b|with\b)\w+\s){0,2}|(?:regardless|irrespective|independently?)\s(?:of|from)\s(?:\w+\s)?|"
    r"(?:reduced|reduces|lowered|lowers|prevented|prevents|decreased|decreases|halved|halves|cut)\s+(?:[\w-]+,?\s(?:and|or)\s)?(?:\w+\s)?|"
    r"(?:abnormalit\w+|lesions?|complications?|manifestations?|features|symptoms|signs|findings),?\s(?:such as|like|including)\s+(?:\w+\s)?|"
    r"without\s(?:[\w-]+\s){2,3}|"
    r"(?:prevent|preventing|exclude|without|outside|history of|risk of|no|previous|prior|past)\s+(?:[\w-]+\s(?:or|and)\s)?(?:\w+\s)?|"
    r"(?:first|earliest|any)\s(?:signs?|symptoms?|suspicion)\s(?:\w+\s\w+\s)?of\s(?:\w+\s)?|"
    r"whether\sor\snot\s(?:[\w-]+\s){1,4}|treat(?:ed)?\s(?:as|like)\s(?:for\s)?(?:an?\s)?|\bas\sin\s(?:the\s)?(?:\w+\s)?|"
    r"(?:following|per|using|as\sin|according\sto)\s(?:the\s)?(?:\w+\s)?(?:protocols?|regimens?|rules|guidelines?|guidance)\s(?:for|of|in)\s(?:\w+\s)?|"
    r"(?:grades?|stages?|class|category|severity)\s[\dividx]+(?:[-–/]\w+)?\s\([^()]*|"
    r"with\s(?:more|less|fewer|higher rates of)\s(?!(?:severe|advanced|extensive|active|aggressive|frequent|recurrent|mild|than)\b)(?:[\w-]+,?\s){0,5}|fewer\s(?:\w+\s)?|(?:composite|incidence|frequency|rates?)\sof\s(?:\w+\s)?|"
    r"exposed\sto\s(?:an?\s)?(?:[\w-]+\s(?:or|and)\s)?|"
    r"(?:imminent|impending|threatened)\s(?:[\w-]+\s){0,3}(?:(?:or|and)\s)?|"
    r"(?:taking|receiving|already on)\s(?:an?\s)?[\w-]+\sfor\s(?:\w+\s)?|"
    r"vaccines?\s\((?:e\.g\.,?\s)?(?:[\w-]++,?\s)*+|"
    r"\w++,?\s(?:such as|including|e\.g\.,?|for example)\s(?:an?\s)?(?:(?!in\b|for\b|with\b|among\b|during\b)\w+\s)?"
    r")$"
)
# "lowered the combined rate of death, infarction, and stroke"
_OUTCOMES = re.compile(
    r"\b(?:reduced|lowered|decreased|halved|increased|raised)\s(?:the\s)?(?:\w+\s){0,2}(?:rates?|risk|incidence|frequency|number|composite)\sof\s"
    r"(?:(?!in\b|among\b|with\b|for\b)[\w-]+,?\s){0,9}$"
)
# "withhold A for grade 3 neuropathy or hepatitis": why it is stopped
_HELD_FOR = re.compile(
    r"\b(?:withh(?:o|e)ld|hold|held|interrupt(?:ed)?|suspend(?:ed)?|discontinue[ds]?|stop(?:ped)?)\s(?:(?!\b(?:and|start|use|give|switch)\b)[^.;:,]){0,90}"
    r"\sfor\s(?:[\w-]+\s){0,3}(?:\w+\s(?:or|and)\s(?:[\w-]+\s){0,2})?$"
)
# "correct iron deficiency first, then start A"; but "correct hypomagnesemia with magnesium"
_CORRECTED = re.compile(r"\bcorrect(?:ing)?\s(?:\w+\s)?$")
_WITH = re.compile(r"\s(?:with|using|by)\b")
_EXAMPLE = re.compile(
    r"^[\s,(]*+(?:in general[\s,(]*+)?(?:including|such as|like|e\.g\.,?|for example|namely)\s++(?:\w++\s++){0,5}$",
    re.IGNORECASE,
)
_GROUP = re.compile(r"\b(?:various|different|several|many)\s(?:\w+\s)?$", re.IGNORECASE)
_GROUP_SAID = frozenset(("various", "different", "several", "many"))  # whatever it finds has one of them
_UNTIL = re.compile(r"(?:before|until|prior)\b", re.IGNORECASE)
_JOINED = re.compile(r"^[\s,]*+(?:(?:and/or|and|or|/)\s*+)?(?:the\s|an?\s)?$", re.IGNORECASE)
_OR = re.compile(r"(?:,|,?\s(?:and|or)|\sand/or|/)\s?(?:the\s|an?\s)?", re.IGNORECASE)
_ONCE_HAD = re.compile(
    r"\s(?:after|following)\s(?:(?:an?|the|recent|acute|major|prior)\s){0,3}", re.IGNORECASE
)
_CAUSING = re.compile(r"-(?:related|associated)\s(?:\w+\s)?")
_LISTED_AFTER = re.compile(r"(?:,|,?\s(?:and|or))\s(?:\w+\s)?", re.IGNORECASE)
_HIDDEN = ("reason", "outcome", "cause", "comparator-empty", "comparator", "monitor", "monitor-empty")


Spans = tuple[tuple[int, int], ...]


class Topics:
    """Which diseases of one statement it is about; what is found out about a disease is kept for its other clauses."""

    def __init__(self, reading: Reading, zones: list[Zone], frame: int) -> None:
        self.reading, self.zones, self.frame = reading, zones, frame
        self._otherwise: dict[int, bool] = {}
        self._about: dict[Spans, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        self._in_passing: dict[int, bool] = {}

    def about(self, spans: Spans) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The diseases in `spans` that the statement is about, and those that it names otherwise (as an outcome, a
        condition, what is prevented), which stand in only where nothing else tells the disease."""
        if spans not in self._about:
            self._about[spans] = self._sorted_out(spans)
        return self._about[spans]

    def _sorted_out(self, spans: Spans) -> tuple[tuple[int, ...], tuple[int, ...]]:
        first: list[int] = []
        other: list[int] = []
        examples: set[int] = set()
        reading = self.reading
        for i in sorted({i for span in spans for i in reading.diseases_in(*span)}):
            disease = reading.diseases[i]
            if i:
                before = reading.diseases[i - 1]
                gap = reading.text[before.end : disease.start]
                if _OR.fullmatch(gap) and self._passed(i - 1):
                    other.append(i)
                    continue
                if i - 1 in first and _ONCE_HAD.fullmatch(gap):
                    other.append(i)  # "depression after a stroke"
                    continue
                if _EXAMPLE.match(gap) or (i - 1 in examples and _JOINED.match(gap)):
                    examples.add(i)
                    continue
                if _CAUSING.fullmatch(gap) and i - 1 in first:
                    # "obesity-related heart failure"
                    first.remove(i - 1)
                    other.append(i - 1)
            if reading.drugs and _among_drugs(reading, disease):
                continue
            if i not in self._otherwise:
                self._otherwise[i] = self._is_otherwise(disease)
            (other if self._otherwise[i] else first).append(i)
        return tuple(first), tuple(other)

    def _passed(self, i: int) -> bool:
        """Whether a disease is named in passing, by itself or in a list with one that is."""
        text, diseases, known = self.reading.text, self.reading.diseases, self._in_passing
        first = i
        while first not in known:
            here = diseases[first]
            if in_passing(text, here.start, here.end):
                known[first] = True
            elif not first or not _OR.fullmatch(text, diseases[first - 1].end, here.start):
                known[first] = False
            else:
                first -= 1
        for k in range(first + 1, i + 1):
            known[k] = known[first]
        return known[i]

    def _led_in(self, zone: Zone) -> bool:
        """Whether a lead-in says when the drugs below are used ("Use when cellulitis spreads:")."""
        text = self.reading.text
        return not self.reading.drugs and _USE_WHEN.fullmatch(text, 0, zone.cue_start) is not None

    def _is_otherwise(self, disease: Mention) -> bool:
        text = self.reading.text
        if not _GROUP_SAID.isdisjoint(self.reading.words) and _GROUP.search(
            text[max(0, disease.start - 30) : disease.start]
        ):
            return False
        held = [z for z in self.zones if z.holds(disease.start)]
        return (
            any(z.role in _HIDDEN and not _returns(self.reading, z, disease.start) for z in held)
            or any(z.role == "conditional" and (z.cue_start >= self.frame or self._led_in(z)) for z in held)
            or any(z.rule == "role.prior.label" for z in held)
            or _of_a_dose(self.reading, disease)
            or any(z.role == "prior-empty" and _UNTIL.match(text, z.cue_start) for z in held)
            or in_passing(text, disease.start, disease.end)
        )


_IN_STAGE = re.compile(r"\(.{0,60}\s(?:in|for|with|if)\s[^()]*$")


def _of_a_dose(reading: Reading, disease: Mention) -> bool:
    """Whether a disease stands in a bracket that begins with a dose, and says for whom that one is ("(50 mg in stage 4 CKD)")."""
    opened = reading.text.rfind("(", max(0, disease.start - 90), disease.start)
    return (
        opened > 0
        and reading.text.find(")", opened, disease.start) < 0
        and any(d.start == opened + 1 for d in reading.doses)
        and any(d.end < opened for d in reading.doses)
        and _IN_STAGE.match(reading.text, opened, disease.start) is not None
    )


_USE_WHEN = re.compile(
    r"\W*(?:use|given?|start|add|consider|reserve[d]?|used|indicated)\s(?:only\s|these\s)?$", re.IGNORECASE
)


def _among_drugs(reading: Reading, disease: Mention) -> bool:
    """Whether a disease stands between drugs of one list, and is a way of treating ("mannitol, hypothermia, and ...")."""
    text = reading.text
    return (
        text.endswith(", ", 0, disease.start)
        and any(d.end + 2 == disease.start for d in reading.drugs)
        and any(
            _LISTED_AFTER.fullmatch(text, disease.end, d.start)
            for d in reading.drugs
            if d.start > disease.end
        )
    )


def in_passing(text: str, start: int, end: int) -> bool:
    """Whether the words around a disease name it as a risk, a history, an example, or what is prevented.

    >>> in_passing("Stroke Prevention in Atrial Fibrillation", 0, 6), in_passing("Stroke Care", 0, 6)
    (True, False)
    """
    before = text[max(0, start - 45) : start].lower()
    at = max(0, start - 110)
    corrected = "correct" in before and _CORRECTED.search(before) and not _WITH.match(text, end)
    return bool(
        corrected
        or _AFTER.match(text[end : end + 50])
        or _BEFORE.search(before)
        or (" for " in before and _HELD_FOR.search(text[at:start].lower()))
        or (
            text.find("ed ", at, start) >= 0
            and text.find(" of ", at, start) >= 0
            and _OUTCOMES.search(text, at, start)
        )
    )


_RETURN = re.compile(
    r"\b(?:in|among|for|with)\s++(?:(?:adults?|adult|patients?|people|persons|those|women|men|children|infants|cases|individuals|"
    r"pregnant|older|with|who have|of|severe|mild|chronic|acute|refractory|the|all|most|some|a|an|having|stable|advanced|"
    r"treatment|management|active)\s++){0,20}$",
    re.IGNORECASE,
)


def _returns(reading: Reading, zone: Zone, at: int) -> bool:
    """Whether the words right before a disease lead back to the patients ("lowers the risk of stroke in atrial ...")."""
    text = reading.text[zone.start : at]
    return bool(_RETURN.search(text)) and zone.role in (
        "reason",
        "outcome",
        "comparator-empty",
        "comparator",
        "cause",
        "monitor",
        "monitor-empty",
    )
