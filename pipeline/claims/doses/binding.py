"""Which drug a dose belongs to."""

from __future__ import annotations

from spacy.tokens import Doc


def bind_doses(doc: Doc, *, spans_key: str = "doses", drugs_key: str = "drugs") -> list[tuple[int, ...]]:
    """For each dose of `doc`, in order, the indices of its drugs in `doc.spans[drugs_key]`.

    The first is the drug that it stands with; more follow where one dose holds for several. Empty where none.
    """
    drugs = list(doc.spans[drugs_key]) if drugs_key in doc.spans else []
    bound: list[tuple[int, ...]] = []
    for span in doc.spans.get(spans_key, ()):
        left = [k for k, d in enumerate(drugs) if d.end_char <= span.start_char]
        right = [k for k, d in enumerate(drugs) if d.start_char >= span.end_char]
        bound.append((left[-1],) if left else (right[0],) if right else ())
    return bound
