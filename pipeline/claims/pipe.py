"""The spaCy pipeline of this room: drugs, diseases, doses and cues of a statement, without any model."""

from __future__ import annotations

import spacy
from spacy.language import Language

import pipeline.claims.cues.component
import pipeline.claims.doses.component
import pipeline.vocabulary.components  # noqa: F401  (registers the factories)


def make_pipeline() -> Language:
    """A `spacy.blank("en")` with all components of the room; each Doc is one statement.

    >>> doc = make_pipeline()("Metformin 500 mg twice daily is first-line.")
    >>> [s.id_ for s in doc.spans["drugs"]], [s.text for s in doc.spans["doses"]]
    (['metformin'], ['500 mg twice daily'])
    """
    nlp = spacy.blank("en")
    for name in ("evidence_drugs", "evidence_diseases", "evidence_doses", "evidence_cues"):
        nlp.add_pipe(name)
    return nlp
