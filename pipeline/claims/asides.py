"""What a bracket or another cell of a table says against a drug is a finding of its own beside what is said for it."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.claims.reading import Reader
from pipeline.claims.scope.parse import parse
from pipeline.claims.scope.types import Finding, Parsed

Spans = list[tuple[int, int]]

_ASIDE = re.compile(
    r"\((?:(?:should|must) be avoided|avoid|contraindicated|not recommended|do not use|should not be used|not for use|omit)\b"
    r"[^()]*?\s(?:in|if|with|when|during|unless|while|before|after)\b[^()]*\)",
    re.IGNORECASE,
)


def with_asides(parsed: Parsed, reader: Reader) -> Parsed:
    """The statement with its bracketed advice against the drug ("5 mg daily (avoid in pregnancy)") apart from the rest."""
    if "(" not in parsed.reading.text:
        return parsed
    notes = [m.span() for m in _ASIDE.finditer(parsed.reading.text)]
    if not notes or any(
        _inside(d.start, notes) for i, d in enumerate(parsed.reading.drugs) if parsed.usable[i]
    ):
        return parsed
    return replace(parsed, findings=apart(parsed, notes, reader))


def apart(parsed: Parsed, notes: Spans, reader: Reader) -> list[Finding]:
    """The findings of a statement about one drug, where `notes` are the stretches that advise against it."""
    reading = parsed.reading
    turned = [f for f in parsed.findings if f.drug is not None and f.fields.direction == "against"]
    if not notes or not turned or len({f.drug for f in turned}) > 1:
        return parsed.findings
    words = reading.text
    for start, end in notes:
        words = words[:start] + " " * (end - start) + words[end:]
    rest = [f for f in parse(reader.read(words)).findings if f.drug is not None]
    if not rest or len({f.drug for f in rest}) > 1 or rest[0].fields.direction == "against":
        return parsed.findings
    if not (rest[0].doses or rest[0].fields.line or rest[0].fields.preference or rest[0].fields.strength):
        return parsed.findings
    out = []
    for finding in parsed.findings:
        if finding not in turned:
            out.append(finding)
            continue
        inside = tuple(d for d in finding.doses if _inside(d.start, notes))
        outside = tuple(d for d in finding.doses if d not in inside)
        rest_of_row = replace(
            finding,
            fields=rest[0].fields,
            kind=rest[0].kind,
            doses=outside,
            diseases=tuple(i for i in finding.diseases if not _inside(reading.diseases[i].start, notes)),
            others=tuple(i for i in finding.others if not _inside(reading.diseases[i].start, notes)),
            apart=tuple(notes),
        )
        out.append(rest_of_row)
        if finding is turned[0]:
            out.append(replace(finding, doses=inside))
    return out


def _inside(place: int, spans: Spans) -> bool:
    return any(start <= place < end for start, end in spans)
