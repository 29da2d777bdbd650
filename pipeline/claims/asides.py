"""What a bracket or another cell of a table says against a drug is a finding of its own beside what is said for it."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.claims.reading import Reader, without
from pipeline.claims.scope.parse import parse
from pipeline.claims.scope.types import Finding, Parsed
from pipeline.vocabulary import Mention

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
    if len({f.drug for f in parsed.findings if f.drug is not None}) > 1:
        return replace(parsed, findings=_each(parsed, notes, reader))
    return replace(parsed, findings=apart(parsed, notes, reader))


def _each(parsed: Parsed, notes: Spans, reader: Reader) -> list[Finding]:
    """The findings of a statement about several drugs, each `note` a bracket behind the one that it is about:
    "A 50 mg (avoid in asthma), B (avoid in glaucoma), or C"."""
    reading = parsed.reading
    told = {f.drug for f in parsed.findings if f.drug is not None and f.fields.direction == "against"}
    rest = parse(reader.read(without(reading.text, notes)))
    places = {d.start: i for i, d in enumerate(reading.drugs)}
    if not told or any(f.drug is None for f in rest.findings):
        return parsed.findings
    out = []
    for finding in rest.findings:
        drug = rest.reading.drugs[finding.drug or 0]
        out.append(
            (
                drug.start,
                replace(renumbered(finding, rest, parsed), drug=places[drug.start], apart=tuple(notes)),
            )
        )
    for start, end in notes:
        before = [i for i, d in enumerate(reading.drugs) if d.end <= start and parsed.usable[i]]
        if not before:
            continue
        about = reading.drugs[before[-1]]
        spans = [(0, about.start), (about.end, start), (end, len(reading.text))]
        note = parse(reader.read(without(reading.text, spans)))
        for finding in note.findings:
            if finding.drug is not None and finding.fields.direction == "against":
                others = tuple(n for n in notes if n != (start, end))
                out.append((start, replace(renumbered(finding, note, parsed), drug=before[-1], apart=others)))
    return [finding for _, finding in sorted(out, key=lambda one: one[0])]


def renumbered(finding: Finding, part: Parsed, whole: Parsed) -> Finding:
    """A finding of a part of a statement with the diseases and partners as the whole counts them."""
    drugs = {d.start: i for i, d in enumerate(whole.reading.drugs)}
    diseases = {d.start: i for i, d in enumerate(whole.reading.diseases)}

    def of(
        indices: tuple[int, ...], places: dict[int, int], mentions: tuple[Mention, ...]
    ) -> tuple[int, ...]:
        return tuple(places[mentions[i].start] for i in indices if mentions[i].start in places)

    return replace(
        finding,
        clause=0,
        partners=of(finding.partners, drugs, tuple(part.reading.drugs)),
        diseases=of(finding.diseases, diseases, tuple(part.reading.diseases)),
        others=of(finding.others, diseases, tuple(part.reading.diseases)),
    )


def apart(parsed: Parsed, notes: Spans, reader: Reader) -> list[Finding]:
    """The findings of a statement about one drug, where `notes` are the stretches that advise against it."""
    reading = parsed.reading
    turned = [f for f in parsed.findings if f.drug is not None and f.fields.direction == "against"]
    if not notes or not turned or len({f.drug for f in turned}) > 1:
        return parsed.findings
    rest = [f for f in parse(reader.read(without(reading.text, notes))).findings if f.drug is not None]
    if not rest or len({f.drug for f in rest}) > 1 or rest[0].fields.direction == "against":
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
            said=rest[0].said,
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
