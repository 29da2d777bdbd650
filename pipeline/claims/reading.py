"""One statement with everything that was found in it, as plain values over the statement's own offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import spacy
from spacy.language import Language
from spacy.tokens import Span

from pipeline.claims.cues.matcher import Cue, default_matcher
from pipeline.claims.cues.words import split_words
from pipeline.claims.doses import bind_doses, dose_of
from pipeline.claims.scope.serology import find_serology
from pipeline.model import Dose
from pipeline.vocabulary import Lexicon, LocalNames, Mention


@dataclass(frozen=True, slots=True)
class DoseMention:
    """A dose at `start` to `end`, and the indices of the drugs that it holds for."""

    start: int
    end: int
    dose: Dose
    drugs: tuple[int, ...]


_FAILING = re.compile(r"\)?\s(?:(?:therapy|treatment|monotherapy|alone)\s)?")
_NOT_IN_NAMES = frozenset({"LINE", "ROLE", "CLAUSE", "DIRECTION"})


@dataclass(slots=True)
class Reading:
    """The text of a statement and the drugs, diseases, doses and cues in it, each in text order."""

    text: str
    drugs: list[Mention]
    diseases: list[Mention]
    doses: list[DoseMention]
    cues: list[Cue]
    by_label: dict[str, list[Cue]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Words inside a disease's name ("heart failure", "progressive multifocal ...") say nothing else.
        names = [(d.start, d.end) for d in self.diseases]
        self.cues = [
            c
            for c in self.cues
            if c.label not in _NOT_IN_NAMES
            or not any(
                s < c.end and c.start < e and not ((c.start <= s and e <= c.end) or c.start == s)
                for s, e in names
            )
        ]
        drugs_end = [d.end for d in self.drugs]
        self.cues = [
            c
            for c in self.cues
            if c.rule != "line.subsequent.fails"
            or any(_FAILING.fullmatch(self.text[end : c.start]) for end in drugs_end if end <= c.start)
        ]
        for cue in self.cues:
            self.by_label.setdefault(cue.label, []).append(cue)

    def of(self, label: str) -> list[Cue]:
        """The cues with this label, without those that only shadow others."""
        return [c for c in self.by_label.get(label, ()) if c.value != "none"]


# No sentence of an article has so many; text that has is no sentence, and what relates its words would take ages.
_CROWDED = 400


class Reader:
    """Reads the statements of one article."""

    def __init__(self, lexicon: Lexicon, local: LocalNames | None = None) -> None:
        self.lexicon = lexicon
        self.local = local
        self._nlp: Language = _pipeline()

    def read(self, text: str, leave: tuple[tuple[int, int], ...] = (), *, drugs: bool = True) -> Reading:
        """Everything found in `text`; `leave` are the spans of citations."""
        words, starts = split_words(text, leave)
        cues = default_matcher().find(words, starts)
        if len(cues) > _CROWDED:
            return Reading(text, [], [], [], [])
        local = self._local_in(text)
        found = self.lexicon.find_drugs(text, local) if drugs else []
        diseases = self.lexicon.find_diseases(text, local)
        serology = find_serology(text, [(c.start, c.end) for c in cues if c.label == "SETTING"])
        if serology:
            cues = sorted([*cues, *serology], key=lambda c: (c.start, c.end, c.label))
        return Reading(text, found, diseases, self._doses(text, found, leave), cues)

    def _local_in(self, text: str) -> LocalNames | None:
        """The article's own abbreviations that may stand in `text`; None where there are none."""
        if not self.local:
            return None
        here = {form: value for form, value in self.local.items() if form in text}
        return here or None

    def _doses(
        self, text: str, drugs: list[Mention], leave: tuple[tuple[int, int], ...]
    ) -> list[DoseMention]:
        for start, end in leave:
            text = text[:start] + " " * (end - start) + text[end:]
        if not _may_dose(text) or len(drugs) > _CROWDED:
            return []
        doc = self._nlp.make_doc(text)
        spans: list[Span] = []
        kept = []
        for index, drug in enumerate(drugs):
            span = doc.char_span(drug.start, drug.end, label="DRUG", alignment_mode="expand")
            if span is not None and (not spans or span.start >= spans[-1].end):
                spans.append(span)
                kept.append(index)
        doc.spans["drugs"] = spans
        for _, component in self._nlp.pipeline:
            doc = component(doc)
        group = list(doc.spans["doses"])
        if not group:
            return []
        bound = bind_doses(doc)
        return [
            DoseMention(_at(s, "start"), _at(s, "end"), dose_of(s), tuple(kept[i] for i in bound[k]))
            for k, s in enumerate(group)
        ]


def _at(span: Span, key: str) -> int:
    return int(span._.dose[key])


def _may_dose(text: str) -> bool:
    return any(c.isdigit() for c in text) or "dose" in text or "daily" in text or "week" in text


_NLP: list[Language] = []


def _pipeline() -> Language:
    if not _NLP:
        nlp = spacy.blank("en")
        nlp.add_pipe("evidence_doses")
        _NLP.append(nlp)
    return _NLP[0]
