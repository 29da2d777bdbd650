"""Which diseases a finding is about: its own, those above it, or that of the title."""

from __future__ import annotations

import re

from pipeline.claims.cues.verdicts import VERDICT
from pipeline.claims.data_files import alternatives
from pipeline.claims.names import (
    Disease,
    ancestors,
    comorbidities,
    is_comorbidity,
    is_own_illness,
    is_symptom,
    related,
    resolve,
)
from pipeline.claims.reading import Reading
from pipeline.claims.scope.fields import Fields
from pipeline.claims.scope.types import Finding, Parsed
from pipeline.claims.statements import Statement
from pipeline.claims.structure.context import Context
from pipeline.claims.structure.headings import Headings
from pipeline.vocabulary import Lexicon

_OF_SOMEONE = re.compile(
    r"\b(?:in|with|of|the|their|an?|whose)\s(?:[\w-]+(?:,|\sor|\sand)?\s){0,3}$", re.IGNORECASE
)
_REACH = 1000  # code points: so far before a disease is looked at, more than a sentence has
# for text in lower case
_COMORBID = re.compile(
    r"(?>(?:^|[.;])[^.;]*?(?:contraindicat|avoid|not|neither|never|stop|discontinu|withh|held|\bhold\b|omit|\b(?:safe|ok|okay|fine|allowed|permitted)\b))"
    r"(?>[^.;]*\b(?:in|with|if|when|within|after|during|following|for\s(?:\w+\s)?"
    rf"(?:those|{alternatives('people')})\s"
    r"(?:with|who))\b)[^.;,]*$"
)

# "Omit A for grade 3 neuropathy": what A has done to the patient
_STOPPED_FOR = re.compile(
    r"\b(?:stop|discontinue|withhold|hold|omit|interrupt|suspend|pause)\b[^.;]*\bfor\s(?:(?:any|grade|persistent|new|severe|worsening|symptomatic|"
    r"clinical|significant|suspected|confirmed|\d(?:\s?[-–]\s?\d)?|or|higher|≥)\s){0,5}$"
)


class Subjects:
    """Tells which diseases the findings of one article are about."""

    def __init__(self, lexicon: Lexicon, title: tuple[Disease, ...], whose: frozenset[str]) -> None:
        self.lexicon, self.title, self.whose = lexicon, title, whose

    def of(
        self,
        parsed: Parsed,
        finding: Finding,
        context: Context,
        carried: tuple[Disease, ...],
        headings: Headings,
    ) -> tuple[Disease, ...]:
        """The diseases of a finding; `carried` are those of the sentence before. Empty where nothing names one.
        Places are counted from the statement's first letter."""
        reading = parsed.reading
        above = carried or context.diseases

        def read(indices: tuple[int, ...]) -> tuple[Disease, ...]:
            mentions = [reading.diseases[i] for i in indices]
            return resolve(reading, mentions, above, self.title, self.lexicon, 0)

        said = finding.said and finding.drug is not None
        dosed = not said and finding.drug is not None and is_dosed(finding) and headings.causes
        named = (
            finding.diseases
            if finding.sure
            else self._not_comorbid(parsed, finding.diseases, above, said=said, dosed=dosed)
        )
        if carried and not context.diseases and not self.title and not named:
            named = _labelled(parsed, finding.diseases)
        groups = headings.groups or (
            headings.situations and all(is_comorbidity(reading.diseases[i].concept.name) for i in named)
        )
        if above and named and finding.kind != "evidence" and groups:
            # "Heart failure: avoid ..." among special populations tells whom, where it is another disease.
            label = parsed.frame if parsed.reading.text[: parsed.frame].endswith(":") else 0
            names = {i: reading.diseases[i].concept.name for i in named}
            whom = [n for i, n in names.items() if reading.diseases[i].end <= label]
            named = tuple(
                i
                for i, name in names.items()
                if any(related(name, a.name, self.lexicon) for a in above)
                or (reading.diseases[i].end > label and not any(related(name, w, self.lexicon) for w in whom))
            )
        found = read(named)
        if not found and finding.diseases and above:
            return above
        if found and all(is_symptom(d.name) for d in found):
            if above or self.title:
                known = {d.name for d in above or self.title}
                spoken = () if finding.fields.direction == "against" else found
                if spoken and _is_treated(reading, named):
                    return found
                # of a title's two diseases the one that is said
                return tuple(d for d in spoken if d.name in known) or above or self.title
        else:
            found = tuple(d for d in found if not is_symptom(d.name))
        turned = finding.fields.direction == "against" or _permitted(finding.fields)
        if found and turned and finding.kind != "evidence":
            main = tuple(i for i in parsed.diseases if i not in finding.diseases)
            around = read(main) if finding.opener == "except" else above
            first = reading.diseases[named[0]].start
            if (
                around
                and not any(self._related(d, around) for d in found)
                and (
                    finding.opener == "except"
                    or _COMORBID.search(reading.text[max(0, first - _REACH) : first].lower())
                    or _STOPPED_FOR.search(reading.text[max(0, first - _REACH) : first].lower())
                    or _is_condition(parsed, first)
                )
            ):
                return around
        generic = [d for d in read(finding.others) if any(d.name == a.name for a in (*above, *self.title))]
        if found and generic and finding.kind == "evidence":
            return tuple(generic)
        return found or above or self.title or read(finding.others) or read(parsed.others)

    def _not_comorbid(
        self,
        parsed: Parsed,
        indices: tuple[int, ...],
        above: tuple[Disease, ...],
        *,
        said: bool,
        dosed: bool,
    ) -> tuple[int, ...]:
        """Without diseases that the patients have beside the one that the article or section is about."""
        if not (above or self.title):
            return indices
        known = (*above, *self.title)
        beside = comorbidities(parsed.reading, indices, known, self.lexicon)
        kept = tuple(i for i in indices if i not in beside and not self._of_title_patients(parsed, i, known))
        if said:
            return kept
        # Without a predicate or drug of its own, a statement does not turn to another disease
        # ("Tetracyclines: tooth discoloration", "In chronic kidney disease, start at 50 mg").
        # "Endometritis: clindamycin 900 mg" under "Treatment of the Cause" gives what its label's disease is treated with.
        text, label = parsed.reading.text, parsed.frame
        label = label if dosed and text[:label].endswith(":") else 0
        names = [parsed.reading.diseases[i].concept.name for i in kept]
        return tuple(
            i
            for i, name in zip(kept, names, strict=True)
            if any(related(name, k.name, self.lexicon) for k in known)
            or (parsed.reading.diseases[i].end <= label and not is_comorbidity(name))
        )

    def _of_title_patients(self, parsed: Parsed, index: int, known: tuple[Disease, ...]) -> bool:
        """Whether a disease is the one, or a sort of the one, that the title says its patients have beside its own."""
        mention = parsed.reading.diseases[index]
        if not self.whose or not _OF_SOMEONE.search(
            parsed.reading.text, max(0, mention.start - _REACH), mention.start
        ):
            return False
        name = mention.concept.name
        theirs = self.whose - {k.name for k in known}
        return name in theirs or bool(theirs.intersection(ancestors(self.lexicon, name)))

    def named(self, statement: Statement, parsed: Parsed) -> tuple[Disease, ...]:
        """The diseases that a statement is about, for the sentences after it."""
        mentions = [parsed.reading.diseases[i] for i in parsed.diseases]
        found = resolve(parsed.reading, mentions, (), self.title, self.lexicon, 0, "lead-in")
        return tuple(d._replace(start=statement.place(d.start), end=statement.place(d.end)) for d in found)

    def _related(self, disease: Disease, others: tuple[Disease, ...]) -> bool:
        return any(related(disease.name, o.name, self.lexicon) for o in others)


def told_safe(fields: Fields) -> bool:
    """Whether a drug is only said to do no harm ("is safe", "is not contraindicated")."""
    return any(m.rule in _SAFE for m in fields.marks)


_SAFE = frozenset(("direction.for.is-safe", "direction.for.not-contraindicated"))
_PERMITTING = _SAFE | {VERDICT}


def _permitted(fields: Fields) -> bool:
    """Whether words that permit a drug may tell for whom ("A ok in cirrhosis")."""
    for mark in fields.marks:  # noqa: SIM110 -- asked of every drug, and a generator costs thrice as much
        if mark.rule in _PERMITTING:
            return True
    return False


def decides_disease(finding: Finding) -> object:
    """What of a finding `Subjects.of` looks at: the same for most drugs of a statement."""
    said = finding.said and finding.drug is not None
    against = finding.fields.direction == "against" or _permitted(finding.fields)
    dosed = not said and finding.drug is not None and is_dosed(finding)
    return (
        finding.diseases,
        finding.sure,
        finding.others,
        said,
        dosed,
        against,
        finding.kind == "evidence",
        finding.opener,
    )


def is_dosed(finding: Finding) -> bool:
    """Whether a finding has a dose with an amount."""
    return any(d.dose.dose_low is not None or d.dose.dose_high is not None for d in finding.doses)


# "Depression should be treated with sertraline"
_TREATED = re.compile(
    r"\s(?:(?:should|must|may|can)\s(?:also\s)?be|is)\s(?:\w+\s){0,2}(?:treated|managed)\b", re.IGNORECASE
)


def _is_treated(reading: Reading, named: tuple[int, ...]) -> bool:
    """Whether a statement begins with an illness that it says to be treated, whatever illness the article is about."""
    if len(named) != 1:
        return False
    mention = reading.diseases[named[0]]
    return (
        is_own_illness(mention.concept.name)
        and not reading.text[: mention.start].strip(" •*-")
        and _TREATED.match(reading.text, mention.end) is not None
    )


_TREATING = re.compile(
    r"\b(?:treating|treatment of|therapy of|managing|management of)\s(?:\w+\s)?$", re.IGNORECASE
)


def _labelled(parsed: Parsed, indices: tuple[int, ...]) -> tuple[int, ...]:
    """The diseases that the label of a statement or the first cell of a row names ("Acne: 100 mg daily" in a text on a drug)."""
    text, mentions = parsed.reading.text, parsed.reading.diseases
    end = parsed.frame if text[: parsed.frame].endswith(":") else text.find(" | ")
    named = tuple(i for i in indices if mentions[i].end <= end)
    return () if all(is_comorbidity(mentions[i].concept.name) for i in named) else named


def _is_condition(parsed: Parsed, at: int) -> bool:
    """Whether a disease in the label of a statement that only advises against drugs says when that holds ("Pneumonitis of any
    grade: stop nivolumab")."""
    text = parsed.reading.text
    return (
        at < parsed.frame
        and text[: parsed.frame].endswith(":")
        and not _TREATING.search(text, 0, at)
        and all(f.fields.direction == "against" for f in parsed.findings if f.drug is not None)
    )
