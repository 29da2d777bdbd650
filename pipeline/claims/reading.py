"""One statement with everything that was found in it, as plain values over the statement's own offsets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.claims.cues.matcher import Cue, default_matcher
from pipeline.claims.cues.verdicts import verdicts
from pipeline.claims.cues.words import split_words
from pipeline.claims.doses.binder import Drug, bind
from pipeline.claims.doses.reader import may_name_dose, read_doses
from pipeline.claims.guidelines import of_organisation
from pipeline.claims.pattern_files import LABELS
from pipeline.claims.products import join_products
from pipeline.claims.scope.ordinals import counted
from pipeline.claims.scope.serology import find_serology
from pipeline.claims.trials import of_trials
from pipeline.model import Dose
from pipeline.vocabulary import Lexicon, LocalNames, Mention
from pipeline.vocabulary.concept import CLASS
from pipeline.vocabulary.words import words


@dataclass(frozen=True, slots=True)
class DoseMention:
    """A dose at `start` to `end`, and the indices of the drugs that it holds for."""

    start: int
    end: int
    dose: Dose
    drugs: tuple[int, ...]


_OF_DRUGS = frozenset(("line.subsequent.fails", "line.subsequent.drug-failure"))  # only right behind a drug
_NUMBER = re.compile(r"\s\d")
_FAILING = re.compile(r"\)?\s(?:(?:therapy|treatment|monotherapy|alone)\s)?")
_OF_SUBJECT = re.compile(
    r"(?:\s\([^()]*\))?(?:\s(?:therapy|treatment|monotherapy|alone|extract|supplements?))?"
    r"(?:\s(?:plus|with|added to|on top of)\s(?:[\w-]+\s){0,3}[\w-]+)?\s(?:also\s|significantly\s|markedly\s|modestly\s|further\s)?"
)
_MORE_OF_IT = frozenset(
    f"line.subsequent.{rule}"
    for rule in (
        "response-is-inadequate",
        "inadequate",
        "no-response",
        "response-unsatisfactory",
        "target-not-reached",
    )
)
_DOUBTFUL = (
    frozenset(("evidence.induced", "evidence.effect", "line.subsequent.switch-drug"))
    | _OF_DRUGS
    | _MORE_OF_IT
)
_RAISED = re.compile(
    r"\b(?:increas|titrat|ris|rais|doubl|escalat|continu|extend|prolong)(?:e|es|ed|ing)?\b[^.;]{0,40}\s(?:if|when|unless)\s(?:\w+\s){0,3}$",
    re.IGNORECASE,
)
_NOT_IN_GRADES = frozenset({"EVIDENCE", "NEGATION", "ROLE"})
_NOT_IN_NAMES = frozenset({"LINE", "ROLE", "CLAUSE", "DIRECTION"})


_NO_CUES: dict[str, list[Cue]] = {label: [] for label in LABELS}


@dataclass(slots=True)
class Reading:
    """The text of a statement and the drugs, diseases, doses and cues in it, each in text order."""

    text: str
    drugs: list[Mention]
    diseases: list[Mention]
    doses: list[DoseMention]
    cues: list[Cue]
    # the cues by label, without those that only shadow others; `of` gives those of one label, none where there are none
    said: dict[str, list[Cue]] = field(init=False)
    of: Callable[[str], list[Cue]] = field(init=False)
    words: frozenset[str] = field(init=False)  # in normal form; what needs others is not looked for
    crowded: bool = False  # names or tells so much that nothing was read in it
    refusals: dict[int, int | None] = field(
        init=False, default_factory=dict
    )  # kept by `pipeline.claims.scope.refused`
    _drug_starts: list[int] = field(init=False)
    _disease_starts: list[int] = field(init=False)
    _dose_starts: list[int] | None = field(init=False, default=None)  # made where they are asked for
    _cue_starts: list[int] | None = field(init=False, default=None)  # likewise

    def __post_init__(self) -> None:
        self.words = frozenset(words(self.text).norms)
        self._drug_starts = [d.start for d in self.drugs]
        self._disease_starts = [d.start for d in self.diseases]
        # Words inside a disease's name ("heart failure", "progressive multifocal ...") say nothing else.
        names = [(d.start, d.end) for d in self.diseases]
        kept = []
        said: dict[str, list[Cue]] = {}
        grades = [(c.start, c.end) for c in self.cues if c.label == "GRADE" and c.value != "none"]
        for cue in self.cues:
            if grades and cue.label in _NOT_IN_GRADES and _within(cue, grades):
                continue  # "Class 3: No Benefit"
            if names and cue.label in _NOT_IN_NAMES and _inside(cue, names):
                continue
            if cue.value == "combination" and cue.label == "SETTING" and self._names_drug(cue):
                continue  # "dual antiplatelet therapy"
            if cue.rule in _DOUBTFUL and self._misread(cue):
                continue
            kept.append(cue)
            if cue.value != "none":
                if cue.label in said:
                    said[cue.label].append(cue)
                else:
                    said[cue.label] = [cue]
        self.cues, self.said = kept, said
        self.of = {**_NO_CUES, **said}.__getitem__  # asked some thirty times

    def _misread(self, cue: Cue) -> bool:
        """Whether the words around a cue of a `_DOUBTFUL` rule say that it means something else."""
        text, start = self.text, cue.start
        if cue.rule == "evidence.induced":
            return text[start - 1 : start] == "-"
        if cue.rule in _OF_DRUGS:
            return not any(d.end <= start and _FAILING.fullmatch(text[d.end : start]) for d in self.drugs)
        if cue.rule == "line.subsequent.switch-drug":  # "change X to 50 mg daily"
            return _NUMBER.match(text, cue.end) is not None
        if cue.rule in _MORE_OF_IT:  # "raised to 20 mg if the response is insufficient"
            return _RAISED.search(text, max(0, start - 60), start) is not None
        return not self._subject_of(start)

    def _names_drug(self, cue: Cue) -> bool:
        return any(d.start <= cue.start and cue.end <= d.end for d in self.drugs)

    def _subject_of(self, verb: int) -> bool:
        """Whether a drug, with its dose or what it was given with, stands right before a verb."""
        before = next((d for d in reversed(self.drugs) if d.end < verb), None)
        if before is None:
            return False
        doses = [d for d in self.doses if before.end <= d.start and d.end < verb]
        end = max((d.end for d in doses), default=before.end)
        if doses and self.text.startswith(", ", before.end) and self.text.startswith(", ", end):
            end += 1  # "A, 5 mg daily, improved symptoms"
        return _OF_SUBJECT.fullmatch(self.text, end, verb) is not None

    def with_shadows(self, label: str) -> list[Cue]:
        """The cues with a label, also those that only shadow others."""
        return [c for c in self.cues if c.label == label]

    def drugs_in(self, start: int, end: int) -> range:
        """The indices of the drugs that begin at `start` or behind it and before `end`."""
        return range(bisect_left(self._drug_starts, start), bisect_left(self._drug_starts, end))

    def doses_in(self, start: int, end: int) -> range:
        """The indices of the doses that begin at `start` or behind it and before `end`."""
        if self._dose_starts is None:
            self._dose_starts = [d.start for d in self.doses]
        return range(bisect_left(self._dose_starts, start), bisect_left(self._dose_starts, end))

    def cues_in(self, start: int, end: int) -> list[Cue]:
        """The cues that begin at `start` or behind it and before `end`, also those that only shadow others."""
        if self._cue_starts is None:
            self._cue_starts = [c.start for c in self.cues]
        return self.cues[bisect_left(self._cue_starts, start) : bisect_left(self._cue_starts, end)]

    def diseases_in(self, start: int, end: int) -> range:
        """The indices of the diseases that begin at `start` or behind it and before `end`."""
        return range(bisect_left(self._disease_starts, start), bisect_left(self._disease_starts, end))


def _within(cue: Cue, spans: list[tuple[int, int]]) -> bool:
    """Whether a cue lies inside one of these spans."""
    return any(s <= cue.start and cue.end <= e for s, e in spans)


def _inside(cue: Cue, names: list[tuple[int, int]]) -> bool:
    """Whether a cue lies inside one of these names, or reaches into one; not where it begins or holds the name."""
    return any(
        s < cue.end and cue.start < e and cue.start != s and not (cue.start <= s and e <= cue.end)
        for s, e in names
    )


# No sentence of an article has so many cues, or zones; text that has is no sentence, and what relates its words would take ages.
CROWDED = 200


def crowded(text: str) -> Reading:
    """Such text: nothing is read in it."""
    return Reading(text, [], [], [], [], crowded=True)


OwnNames = tuple[tuple[str, tuple[str, ...]], ...]


class Reader:
    """Reads the statements of one article. `authority` is the body whose letters its grades are, where known."""

    def __init__(self, lexicon: Lexicon, local: LocalNames | None = None, authority: str = "") -> None:
        self.lexicon = lexicon
        self.local = local
        self.authority = authority
        self._forms = re.compile("|".join(map(re.escape, sorted(local)))) if local else None
        self._local: dict[str, LocalNames | None] = {}
        self._own_names: dict[str, OwnNames] = {}
        self._named: dict[str, tuple[list[Mention], list[Mention]]] = {}
        self._read: dict[tuple[str, tuple[tuple[int, int], ...]], Reading] = {}

    def read(self, text: str, leave: tuple[tuple[int, int], ...] = ()) -> Reading:
        """Everything found in `text`; `leave` are the spans of citations. The same text gives the same object."""
        key = (text, leave)
        if key not in self._read:
            self._read[key] = self._fresh(text, leave)
        return self._read[key]

    def _fresh(self, text: str, leave: tuple[tuple[int, int], ...]) -> Reading:
        cues = default_matcher().find(*split_words(text, leave))
        if len(cues) > CROWDED:
            return crowded(text)
        found, named = self.named(text)
        diseases = [d for d in named if not of_organisation(text, d)]
        serology = find_serology(text, [(c.start, c.end) for c in cues if c.label == "SETTING"])
        trials = of_trials(text, (*found, *named))
        more = (*serology, *trials, *counted(text, found), *verdicts(text, found))
        if len(cues) + len(more) > CROWDED:
            return crowded(text)
        for trial in trials:
            cues = [c for c in cues if not trial.start <= c.start < trial.end]  # "DELIVER showed ..."
        if more:
            cues = sorted([*cues, *more], key=lambda c: (c.start, c.end, c.label))
        drugs = join_products(text, found, self.lexicon)
        return Reading(text, drugs, diseases, self._doses(text, drugs, found, leave), cues)

    def named(self, text: str) -> tuple[list[Mention], list[Mention]]:
        """The drugs and the diseases that `text` names."""
        if text not in self._named:
            self._named[text] = self.lexicon.find(text, self.local_in(text))
        return self._named[text]

    def may_dose(self, text: str, leave: tuple[tuple[int, int], ...] = ()) -> bool:
        """Whether `text` may give a dose; never False where one is found."""
        text = without(text, leave)
        return _DOSE.search(text) is not None and may_name_dose(text)

    def local_in(self, text: str) -> LocalNames | None:
        """The article's own abbreviations that may stand in `text`; None where there are none."""
        if self._forms is None or not self.local:
            return None
        if text not in self._local:
            found = self._forms.search(text) is not None
            self._local[text] = {f: v for f, v in self.local.items() if f in text} if found else None
        return self._local[text]

    def own_names(self, text: str) -> OwnNames:
        """The same as a value that is compared with those of other articles."""
        local = self.local_in(text)
        if not local:
            return ()
        if text not in self._own_names:
            self._own_names[text] = tuple((form, tuple(value)) for form, value in sorted(local.items()))
        return self._own_names[text]

    def _doses(
        self, text: str, drugs: list[Mention], named: list[Mention], leave: tuple[tuple[int, int], ...]
    ) -> list[DoseMention]:
        if len(drugs) > CROWDED or not self.may_dose(text, leave):
            return []
        text = without(text, leave)
        found = read_doses(text, [(d.start, d.end) for d in named]).doses
        if not found:
            return []
        bound = bind(
            text,
            [Drug(d.start, d.end, d.concept.name, d.concept.kind == CLASS) for d in drugs],
            [(f.start, f.end) for f in found],
            [f.amount for f in found],
        )
        return [
            DoseMention(f.start, f.end, f.value, tuple(held))
            for f, held in zip(found, bound, strict=True)
            if not (f.value.dose_role == "threshold" and _is_size(text, f.start, f.end))
            and not _is_weight(text, f.start, f.end)
            and not (
                f.value.dose_low is f.value.dose_high is None
                and _NOT_AGAIN.search(text, max(0, f.start - 400), f.start)
            )
        ]


_NOT_AGAIN = re.compile(
    r"\bnot\s(?:be\s)?(?:(?:repeat(?:ed)?|resumed?|restart(?:ed)?|reused)|"
    r"(?:shorten(?:ed)?|limit(?:ed)?|reduced?|cut)\s(?:[^\s.;,]+\s){0,5}[^\s.;,]+)\s$",
    re.IGNORECASE,
)
_SIZED = re.compile(
    r"\b(?:volumes?|sizes?|glands?|goit(?:er|re)s?|prostates?|tumou?rs?|spleens?|output|losses|loss|effusions?|collections?|abscess(?:es)?)\b"
    r"[^.;,]{0,20}$",
    re.IGNORECASE,
)
_TAKEN_OFF = re.compile(
    r"\s(?:(?:is|are|was|were|has been|have been)\s)?(?:tapped|removed|drained|lost|aspirated|of (?:ascites|fluid|blood|urine))\b"
)


_HEAVY = re.compile(r"(?:[<>≤≥]|under|below|above|over)\s?\d[\d,.]*\s?k?g\W*$")
_NEWBORN = re.compile(
    r"\b(?:infants?|neonates?|newborns?|babies|birth\s?weights?)\s(?:\w+\s)?$", re.IGNORECASE
)


def _is_weight(text: str, start: int, end: int) -> bool:
    """Whether an amount is the weight of the child that is treated.

    >>> _is_weight("infants <1000 g", 8, 15), _is_weight("give <1000 g", 5, 12)
    (True, False)
    """
    return (
        _HEAVY.match(text[start:end]) is not None
        and _NEWBORN.search(text, max(0, start - 30), start) is not None
    )


def _is_size(text: str, start: int, end: int) -> bool:
    """Whether an amount is how large or heavy something is, and no dose.

    >>> _is_size("a prostate volume above 40 mL", 18, 29), _is_size("doses above 40 mL", 6, 17)
    (True, False)
    """
    return bool(_SIZED.search(text, max(0, start - 60), start) or _TAKEN_OFF.match(text, end))


# A figure, "dose", "daily" or "week": begins with what it searches for, which is four times as fast.
_DOSE = re.compile(
    r"[\d²³¹⁰-⁹₀-₉dwmyhDWMYH](?:(?<![dwmyhDWMYH])|(?<=[dD])(?:ose|ay|aily)|(?<=[wW])eek|(?<=[mM])(?:onth|in)|(?<=[yY])ear|(?<=[hH])our)"
)


def without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """A text of the same length with blanks for `spans`.

    >>> without("5 mg or 10 mg", ((0, 4), (8, 13)))
    '     or      '
    """
    if not spans:
        return text
    signs = list(text)
    for start, end in spans:
        signs[start:end] = " " * (end - start)
    return "".join(signs)
