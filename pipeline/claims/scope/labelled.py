"""Short answers and labels: "Ivermectin: no" refuses a drug; "First choice: A; avoid: B" says nothing of first choices to B."""

from __future__ import annotations

import re

from pipeline.claims.reading import Reading
from pipeline.claims.scope.clauses import Clause
from pipeline.claims.scope.exposures import beside_exposure
from pipeline.claims.scope.types import Parsed

_NO = "no|not|better\\snot|never|none|[✗✘❌☒✖]{1,3}|x|×"
_YES = "yes|ok|okay|fine|allowed|permitted|acceptable|compatible|[✓✔✅☑]{1,3}"
# the whole answer, in a bracket or not: what stands behind it in a bracket, behind a dash or a comma is why
_VERDICT = re.compile(
    rf"(?:\s\([^()]*\)|\s[a-z-]+(?:\s[a-z-]+)?(?=:))?(?::\s{{1,2}}|\s[–—-]\s)(?:(?P<said>\(?(?P<no>{_NO})|\(?(?:{_YES}))\)?(?=\s*(?:$|[.;,(]|\s[–—|-]\s))"
    # "Raloxifene: not in women with thrombosis", "Nitrofurantoin: never at term"
    r"|(?P<limited>not?|never|yes)(?=\s(?:in|for|with|at|during|if|when|below|above|under|after|before|near|within|while|together\swith)\s))",
    re.IGNORECASE,
)


def verdict(reading: Reading, target: int) -> tuple[str, tuple[int, int]] | None:
    """The direction that a bare answer right behind a drug tells, and where it stands ("Ivermectin: no", "Colchicine – ✓")."""
    drug = reading.drugs[target]
    if not reading.text.startswith((":", " "), drug.end):
        return None
    found = _VERDICT.match(reading.text, drug.end)
    if found is None:
        return None
    if found["limited"]:
        if beside_exposure(reading, found.end("limited")):
            return None
        said = found["limited"].lower()
        return "for" if said == "yes" else "against", found.span("limited")
    return "against" if found["no"] else "for", found.span("said")


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


# "If adding tofacitinib to methotrexate: 5 mg twice daily": the label names the drug of the dose
_ADDING = re.compile(
    r"\W*(?:if|when)\s(?:adding|using|giving|starting|prescribing|choosing)\s[^:.;,]{3,80}[:,]\s",
    re.IGNORECASE,
)


def label_of_dose(reading: Reading) -> int:
    """Where a label ends that names the drug whose dose stands behind it; 0 for none."""
    label = _ADDING.match(reading.text) if reading.doses else None
    if label is None or reading.drugs_in(label.end(), len(reading.text)):
        return 0
    return label.end() if any(0 <= d.start - label.end() <= 12 for d in reading.doses) else 0
