"""The binding of doses on a Doc; `binder` has the rules."""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.claims.doses.binder import Drug, bind


def bind_doses(doc: Doc, *, spans_key: str = "doses", drugs_key: str = "drugs") -> list[tuple[int, ...]]:
    """For each dose of `doc`, in order, the indices of its drugs in `doc.spans[drugs_key]`.

    The first is the drug that it stands with; more follow where one dose holds for several ("X or Y 5 mg", a
    class and its named example). Empty where none.
    """
    drug_spans = doc.spans.get(drugs_key, ())
    dose_spans = doc.spans.get(spans_key, ())
    drugs = [
        Drug(s.start_char, s.end_char, s.id_ or s.text.lower(), s.label_ == "DRUG_CLASS") for s in drug_spans
    ]
    return bind(doc.text, drugs, [(s._.dose["start"], s._.dose["end"]) for s in dose_spans])
