"""The spaCy component `evidence_doses`, and what stands on its spans."""

from __future__ import annotations

import re
from typing import Any, cast

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.claims.doses.reader import Found, read_doses
from pipeline.model.claim import Dose

_CHEAP = re.compile(r"\d|daily|weekly|oral|intra|nightly|month|week|day", re.IGNORECASE)

_FIELDS = tuple(Dose.__dataclass_fields__)

if not Span.has_extension("dose"):
    Span.set_extension("dose", default=None)


def dose_of(span: Span) -> Dose:
    """The dose of a span of `doc.spans["doses"]`. Raises KeyError for any other span."""
    stored = span._.dose
    if stored is None:
        raise KeyError(f"no dose on {span.text!r}")
    fields = {name: stored[name] for name in _FIELDS}
    return Dose(**{**fields, "dose_components": tuple(fields["dose_components"])})


def _stored(found: Found) -> dict[str, Any]:
    dose = found.value
    stored = {name: getattr(dose, name) for name in _FIELDS}
    stored["dose_components"] = list(dose.dose_components)
    stored["start"], stored["end"] = found.start, found.end
    stored["parts"] = [list(part) for part in found.parts]
    return stored


def _span(doc: Doc, start: int, end: int, label: str) -> Span:
    return cast(Span, doc.char_span(start, end, label=label, alignment_mode="expand"))


class DoseFinder:
    """Finds every dose of a Doc and writes it as a named span; see `make_doses`."""

    def __init__(self, *, spans_key: str, drugs_key: str):
        self.spans_key, self.drugs_key = spans_key, drugs_key

    def __call__(self, doc: Doc) -> Doc:
        text = doc.text
        for key in (self.spans_key, "routes", "frequencies", "durations"):
            doc.spans[key] = []
        if not _CHEAP.search(text):
            return doc
        drugs = doc.spans.get(self.drugs_key, ())
        reading = read_doses(text, [(d.start_char, d.end_char) for d in drugs])
        spans = []
        for found in reading.doses:
            span = _span(doc, found.start, found.end, "DOSE")
            span._.dose = _stored(found)
            spans.append(span)
        doc.spans[self.spans_key] = spans
        for key, label, parts in (
            ("routes", "ROUTE", reading.routes),
            ("frequencies", "FREQUENCY", reading.frequencies),
            ("durations", "DURATION", reading.durations),
        ):
            doc.spans[key] = [_span(doc, start, end, label) for start, end in parts]
        return doc


@Language.factory(
    "evidence_doses",
    assigns=["doc.spans"],
    default_config={"spans_key": "doses", "drugs_key": "drugs"},
)
def make_doses(nlp: Language, name: str, spans_key: str, drugs_key: str) -> DoseFinder:
    """Adds `doc.spans[spans_key]`: label DOSE, in text order, with its Dose through `dose_of(span)`.

    Also `doc.spans["routes"]`, `["frequencies"]` and `["durations"]` (labels ROUTE, FREQUENCY, DURATION).
    `drugs_key` names the spans of drugs, where an earlier component found them.
    """
    return DoseFinder(spans_key=spans_key, drugs_key=drugs_key)
