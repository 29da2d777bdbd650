"""What the predicates of a clause say: for or against, and what a study showed."""

from __future__ import annotations

import re

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.reading import Reading
from pipeline.claims.scope.clauses import Clause
from pipeline.claims.scope.exposures import of_exposure
from pipeline.claims.scope.fields import Fields
from pipeline.claims.scope.means import deed_with_drug
from pipeline.claims.scope.objects import avoided_beside
from pipeline.claims.scope.refused import but_not_in, never_another, refusing_brackets
from pipeline.claims.scope.stated import Region, Stated, of_higher_doses
from pipeline.claims.verbs import AUXILIARIES

Head = tuple[str, Cue | None, bool]


_COURSE_ENDS = re.compile(
    r"\s*(?:$|[.;,()\[\]\d]|(?:or|and)\s(?:taper|reassess|observe|review)|without taper)", re.IGNORECASE
)


_STOPS_THEN = re.compile(
    rf"{_COURSE_ENDS.pattern}|\s(?:over|within|by|at|after|once|(?:when(?:ever)?|if|where)\spossible|as\s(?:tolerated|soon))\b",
    re.IGNORECASE,
)
_TAPERED = re.compile(
    r"\b(?:taper(?:ed|ing)?|wean(?:ed|ing)?|reduced?|reducing|lowered)\b[^.;:]{0,60}\s(?:and|then)\s(?:then\s|finally\s)?$",
    re.IGNORECASE,
)


# "is given for 3 days and then stopped": the end of a course
_GIVEN_FOR = re.compile(
    r"\b(?:given|used|taken|continued|maintained|treated)\s(?:[\w-]+\s){0,2}for\s[^.;:,]{1,40}\sand\s(?:then\s)?$",
    re.IGNORECASE,
)


def direction_cues(stated: Stated, region: Region) -> list[tuple[Cue, str]]:
    """The predicates of a region with what they say after negation."""
    out = []
    reading = stated.reading
    for cue in stated.predicates:
        if region.holds(cue.start):
            value = cue.value
            if value == "against" and never_another(reading, cue):
                continue
            if cue.form == "verb" and value == "for" and cue.start - 1 in stated.drug_ends:
                # "triptans provide relief": what the drug does
                continue
            if (
                cue.form == "verb"
                and value == "against"
                and reading.text.endswith("then ", 0, cue.start)
                and _COURSE_ENDS.match(reading.text, cue.end)
            ):
                # "for 5 days, then stop": the end of a course
                continue
            if (
                value == "against"
                and _STOPS_THEN.match(reading.text, cue.end)
                and (
                    _TAPERED.search(reading.text, max(0, cue.start - 200), cue.start)
                    or _GIVEN_FOR.search(reading.text, max(0, cue.start - 90), cue.start)
                )
            ):
                continue  # "20 mg daily, tapered over 6 weeks and stopped"
            if cue.form == "verb" and value == "for" and reading.text.endswith("which ", 0, cue.start):
                continue  # "avoid valproate, which adds weight"
            if cue.form == "verb" and value == "for" and reading.text.endswith(("to ", "To "), 0, cue.start):
                cue = cue._replace(weak=True)
            if (
                value == "against"
                and any(d.start == cue.end + 1 for d in reading.diseases)
                and (reading.text.endswith("against", 0, cue.end))
            ):
                value = "for"  # "is recommended against influenza"
            if value == "for" and _negated(stated, cue, region):
                if cue.form == "object":
                    continue
                value = "against"
            elif value == "against" and cue.form == "verb" and _negated(stated, cue, region):
                value = "for"
            if value == "against" and cue.form == "verb" and avoided_beside(reading, cue):
                continue  # "100 mg twice daily; avoid sun exposure"
            if cue.rule in _SAID_OF_DRUGS and not _is_subject(reading, cue):
                continue  # "cover for resistant strains adds nothing"
            if value == "against" and of_exposure(reading, cue):
                continue  # "avoid alcohol", "should not be taken with milk"
            if value == "against" and cue.weak and of_higher_doses(reading.text, cue.start):
                continue
            out.append((cue, value))
    return out


def set_refusals_apart(stated: Stated) -> None:
    """Makes what the brackets of single drugs say against them theirs alone ("A (preferred), B (no longer advised)")."""
    for drug, (start, end) in refusing_brackets(stated.reading).items():
        told = direction_cues(stated, Region(((start, end),)))
        if told and told[0][1] == "against":
            stated.refused[drug] = told[0][0]
            stated.predicates = [c for c in stated.predicates if not start <= c.start < end]


_SAID_OF_DRUGS = frozenset(
    (
        "direction.against.adds-little",
        "direction.for.better-in",
        "direction.for.should-be-taken",
        "direction.for.suits",
        "direction.for.is-taken",
    )
)


def _is_subject(reading: Reading, cue: Cue) -> bool:
    """Whether a drug, or its dose, stands right before a predicate."""
    ends = [d.end for d in reading.drugs] + [d.end for d in reading.doses]
    return cue.start - 1 in ends


# "If no vein is found, X can be given": what is not there is the condition.
_CONDITION = re.compile(r"\b(?:if|when|where|unless|once)\s(?:there\sis\s|[\w-]+\s){0,1}$", re.IGNORECASE)
# "Adults with no allergy should receive X", "In those with a fever and no focus, X ...": what the patients do not have
_HAVING = re.compile(
    r"\b(?:with|who have|have|has|having)\s(?:(?!(?:is|are|should|may|can|must)\b)[\w-]+\s){0,8}$",
    re.IGNORECASE,
)


def _negated(stated: Stated, cue: Cue, region: Region) -> bool:
    reading = stated.reading
    for negation in reading.of("NEGATION"):
        if negation.start >= cue.start:
            break
        if not region.holds(negation.start) or negation.end > cue.start:
            continue
        if reading.text[negation.start : negation.end] == "no" and _HAVING.search(
            reading.text, max(0, negation.start - 90), negation.start
        ):
            continue
        if any(
            c.label == "DIRECTION" and c.start <= negation.start and negation.end <= c.end <= cue.start
            for c in reading.cues
        ):
            continue  # "is not contraindicated and can be used"
        if any(
            z.role == "conditional" and z.holds(negation.start) and z.end <= cue.start for z in stated.zones
        ):
            continue  # "if chlamydia is not excluded add doxycycline"
        between = reading.text[negation.end : cue.start]
        words = between.split()
        if not {"when", "if", "unless", "where"}.isdisjoint(words):
            continue  # "not contraindicated when indicated"
        if len(words) <= 3 and not re.search(r"[,;:()]", between):
            named = any(negation.end <= d.start < cue.start for d in reading.drugs)
            if (
                named
                and cue.form == "predicate"
                and _NONE.fullmatch(reading.text, negation.start, negation.end)
            ):
                return True  # "neither A nor B should be used", "no maintenance A is recommended"
            if named and cue.form == "verb" and _NOR.search(between):
                return True  # "do not reduce A or withdraw B"
            if named:
                continue
            return True
        if (
            reading.text[negation.start : negation.end].lower() in ("neither", "no")
            and not re.search(r"[;:|]", between)
            and not ("," in between and _CONDITION.search(reading.text, 0, negation.start))
            and cue.form == "predicate"
        ):
            return True
    return False


_NONE = re.compile(r"neither|no", re.IGNORECASE)
_NOR = re.compile(r"^\s[a-z]+\s[^,;:()]*\s(?:or|nor)\s$")


_THE_FOLLOWING = re.compile(r"\b(?:the following|of these|listed below)\b", re.IGNORECASE)


def clause_direction(stated: Stated, clause: Clause) -> Head:
    """The direction of a clause, the cue that gives it, and whether it is a strong predicate."""
    refused = _refusing_label(stated.reading, clause)
    if refused is not None:
        return "against", refused, True
    deed = deed_with_drug(stated.reading, clause)
    if clause.opener in ("contrast", ";"):
        left_out = but_not_in(stated.reading, clause.start, clause.end)
        if left_out is not None:
            return "against", left_out, True
    if not stated.predicates:
        return ("for", deed, True) if deed is not None else ("", None, False)
    kept = []
    for cue, value in direction_cues(stated, Region(((clause.start, clause.end),))):
        if (
            cue.form == "object"
            and not stated.reading.drugs_in(cue.end, clause.end)
            and not _THE_FOLLOWING.search(stated.reading.text, cue.end, clause.end)
        ):
            continue
        if _tells_a_trial(stated, cue, clause):
            cue = cue._replace(weak=True)
        kept.append((cue, value))
    strong = [(c, v) for c, v in kept if not c.weak or v == "against"] or kept
    if not strong:
        return ("for", deed, True) if deed is not None else ("", None, False)
    against = [(c, v) for c, v in strong if v == "against"]
    if len(against) > 1 and _stopping_refused(stated.reading.text, against):
        return "for", against[1][0]._replace(value="for", rule="direction.for.stopping-refused"), True
    cue, value = (against or strong)[0]
    return value, cue, not cue.weak


def _stopping_refused(text: str, against: list[tuple[Cue, str]]) -> bool:
    """Whether what is advised against is to stop something ("Stopping A abruptly is not recommended")."""
    first, second = against[0][0], against[1][0]
    return (
        first.form == "verb"
        and second.form == "predicate"
        and text[first.start : first.end].split()[0].endswith("ing")
        and not text[: first.start].rpartition(". ")[2].strip()
        and not any(sign in text[first.end : second.start] for sign in ",;:")
    )


# "Not for pregnancy: doxycycline", "Never in children under 8 years: tetracyclines"
_NOT_FOR = re.compile(
    r"\W{0,4}(?P<not>not|never)\s(?:for|in|during|if|when|with|below|above|under|after|before)\s[^:;,.]{2,60}:(?:\s|$)",
    re.IGNORECASE,
)


def _refusing_label(reading: Reading, clause: Clause) -> Cue | None:
    """The words of a label that say for whom the drugs behind it are not; None where a clause has no such label."""
    label = _NOT_FOR.match(reading.text, clause.start, clause.end)
    if (
        label is None
        or reading.drugs_in(clause.start, label.end())
        or not (label.end() == len(reading.text) or reading.drugs_in(label.end(), clause.end))
    ):
        return None
    return Cue("DIRECTION", "against", *label.span("not"), "direction.against.label-not-for", "predicate")


def _tells_a_trial(stated: Stated, cue: Cue, clause: Clause) -> bool:
    """Whether a deed is only what was studied: "Adding A to B lowered ...", "Combining A with B has not been shown to ..."."""
    studied = stated.reading.of("EVIDENCE")
    return (
        bool(studied)
        and stated.reading.text[cue.start : cue.end].split()[0].endswith("ing")
        and any(cue.end <= e.start < clause.end for e in studied)
    )


def carry_directions(reading: Reading, heads: list[Head], clauses: list[Clause]) -> None:
    """Gives clauses without a predicate of their own the direction of the one before."""
    for k in range(1, len(heads)):
        if heads[k - 1][0] == "against" and (
            _stands_apart(reading, clauses[k])
            or (clauses[k].opener in (";", "contrast") and _own_subject(reading, clauses[k]))
        ):
            continue
        if not heads[k][0] and heads[k - 1][0] == "against" and _doses_others(reading, clauses[k]):
            continue
        if not heads[k][0] and clauses[k].opener not in ("except",):
            heads[k] = (heads[k - 1][0], None, False)
    for k in range(1, len(heads)):
        cue = heads[k][1]
        if cue is not None and cue.rule == "direction.against.is-not" and heads[k - 1][0] == "against":
            # "A is contraindicated after stroke; B is not": nothing against B
            heads[k] = ("for", cue._replace(value="for", rule="direction.for.not-contraindicated"), False)
    if len(heads) > 1 and not heads[0][0] and heads[1][0] == "against" and _refused(reading, clauses):
        heads[0] = ("against", None, False)  # "A: seizure risk; avoid"
    if heads and not heads[0][0]:
        later = next((h for h, c in zip(heads, clauses, strict=True) if h[0] and c.opener in ("with",)), None)
        if later is not None and later[0] == "for":
            heads[0] = (later[0], None, False)


_REFUSAL = re.compile(
    r"\W*(?:avoid|avoided|contraindicated|not\s(?:recommended|advised|indicated)|do\snot\suse|should\s(?:not\sbe\sused|be\savoided)|stop)[\d\W]*",
    re.IGNORECASE,
)


def _refused(reading: Reading, clauses: list[Clause]) -> bool:
    """Whether the second clause only refuses what the first names without a dose ("A: no data – avoid")."""
    first, second = clauses[:2]
    return (
        second.opener == ";"
        and _REFUSAL.fullmatch(reading.text, second.start, second.end) is not None
        and not any(first.start <= d.start < first.end for d in reading.doses)
    )


def _doses_others(reading: Reading, clause: Clause) -> bool:
    """Whether a clause that names no drug gives a dose, and not one that is too much ("contraindicated in X; 5 mg in Y")."""
    doses = [reading.doses[i].dose for i in reading.doses_in(clause.start, clause.end)]
    return (
        clause.opener == ";"
        and any(d.dose_low is not None or d.dose_high is not None for d in doses)
        and all(d.dose_role != "threshold" for d in doses)
        and not reading.drugs_in(clause.start, clause.end)
        and not any(clause.start <= c.start < clause.end for c in reading.of("EVIDENCE"))
    )


_COPULA = re.compile(r"\)?\s(?:is|are|was|were|has|have|remains?|needs?|requires?|works?|do|does)\b")


# "A is stopped; B only between 12 and 28 weeks"
_ONLY = re.compile(r"\sonly\s(?:between|after|before|from|until|if|when|in|for|during|with)\b")


_BUT = re.compile(
    r"[\s,]*(?:but|however|whereas|while|although),?\s(?:an?\s|the\s|(?:oral|inhaled|topical|intravenous)\s)?",
    re.IGNORECASE,
)
_FINITE = re.compile(rf"\b(?:{AUXILIARIES}|works?|helps?)\b")


def _own_subject(reading: Reading, clause: Clause) -> bool:
    """Whether a clause says something of a drug of its own ("avoid A; B is compatible", "A is avoided, but B may help")."""
    if clause.opener == "contrast":
        words = reading.text[clause.start : clause.end]
        return (
            any(
                _BUT.fullmatch(reading.text, clause.start, reading.drugs[i].start)
                for i in reading.drugs_in(clause.start, clause.end)
            )
            and _FINITE.search(words) is not None
        )
    return any(
        _COPULA.match(reading.text, d.end)
        or _ONLY.match(reading.text, d.end)
        or bool(reading.doses_in(d.end, d.end + 2))
        for d in (reading.drugs[i] for i in reading.drugs_in(clause.start, clause.end))
    )


_LIKEWISE = re.compile(
    r"\b(?:too|also|likewise|similarly|equally|as\swell|same|nor|neither|only|worse|riskier)\b", re.IGNORECASE
)


def _stands_apart(reading: Reading, clause: Clause) -> bool:
    """Whether a clause behind "and" is not said to be like the one before ("A is too slow, and B is better tolerated")."""
    return clause.rule == "clause.coordinate" and not _LIKEWISE.search(reading.text, clause.start, clause.end)


# "Neither A nor B slowed the decline"
_NEITHER = re.compile(r"\bneither\s[^.;:]{1,80}\snor\s[^.;:,]{1,60}$", re.IGNORECASE)
_RANK = {"for": 3, "against": 3, "unstated": 2, "trial": 1}


def evidence_in(stated: Stated, region: Region) -> tuple[str, Cue | None]:
    """What a study showed in a region, and the words that say so; what was shown stands over that it was studied, or
    that something was found."""
    best: Cue | None = None
    rank = 0
    for cue in stated.evidence:
        if (
            cue.value == "for"
            and "neither" in stated.reading.words
            and _NEITHER.search(stated.reading.text, max(0, cue.start - 160), cue.start)
        ):
            cue = cue._replace(value="against")
        own = _RANK["trial" if cue.rule == "evidence.study-showed" else cue.value]
        if region.holds(cue.start) and own > rank:
            best, rank = cue, own
    if best is None:
        return "", None
    return ("for" if best.value == "trial" else best.value), best


_NOUN = re.compile(
    r"(?:treatment|therapy|monotherapy|induction|maintenance|prophylaxis|use|addition|combination)\b",
    re.IGNORECASE,
)
_PREDICATE = re.compile(r"\b(?:is|are|was|were|should|must|may|can|could|has|have|does|do)\b", re.IGNORECASE)


def is_nominal(fields: Fields, text: str) -> bool:
    """Whether only a noun tells the direction of a statement without a verb ("Triple therapy with A, B, and C")."""
    said = [m for m in fields.marks if m.field == "direction"]
    return bool(said) and _NOUN.match(text, said[0].start) is not None and _PREDICATE.search(text) is None
