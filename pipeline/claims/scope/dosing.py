"""Which finding each dose of a statement belongs to."""

from __future__ import annotations

import re

from pipeline.claims.reading import DoseMention, Reading
from pipeline.claims.scope.types import Finding, Parsed
from pipeline.vocabulary.concept import CLASS, INGREDIENT, PROCEDURE


def _only_labels(parsed: Parsed, dose: DoseMention) -> bool:
    """Whether the drugs of a dose are classes that only say what another drug is."""
    return all(i in parsed.labels for i in dose.drugs)


def _only_procedures(parsed: Parsed, dose: DoseMention) -> bool:
    """Whether the drugs of a dose are procedures that the patients have had ("after dialysis for 4 months; start 5 mg")."""
    return dose.dose.dose_basis is not None and all(
        parsed.reading.drugs[i].concept.kind == PROCEDURE and not parsed.usable[i] for i in dose.drugs
    )


# "if potassium is below 5.0 mmol/L, or [12.5 mg ...]"
_MEASURED = re.compile(
    r"\s(?:is|of|levels?|<|>|≥|≤|below|above)[^;:()\d]*+\d[^;:()]*?(?:,\s?(?:and|or|to)?|\b(?:and|or))\s(?:to\s)?",
    re.IGNORECASE,
)


def _only_measured(parsed: Parsed, dose: DoseMention) -> bool:
    """Whether the drugs of a dose before it stand in a condition as what is measured."""
    reading = parsed.reading
    return all(
        not parsed.usable[i]
        and any(z.role == "conditional" and z.holds(reading.drugs[i].start) for z in parsed.zones)
        and _MEASURED.fullmatch(reading.text, reading.drugs[i].end, dose.start)
        for i in dose.drugs
    )


def _behind_condition(parsed: Parsed, dose: DoseMention) -> bool:
    """Whether the drugs of a dose stand in a condition that ends before it ("A is preferred when asthma precludes B (Level A),
    starting at 25 mg")."""
    drugs, text = parsed.reading.drugs, parsed.reading.text
    return all(
        drugs[i].end <= dose.start
        and any(
            z.role in ("conditional", "comparator") and z.holds(drugs[i].start) and z.end <= dose.start
            for z in parsed.zones
        )
        and _BEGINS.search(text, drugs[i].end, dose.start) is not None
        for i in dose.drugs
    )


# "added when the dose exceeds 0.25 micrograms/kg/min": that of the drug in use
_DOSE_OF_IT = re.compile(
    r"\s(?:the|its|their|an?)\s(?:[\w-]+\s){0,3}(?:doses?|dosages?|rates?|requirements?)\s(?:is\s|are\s|has\sreached\s|reaches\s)?$",
    re.IGNORECASE,
)


def _of_condition(parsed: Parsed, dose: DoseMention) -> bool:
    """Whether a threshold tells when another drug is added, and names none itself."""
    text = parsed.reading.text
    return dose.dose.dose_role == "threshold" and any(
        z.role == "conditional"
        and z.holds(dose.start)
        and _ADDED.search(text, max(0, z.cue_start - 60), z.cue_start) is not None
        and _DOSE_OF_IT.fullmatch(text, z.start, dose.start) is not None
        for z in parsed.zones
    )


_ADDED = re.compile(r"\badd(?:ed|ing)?\b[^,;:.]*$", re.IGNORECASE)
_BEGINS = re.compile(
    r"[,;]\s(?:starting|started|beginning|titrat\w+|given|dosed|then|followed\sby)\s|:\s(?:[^;:]*,\s(?:then|followed\sby)\s)?$",
    re.IGNORECASE,
)


_WAITED = re.compile(
    r"\b(?:despite|within|after|over|during|following|beyond)\s(?:at least\s|(?:an?|the)\s(?:first\s)?|more than\s)?$",
    re.IGNORECASE,
)


_LASTED = re.compile(
    r"\b(?:has|have|had)\s(?:been|remained)\s(?!given|used|taken|needed|required|planned|prescribed)",
    re.IGNORECASE,
)


def _labels_line(parsed: Parsed, index: int, start: int) -> bool:
    """Whether a drug only stands in the label before a dose ("With cyclosporine: reduce to 5 mg")."""
    at = parsed.reading.drugs[index].start
    return any(z.rule == "role.prior.label" and z.holds(at) and z.end <= start for z in parsed.zones)


# "prolonged survival to 13.6 months": how long patients lived, not were treated
_OUTCOME = re.compile(
    r"\b(?:survival|remissions?|responses?|follow-up|PFS|OS|time\sto\s[\w-]+|freedom\sfrom\s[\w-]+|half-life)(?:\s(?!for\b)[\w-]+){0,3}\s$",
    re.IGNORECASE,
)


def _is_waiting(parsed: Parsed, dose: DoseMention) -> bool:
    """Whether a time without an amount is how long was waited ("if FVC falls despite 6 months of therapy") or how long
    something has been so ("once the INR has been 2 for 24 hours")."""
    text = parsed.reading.text
    if dose.dose.dose_basis is None and _OUTCOME.search(text, max(0, dose.start - 60), dose.start):
        return True
    inside = [z for z in parsed.zones if z.role == "conditional" and z.holds(dose.start)]
    return (
        dose.dose.dose_basis is None
        and bool(inside)
        and (
            _WAITED.search(text, max(0, dose.start - 40), dose.start) is not None
            or any(_LASTED.search(text, z.start, dose.start) for z in inside)
        )
    )


# "if 24-hour urinary calcium exceeds 300 mg"
_EXCRETED = re.compile(
    r"\b(?:urin\w+|serum|plasma|blood|excretion|output|losses|protein(?:uria)?|albumin(?:uria)?|levels?|concentrations?)\b[^,;:]*$",
    re.IGNORECASE,
)


def _is_measured(parsed: Parsed, dose: DoseMention) -> bool:
    """Whether an amount in a condition is what is measured in patients."""
    inside = [z for z in parsed.zones if z.role == "conditional" and z.holds(dose.start)]
    bounded = dose.dose.dose_role == "threshold" or (dose.dose.dose_low is None) != (
        dose.dose.dose_high is None
    )
    return bounded and any(_EXCRETED.search(parsed.reading.text, z.start, dose.start) for z in inside)


# "once 0.25 µg/kg/min is reached, add B", "if 40 mg is not enough"
_REACHED = re.compile(
    r"\s(?:of\s[\w-]+\s)?(?:(?:per|a)\sday\s)?(?:is|are|has\sbeen|have\sbeen|proves?)\s"
    r"(?:reached|exceeded|attained|needed|required|(?:not|no\slonger)\s(?:enough|sufficient|adequate)|insufficient|inadequate)\b",
    re.IGNORECASE,
)
_ONCE = re.compile(r"(?:once|when|if|where|after)\b", re.IGNORECASE)


def _is_reached(parsed: Parsed, dose: DoseMention) -> bool:
    """Whether a dose is one at which something else is done."""
    text = parsed.reading.text
    return _REACHED.match(text, dose.end) is not None and any(
        z.role == "conditional" and z.holds(dose.start) and _ONCE.match(text, z.cue_start)
        for z in parsed.zones
    )


# "A is recommended in addition to B at 0.03 units/min", "A is added to B, 5 mg once daily"
_ONTO = re.compile(
    r"\b(?:added|in\saddition|on\stop|additional)\s(?:to|of)\s(?:the\s|an?\s)?$", re.IGNORECASE
)
_BASE_ENDS = re.compile(
    r"(?:\s(?:therapy|treatment))?(?:,\s|\s(?:at|in)\s(?:an?\s)?(?:[\w-]+\s){0,2}(?:(?:dose|rate|dosage)\sof\s)?)(?:up\sto\s)?",
    re.IGNORECASE,
)
_ONTO_SAID = frozenset(("added", "addition", "top", "additional"))  # whatever it finds has one of them


def _onto_bases(parsed: Parsed) -> dict[int, int]:
    """The drugs that another is added to, where the dose right behind them is of that other one, which has none of its own."""
    reading: Reading = parsed.reading
    out: dict[int, int] = {}
    if _ONTO_SAID.isdisjoint(reading.words) or not reading.doses:
        return {}
    dosed = {i for d in reading.doses for i in d.drugs}
    for finding in parsed.findings:
        if finding.drug is None or finding.drug in dosed:
            continue
        for base in finding.partners:
            end = reading.drugs[base].end
            dose = next((d for d in reading.doses if d.start >= end), None)
            if (
                dose is not None
                and not parsed.usable[base]
                and base > finding.drug
                and _ONTO.search(reading.text, 0, reading.drugs[base].start)
                and _BASE_ENDS.fullmatch(reading.text, end, dose.start)
            ):
                out[base] = finding.drug
    return out


_SUCH_AS = re.compile(r",?\s(?:\(e\.g\.,?\s|such\sas\s|like\s)(?:oral\s|intravenous\s)?", re.IGNORECASE)


def _of_examples(parsed: Parsed, dose: DoseMention) -> tuple[int, ...]:
    """The drugs of a dose without a class whose example it is ("a glucocorticoid such as prednisone can be given, 30 mg daily");
    between commas an example is an aside ("glucocorticoids, such as prednisone, at 30 mg daily")."""
    drugs, text = parsed.reading.drugs, parsed.reading.text
    kept = tuple(
        i
        for i in dose.drugs
        if not (
            drugs[i].concept.kind == CLASS
            and i + 1 in dose.drugs
            and drugs[i + 1].concept.kind == INGREDIENT
            and _SUCH_AS.fullmatch(text, drugs[i].end, drugs[i + 1].start)
            and not (text.startswith(",", drugs[i].end) and text.startswith(",", drugs[i + 1].end))
        )
    )
    return kept


# "add A to B: 5 mg daily", "adding A to B, starting with 5 mg"
_OF_ADDED = re.compile(
    r"(?::|\s[–—]|,\s(?:start(?:ing)?|begin(?:ning)?|given?)(?:\s(?:at|with|from))?)\s(?:(?:start|begin)\s(?:at|with)\s)?",
    re.IGNORECASE,
)


def _added(parsed: Parsed, dose: DoseMention) -> list[Finding]:
    """The findings on what is added to a drug in use, where the dose behind that is what is added's."""
    reading = parsed.reading
    if len(dose.drugs) != 1:
        return []
    base = dose.drugs[0]
    if not _OF_ADDED.fullmatch(reading.text, reading.drugs[base].end, dose.start):
        return []
    hosts = [
        f
        for f in parsed.findings
        if f.drug is not None
        and base in f.partners
        and reading.drugs[f.drug].end <= reading.drugs[base].start
    ]
    drugs = {f.drug for f in hosts}

    def only_dosed(f: Finding) -> bool:
        clause = parsed.clauses[f.clause]
        return f.carried and f.drug in drugs and clause.start <= dose.start < clause.end

    parsed.findings[:] = [f for f in parsed.findings if not only_dosed(f)]  # "..., start with 5 mg"
    return hosts


def bind_findings(parsed: Parsed) -> None:
    """Gives each finding its doses; doses that belong to no drug of the statement stay loose."""
    reading = parsed.reading
    loose = []
    bound: dict[int, tuple[Finding, list[DoseMention]]] = {}
    onto = _onto_bases(parsed)
    for dose in reading.doses:
        if _is_waiting(parsed, dose) or _is_measured(parsed, dose) or _is_reached(parsed, dose):
            continue
        if _of_condition(parsed, dose):
            continue
        drugs = _of_examples(parsed, dose) if len(dose.drugs) > 1 else dose.drugs
        hosts = [f for f in parsed.findings if f.drug is not None and f.drug in drugs]
        if not hosts and onto:
            added = {onto[i] for i in drugs if i in onto}
            hosts = [f for f in parsed.findings if f.drug in added]
        if len(hosts) > 1:
            holding = [
                f
                for f in hosts
                if parsed.clauses[f.clause].start <= dose.start < parsed.clauses[f.clause].end
            ]
            by_drug: dict[int | None, Finding] = {}
            for f in holding or hosts:
                by_drug[f.drug] = f
            hosts = list(by_drug.values())
            for drug in drugs:
                if drug not in by_drug:
                    hosts += [f for f in parsed.findings if f.drug == drug][:1]
        if not hosts and dose.drugs and not any(parsed.usable[i] for i in dose.drugs):
            # Bound to a class that only says what the drug is: the drug before it.
            before = [
                f
                for f in parsed.findings
                if f.drug is not None
                and reading.drugs[f.drug].end <= dose.start
                and (
                    _only_labels(parsed, dose)
                    or _only_procedures(parsed, dose)
                    or _only_measured(parsed, dose)
                    or _behind_condition(parsed, dose)
                )
            ]
            here = [
                f
                for f in before
                if parsed.clauses[f.clause].start <= dose.start < parsed.clauses[f.clause].end
            ]
            hosts = (here or before)[-1:] or _added(parsed, dose)
        for host in hosts:
            bound.setdefault(id(host), (host, []))[1].append(dose)
        behind = all(
            not parsed.usable[i]
            and (
                reading.drugs[i].start >= dose.end
                or i in parsed.labels
                or _labels_line(parsed, i, dose.start)
            )
            for i in dose.drugs
        )
        if not hosts and behind and (not dose.drugs or not any(parsed.usable)):
            # "100 mg daily in patients on X": the dose of the drug that the statement is about
            loose.append(dose)
    for host, doses in bound.values():
        host.doses = (*host.doses, *doses)
    parsed.loose_doses = tuple(loose)
    nameless = [f for f in parsed.findings if f.drug is None]
    if len(nameless) > 1 and len(nameless) == len(parsed.findings):
        starts = [parsed.clauses[f.clause].start for f in nameless]
        for dose in loose:
            host = nameless[max(0, sum(start <= dose.start for start in starts) - 1)]
            host.doses = (*host.doses, dose)
