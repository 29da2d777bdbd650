"""What each clause of a statement says about each of its drugs: the findings, in text order."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.data_files import alternatives
from pipeline.claims.grades import Grade
from pipeline.claims.reading import Reading
from pipeline.claims.scope.bare_clauses import own_dose, stands_alone
from pipeline.claims.scope.clauses import Clause
from pipeline.claims.scope.diseases import Topics
from pipeline.claims.scope.dosing import bind_findings
from pipeline.claims.scope.failing import where_it_fails
from pipeline.claims.scope.fields import Fields, Place, Spans, merge_settings
from pipeline.claims.scope.labelled import labelled_anew, verdict
from pipeline.claims.scope.local import local_brackets
from pipeline.claims.scope.partners import Combined
from pipeline.claims.scope.phases import phases_of_others
from pipeline.claims.scope.predicates import Head, evidence_in
from pipeline.claims.scope.refused import BUT_NOT_IN, not_drug
from pipeline.claims.scope.relatives import antecedent
from pipeline.claims.scope.stated import Region, Stated, collect, strength_of
from pipeline.claims.scope.strengths import closing_grade, hold_place, hold_strength, settles_direction
from pipeline.claims.scope.types import Finding, Parsed

# "..., and hospitalized patients should receive": the opening words were about others.
_OTHERS = re.compile(
    r"\W*(?:(?:and|but|whereas|while)\s*+)?(?:(?!(?:in|for|with|all|most|some|these|such)\b)[\w-]{1,40}\s){1,2}"
    rf"(?:{alternatives('people')})\s(?!(?:with|who)\b)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Saying:
    """Clause number `k` and what its words say, whichever of its drugs they are about.

    `local` are the brackets of single drugs, `apart` those of them that tell anything, each with its drug; `carried`: it names no drug and goes on about those before it.
    """

    k: int
    clause: Clause
    direction: str
    cue: Cue | None
    strong: bool
    evidence: str
    evidence_cue: Cue | None
    local: dict[int, list[tuple[int, int]]]
    apart: list[tuple[int, tuple[int, int]]]
    carried: bool


class Findings:
    """Reads the findings of one statement into `parsed.findings`, clause by clause."""

    def __init__(
        self, parsed: Parsed, stated: Stated, topics: Topics, heads: list[Head], combined: Combined
    ) -> None:
        self.parsed = parsed
        self.reading = parsed.reading
        self.stated = stated
        self.topics = topics
        self.heads = heads
        self.combined = combined
        self.closing = closing_grade(parsed)
        self.settles = settles_direction(parsed, heads, self.closing)
        self.before = list(_before_drugs(self.reading))
        told = {c.start for c in self.reading.cues} | {g.start for g in parsed.grades}
        self.told = sorted(told | {z.cue_start for z in stated.zones})
        self.starts = [c.start for c in parsed.clauses]

    def read(self, depths: list[int]) -> None:
        """All clauses, and the doses of each finding; `depths` tells how deep in brackets each place is."""
        parsed, reading = self.parsed, self.reading
        subjects: list[int] = []
        for i in self.combined.beside:
            if self.heads[self._clause_at(reading.drugs[i].start)][0] == "against":
                parsed.usable[i] = False
        for k, clause in enumerate(parsed.clauses):
            direction, cue, strong = self.heads[k]
            own = [i for i in reading.drugs_in(clause.start, clause.end) if parsed.usable[i]]
            evidence, evidence_cue = evidence_in(
                self.stated, Region(((clause.start, clause.end), (0, parsed.frame)))
            )
            carried = False
            targets: list[int | None] = list(own)
            if not own and subjects and stands_alone(parsed, k, self.heads):
                targets, carried = _antecedent(reading, clause.start) or list(subjects), True
            elif (
                not own and not any(parsed.usable) and (cue is not None or k == 0 or own_dose(parsed, clause))
            ):
                targets = [None]
            local = local_brackets(reading, parsed.grades, own, depths)
            beside: tuple[int, ...] = ()
            if own and subjects and cue is not None and cue.rule == BUT_NOT_IN:
                beside, targets, carried = (
                    tuple(own),
                    list(subjects),
                    True,
                )  # "A may be used, but never with B"
            apart = [(i, span) for i, spans in local.items() for span in spans if self._tells(*span)]
            saying = _Saying(k, clause, direction, cue, strong, evidence, evidence_cue, local, apart, carried)
            found = [self._finding(saying, target) for target in targets]
            if cue is None and k and clause.opener in ("aswell", "and", "sequence", "with", ";"):
                hold_strength(found, parsed.findings)
            if cue is None and carried and clause.opener == ";":
                hold_place(found, parsed.findings)
            if carried and _EITHER.match(reading.text, clause.start):
                parsed.findings = [
                    f for f in parsed.findings if f.kind != "evidence"
                ]  # only how they compare
            parsed.findings += found
            if beside:
                for finding in found:
                    finding.partners = beside
            elif own:
                subjects = own
        bind_findings(parsed)
        _only_dosed(parsed)

    def _finding(self, saying: _Saying, target: int | None) -> Finding:
        parsed, clause = self.parsed, saying.clause
        spans = ((clause.start, clause.end),)
        others = self._doses_of_others(target)
        if saying.local:
            mine = saying.local.get(target, ()) if target is not None else ()
            others = (
                *(span for i, span in saying.apart if i != target and span not in mine),
                *others,
            )
        if target is not None:
            others = (*others, *_alternatives_in_brackets(self.reading, target))
            others = (*others, *where_it_fails(self.reading, self.stated.zones, target))
            others = (*others, *phases_of_others(self.reading, clause.start, clause.end, target))
        fields = self._stated(saying, target, others)
        marks = list(fields.marks)
        direction = saying.direction
        closing = self.closing
        if (
            closing is not None
            and (not fields.strength or (fields.strength == closing.strength and not fields.grade_text))
            and closing.start >= clause.end
            and (direction == self.settles or (not direction and self.settles == "for"))
        ):
            fields.strength, fields.certainty = closing.strength, closing.certainty or fields.certainty
            fields.grade_text, fields.grade_system = closing.text, closing.system or None
            marks.append(Place("strength", closing.start, closing.end, closing.rule))
        grade = self._grade(clause, others)
        if grade is not None and grade.direction == "against":
            direction = "against"
        value, mark = _own_direction(parsed, target, direction, saying.cue)
        if target is not None and target in self.stated.refused:
            refusal = self.stated.refused[target]
            value, mark = "against", Place("direction", refusal.start, refusal.end, refusal.rule)
        kind = ""
        if self._is_evidence(saying):
            kind, value = "evidence", saying.evidence
            cue = saying.evidence_cue
            if cue is not None:
                mark = Place("direction", cue.start, cue.end, cue.rule)
                marks.append(Place("kind", cue.start, cue.end, cue.rule))
            fields.strength = fields.certainty = ""
            fields.grade_text = fields.grade_system = None
        elif saying.cue is not None:
            kind = "recommendation"
        if mark is not None:
            marks.append(mark)
        fields.direction, fields.marks, fields.weak = value, tuple(marks), not saying.strong
        if target is not None:
            partners = self._partners(saying.k, target)
            if saying.carried and not partners and saying.k and self._is_combination(saying.k - 1, target):
                partners = self._partners(saying.k - 1, target)
        else:
            partners = tuple(sorted(self.combined.beside))
        diseases, others_named = self._diseases(saying, spans)
        return Finding(
            drug=target,
            clause=saying.k,
            fields=fields,
            kind=kind,
            said=bool(value) or bool(saying.evidence),
            partners=partners,
            beside=target in self.combined.beside,
            diseases=diseases,
            carried=saying.carried,
            others=others_named,
            opener=_opener(self.reading, clause, saying.cue),
        )

    def _is_combination(self, k: int, target: int) -> bool:
        """Whether a drug and its partners are together the subject of clause `k` ("A combined with B is harmful and ...")."""
        head = self.heads[k][1]
        partners = self._partners(k, target)
        return (
            head is not None
            and head.form == "predicate"
            and all(
                max(self.combined.marks[target, p].start, self.reading.drugs[p].start) < head.start
                for p in partners
            )
        )

    def _clause_at(self, place: int) -> int:
        return max(0, bisect_right(self.starts, place) - 1)

    def _tells(self, start: int, end: int) -> bool:
        """Whether a cue, a grade or a zone begins in a stretch."""
        return bisect_left(self.told, start) < bisect_left(self.told, end)

    def _doses_of_others(self, target: int | None) -> tuple[tuple[int, int], ...]:
        """ "low-dose" right before another drug ("a low dose of A"), which it belongs to alone."""
        if not self.before:
            return ()
        at = self.reading.drugs[target].start if target is not None else -1
        return tuple(
            [
                (cue.start, cue.end)
                for cue, drugs in self.before
                # "A with short-term B"
                if (cue.value in _AMOUNTS or (target is not None and cue.start > at))
                and any(i != target for i in drugs)
            ]
        )

    def _partners(self, k: int, target: int) -> tuple[int, ...]:
        """The partners of a drug in clause `k`: those that words of this clause put beside it, or of a later one that
        has no predicate of its own."""
        out = []
        for partner in self.combined.partners.get(target, ()):
            cue = self.combined.marks[target, partner]
            place = k if cue.value == "plus" else self._clause_at(cue.start)
            if place == k or (place > k and not self.parsed.standing[place]):
                out.append(partner)
        return tuple(sorted(out))

    def _stated(self, saying: _Saying, target: int | None, others: Spans) -> Fields:
        """What the clause, the drug's own bracket and the opening words of the statement state; `others` belongs to others."""
        parsed, stated, clause = self.parsed, self.stated, saying.clause
        anchor = self.reading.drugs[target].start if target is not None else clause.start
        spans = ((clause.start, clause.end),)
        region = Region(spans, others)
        about = antecedent(self.reading.text, clause.start, clause.rule)
        if about is not None:
            region = Region((*spans, about), others)
        if target is not None and saying.local.get(target):
            near = collect(stated, Region(tuple(saying.local[target])), anchor)
            fields = near.over(collect(stated, Region(spans, (*others, *saying.local[target])), anchor))
        else:
            fields = collect(stated, region, anchor)
        if saying.carried and clause.opener == "sequence":
            # "First choice: A; second choice: B 2 mg, then 1 mg": what goes on is what was said of B
            before = next((f.fields for f in reversed(parsed.findings) if f.drug == target), fields)
            fields = fields.but(
                line=fields.line or before.line, preference=fields.preference or before.preference
            )
        behind_frame = clause.start >= parsed.frame > 0
        others_open = behind_frame and (
            _OTHERS.match(self.reading.text, clause.start) or labelled_anew(parsed, clause)
        )
        if (behind_frame or clause.start > 0) and not stated.nothing and not others_open:
            fields = fields.over(collect(stated, Region(((0, parsed.frame),)), anchor))
        if saying.carried and target is not None:
            fields.setting = merge_settings(fields.setting, _premodifiers(self.reading, target))
        add_strength(fields, stated, region, parsed.grades)
        return fields

    def _grade(self, clause: Clause, others: Spans) -> Grade | None:
        """The last grade of the clause that is not in the bracket of another drug."""
        if not self.parsed.grades:
            return None
        own = Region(((clause.start, clause.end),), others)
        return next((g for g in reversed(self.parsed.grades) if own.holds(g.start)), None)

    def _is_evidence(self, saying: _Saying) -> bool:
        """Whether the clause tells what studies found, and advises nothing."""
        if not saying.evidence:
            return False
        grade = self._grade(saying.clause, ())
        if grade is not None and grade.strength:
            return False  # "A improves walking distance (Class I, Level A)": what has a class is advice
        cue, evidence_cue = saying.cue, saying.evidence_cue
        # "has not been shown to be effective"
        shown = (
            cue is not None
            and evidence_cue is not None
            and 0 <= cue.start - evidence_cue.start <= 30
            and cue.start <= evidence_cue.end + 1
        )
        return shown or not (saying.strong and cue is not None and cue.form != "noun")

    def _diseases(self, saying: _Saying, spans: Spans) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The diseases that the clause is about, and those that it only names."""
        parsed, clause = self.parsed, saying.clause
        diseases, others = self.topics.about(spans)
        if not diseases and parsed.frame:
            diseases, more = self.topics.about(((0, parsed.frame),))
            others = (*others, *more)
        if not diseases and clause.rule == "clause.being" and parsed.findings:
            return parsed.findings[-1].diseases, others
        turned = saying.k and not saying.direction and self.heads[saying.k - 1][0] == "against"
        if saying.carried and saying.cue is None and turned:
            return diseases, others  # "contraindicated in X; in Y the dose is 5 mg": X is another's
        if not diseases and (saying.carried or not others):
            distributed = any(c.rule == "clause.distributed" for c in parsed.clauses[saying.k : saying.k + 2])
            diseases = parsed.diseases if saying.carried or clause.start or distributed else ()
        return diseases, others


def _only_dosed(parsed: Parsed) -> None:
    """ "A 85 mg/m2 and B 400 mg/m2, then 2,400 mg/m2": a clause without a drug that gives one of those before it a dose
    says nothing of the others."""
    dosed = {f.clause for f in parsed.findings if f.carried and f.doses}
    if dosed:
        parsed.findings[:] = [
            f for f in parsed.findings if not (f.carried and f.clause in dosed and not f.doses)
        ]


def add_strength(fields: Fields, stated: Stated, region: Region, grades: list[Grade]) -> None:
    """Adds the strength, certainty and grade that a region states to `fields`."""
    strength, certainty, grade, marks = strength_of(stated, region, grades)
    if strength or certainty or grade:
        fields.strength, fields.certainty = strength, certainty
        fields.grade_text = grade.text if grade else None
        fields.grade_system = grade.system or None if grade else None
        fields.marks = (*fields.marks, *marks)


_AMOUNTS = ("low-dose", "high-dose")
_TERMS = ("short-term", "long-term")


def _alternatives_in_brackets(reading: Reading, target: int) -> Iterator[tuple[int, int]]:
    """The brackets that name an alternative to a drug: "A 5 mg daily (alternatively B 2 mg daily)"."""
    cues = [c for c in reading.of("PREFERENCE") if c.value == "alternative"] if "(" in reading.text else []
    for cue in cues:
        start, end = reading.text.rfind("(", 0, cue.start), reading.text.find(")", cue.end)
        inside = start >= 0 and end >= 0 and reading.text.find(")", start, cue.start) < 0
        if not inside or start < reading.drugs[target].start < end:
            continue
        if len(reading.drugs_in(start, end)):
            yield start, end


def _before_drugs(reading: Reading) -> Iterator[tuple[Cue, list[int]]]:
    """The cues of low and high doses and short and long terms that stand right before drugs, with the indices of these."""
    for cue in reading.of("SETTING"):
        if cue.value in _AMOUNTS or cue.value in _TERMS:
            drugs = [
                i
                for i in reading.drugs_in(cue.end, cue.end + _NEAR)
                if reading.drugs[i].start <= cue.end + 1
                or _OF_DRUG.fullmatch(reading.text, cue.end, reading.drugs[i].start)
            ]
            if drugs:
                yield cue, drugs


_NEAR = 30  # no match of the next is longer
_OF_DRUG = re.compile(r"\s(?:oral\s|inhaled\s|intravenous\s)?(?:of\s(?:an?\s|the\s)?)?", re.IGNORECASE)


def _premodifiers(reading: Reading, index: int) -> tuple[str, ...]:
    """Settings right before a drug ("long-term glucocorticoids"), which go with it into later clauses."""
    start = reading.drugs[index].start
    return tuple(sorted(c.value for c in reading.of("SETTING") if 0 <= start - c.end <= 1))


# "Children under 5 years: no aspirin, no codeine"
_NO = re.compile(r"(?:^\W*|[:;,]\s|,?\s(?:and|or|but)\s)no\s(?:routine\s)?$", re.IGNORECASE)
_NO_ENDS = re.compile(
    r"\s*(?:$|[.,;()\[]|\d|(?:and|or|but|in|for|during|before|if|unless|here|there|then|either)\b)",
    re.IGNORECASE,
)


def _is_none(reading: Reading, target: int) -> bool:
    """Whether "no" stands right before a drug, and nothing behind that it may belong to ("no zinc deficiency")."""
    drug = reading.drugs[target]
    return (
        reading.text[max(0, drug.start - 12) : drug.start].lower().endswith(("no ", "no routine "))
        and _NO.search(reading.text, max(0, drug.start - 40), drug.start) is not None
        and _NO_ENDS.match(reading.text, drug.end) is not None
    )


def _own_direction(
    parsed: Parsed, target: int | None, direction: str, cue: Cue | None
) -> tuple[str, Place | None]:
    reading = parsed.reading
    told = verdict(reading, target) if target is not None else None
    if told is not None:
        return told[0], Place("direction", *told[1], "direction.verdict")
    if target is not None and direction in ("", "for") and _is_none(reading, target):
        at = reading.drugs[target].start
        return "against", Place("direction", at - 3, at - 1, "direction.no-drug")
    if target is not None and direction in ("", "for"):
        refused = not_drug(reading, target)
        if refused is not None:
            return "against", Place("direction", refused, reading.drugs[target].start, "direction.not-drug")
    if cue is not None:
        return direction, Place("direction", cue.start, cue.end, cue.rule)
    return direction, None


_FOR = re.compile(r"\W*for\b", re.IGNORECASE)


def _opener(reading: Reading, clause: Clause, cue: Cue | None) -> str:
    """What began a clause; "but not in X" takes X out as "except in X" does, where "but not for X" names what is treated."""
    taken_out = cue is not None and cue.rule == BUT_NOT_IN and not _FOR.match(reading.text, cue.end)
    return "except" if taken_out else clause.opener


_EITHER = re.compile(
    r"\W*(?:(?:and|so|but)\s)?(?:therefore\s)?(?:n?either|both|any\sof\s(?:them|these)|all\s(?:of\sthem|three|four))\s(?:(?:of\sthem|one|drugs?|agents?)\s)?"
    r"(?=(?:is|are|may|can|should)\b)",
    re.IGNORECASE,
)
_WHICH = re.compile(r"[\s,]*which\b", re.IGNORECASE)


def _antecedent(reading: Reading, start: int) -> list[int | None]:
    """The drug that a clause beginning with "which" is about, whatever part it plays before ("A is preferred to B, which
    should be avoided"), all drugs before for one beginning with "either" or "both" ("A is no better than B; either may be
    used"); none for other clauses."""
    if _EITHER.match(reading.text, start):
        before = [i for i, d in enumerate(reading.drugs) if d.end <= start + 1]
        return list(before) if len(before) > 1 else []
    if _WHICH.match(reading.text, start) is None:
        return []
    before = [i for i, d in enumerate(reading.drugs) if d.end <= start + 1]
    return [before[-1]] if before and start - reading.drugs[before[-1]].end <= 1 else []
