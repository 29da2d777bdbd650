"""Short answers and labels: "Ivermectin: no" refuses a drug; "First choice: A; avoid: B" says nothing of first choices to B."""

from __future__ import annotations

import re

from pipeline.claims.reading import Reading
from pipeline.claims.scope.clauses import Clause
from pipeline.claims.scope.types import Parsed

_NO = "no|not|never|none|✗|✘|❌|☒|✖|x|×"
_YES = "yes|✓|✔|✅|☑"
# the whole answer: what stands behind it in a bracket, behind a dash or a comma is why
_VERDICT = re.compile(
    rf"(?:\s\([^()]*\))?(?::|\s[–—-])\s(?P<said>(?P<no>{_NO})|{_YES})(?=\s*(?:$|[.;,(]|\s[–—|-]\s))"
    r"(?![.,;]?\s(?:change|adjustment|data|evidence|studies)\b)",
    re.IGNORECASE,
)


def verdict(reading: Reading, target: int) -> tuple[str, tuple[int, int]] | None:
    """The direction that a bare answer right behind a drug tells, and where it stands ("Ivermectin: no", "Colchicine – ✓")."""
    drug = reading.drugs[target]
    if reading.text[drug.end : drug.end + 2] not in _OPENS and not reading.text.startswith(" (", drug.end):
        return None
    found = _VERDICT.match(reading.text, drug.end)
    if found is None:
        return None
    return "against" if found["no"] else "for", found.span("said")


_OPENS = (": ", " –", " —", " -")
_LABEL = re.compile(r"\W*(?:(?:and|but)\s)?[^:;,()\d]{2,40}:\s")


def labelled_anew(parsed: Parsed, clause: Clause) -> bool:
    """Whether a later clause has a label of its own beside that of the first ("First choice: A; avoid: B"): what the first
    label says is no frame for it. A label above both is ("Pneumonia: first choice: A; second choice: B")."""
    reading, frame = parsed.reading, parsed.frame
    if not reading.text.endswith(":", 0, frame):
        return False
    label = _LABEL.match(reading.text, clause.start, clause.end)
    if label is None or reading.drugs_in(clause.start, label.end()):
        return False
    first = next((d.start for d in reading.drugs if d.start >= frame), frame)
    return ":" not in reading.text[frame:first]
