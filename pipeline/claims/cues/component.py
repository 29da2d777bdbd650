"""The spaCy component: cues of a statement as a span group, for anyone's pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.claims.cues.matcher import Cue, CueMatcher, default_matcher
from pipeline.claims.cues.words import plain, split_words


@Language.factory("evidence_cues", assigns=["doc.spans"], default_config={"spans_key": "cues"})
def make_cues(nlp: Language, name: str, spans_key: str) -> CueFinder:
    """Adds `doc.spans[spans_key]`: labels DIRECTION, STRENGTH, LINE, SETTING, ...; `span.id_` is the pattern's id,
    `span.kb_id_` the value. Spans of different labels may overlap."""
    return CueFinder(spans_key)


class CueFinder:
    """Writes the cues of a Doc into one of its span groups."""

    def __init__(self, spans_key: str = "cues", matcher: CueMatcher | None = None) -> None:
        self.spans_key = spans_key
        self._matcher = matcher or default_matcher()

    def __call__(self, doc: Doc) -> Doc:
        spans = [
            doc.char_span(
                c.start, c.end, label=c.label, kb_id=c.value, span_id=c.rule, alignment_mode="expand"
            )
            for c in self.cues(doc.text)
            if c.value != "none"
        ]
        doc.spans[self.spans_key] = [span for span in spans if span is not None]
        return doc

    def cues(self, text: str) -> list[Cue]:
        """The cues of a statement as plain values, with those that only shadow others."""
        return self._matcher.find(*split_words(plain(text)))

    def to_disk(self, path: str | Path, **kwargs: Any) -> None:
        """Nothing to keep: settings stand in the pipeline's configuration, patterns in the package."""

    def from_disk(self, path: str | Path, **kwargs: Any) -> CueFinder:
        """Nothing to read, see `to_disk`."""
        return self
