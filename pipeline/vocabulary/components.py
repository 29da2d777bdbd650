"""spaCy components: `evidence_drugs` fills `doc.spans["drugs"]`, `evidence_diseases` fills `doc.spans["diseases"]`.

Each span has the label of its kind, `span.id_` the canonical name and `span.kb_id_` the CURIE ("" where unknown).
Abbreviations that hold in the article are read from `doc._.local_names` (see `define_abbreviations`).
"""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.vocabulary.concept import Mention
from pipeline.vocabulary.lexicon import Lexicon

if not Doc.has_extension("local_names"):
    Doc.set_extension("local_names", default=None)


class MentionFinder:
    """Writes the mentions of one sort into a span group. Holds no vocabulary of its own: `Lexicon.default()` does."""

    def __init__(self, name: str, spans_key: str, *, diseases: bool) -> None:
        self.name, self.spans_key, self.diseases = name, spans_key, diseases

    def __call__(self, doc: Doc) -> Doc:
        lexicon = Lexicon.default()
        find = lexicon.find_diseases if self.diseases else lexicon.find_drugs
        spans: list[Span] = []
        for mention in find(doc.text, doc._.local_names):
            span = _span(doc, mention)
            if span is not None and (not spans or span.start >= spans[-1].end):
                spans.append(span)
        doc.spans[self.spans_key] = spans
        return doc

    def to_disk(self, path: str | Path, *, exclude: tuple[str, ...] = ()) -> None:
        """Nothing to write: the settings are in the config, the vocabulary in its cache."""

    def from_disk(self, path: str | Path, *, exclude: tuple[str, ...] = ()) -> MentionFinder:
        """Nothing to read."""
        return self

    def to_bytes(self, *, exclude: tuple[str, ...] = ()) -> bytes:
        """Nothing to write."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: tuple[str, ...] = ()) -> MentionFinder:
        """Nothing to read."""
        return self


def _span(doc: Doc, mention: Mention) -> Span | None:
    concept = mention.concept
    for mode in ("strict", "expand"):
        span = doc.char_span(
            mention.start,
            mention.end,
            label=concept.label,
            kb_id=concept.code,
            span_id=concept.name,
            alignment_mode=mode,
        )
        if span is not None:
            return span
    return None


@Language.factory("evidence_drugs", assigns=["doc.spans"], default_config={"spans_key": "drugs"})
def make_drugs(nlp: Language, name: str, spans_key: str) -> MentionFinder:
    """Adds `doc.spans[spans_key]`: labels DRUG, DRUG_CLASS, PROCEDURE, in text order, none overlapping."""
    return MentionFinder(name, spans_key, diseases=False)


@Language.factory("evidence_diseases", assigns=["doc.spans"], default_config={"spans_key": "diseases"})
def make_diseases(nlp: Language, name: str, spans_key: str) -> MentionFinder:
    """Adds `doc.spans[spans_key]`: label DISEASE, in text order, none overlapping."""
    return MentionFinder(name, spans_key, diseases=True)
