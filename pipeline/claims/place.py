"""What a statement takes from its place: the drug it does not name, and that standing there is advice."""

from __future__ import annotations

import re

from pipeline.claims.doses.lexer import lex
from pipeline.claims.notes import is_note
from pipeline.claims.openings import ANAPHORA, LABEL_AVOID, PRONOUN, SUBJECTLESS
from pipeline.claims.rows import Drug
from pipeline.claims.scope.exposures import advises_on_exposure
from pipeline.claims.scope.labels import only_watched
from pipeline.claims.scope.types import Parsed
from pipeline.claims.statements import Statement
from pipeline.claims.structure.context import Context
from pipeline.claims.verbs import SPEAKS
from pipeline.model import Article, Dose

_LABEL_OF_NONE = re.compile(
    r"\W*(?:alcohol|smoking|tobacco|live vaccines|grapefruit|driving|exercise)\b", re.IGNORECASE
)
# "Treat for 7 days", "Continue the regimen for 6 months": how long all treatment goes on, not the drug of the bullet before.
_GENERAL = re.compile(
    r"\W*(?:(?:(?:once|after|when|if|in)\s[^,;:.]{3,80},\s)?(?:(?:antibiotic|antifungal|antiviral|drug|maintenance)\s)?"
    r"(?:treatment|therapy|medications?|pharmacotherapy|antibiotics|antifungals|antivirals)\s(?:should|must|may|can|is|are)\b|"
    r"(?:do not\s|avoid\s)?(?:treat|continue|extend|prolong|limit|shorten|complete|give|reassess|stop)(?:ing)?\b"
    r"(?!\s(?:it|them|this|these|treatment with|therapy with|the\s(?:\w+\s)?dos(?:e|es|age))\b))",
    re.IGNORECASE,
)
# Labels of bullets that tell something else than what to give.
_OTHER_LABEL = re.compile(
    r"\W*(?:common |serious |major |key |drug )?(?:mechanisms?|interactions?|adverse|side|toxicit|monitor|risk|causes?|triggers?|safety|"
    r"differential|diagnos|evidence|rationale|warning|pharmaco|history|note|etiolog|pathogen|epidemiolog|limitation|cost|availab)",
    re.IGNORECASE,
)
_WATCHED = re.compile(
    r"\W*(?:(?:laboratory|safety|drug)\s)?(?:monitoring|follow-?up)\b(?!.*\band\b)|.*\binteractions?\W*$",
    re.IGNORECASE,
)


def inherited_drugs(
    statement: Statement,
    parsed: Parsed,
    context: Context,
    before: tuple[Drug, ...],
    sibling: tuple[Drug, ...],
    nested: bool,
) -> tuple[Drug, ...]:
    """The drugs that a statement without one goes on about; none where it is about treatment in general.

    `before` are those of the statement before in its block, `sibling` those of the bullet beside it; `nested` tells that
    it stands under a bullet.
    """
    reading = parsed.reading
    if reading.drugs and any(parsed.usable):
        return ()
    if _names_another(parsed) or advises_on_exposure(reading):
        return ()
    monitoring = any(c.value == "monitor" and c.start < 25 and not c.form for c in reading.of("ROLE"))
    if monitoring:
        return ()
    conditional = [z for z in parsed.zones if z.role == "conditional"]
    dosed = any(not any(z.holds(d.start) for z in conditional) for d in reading.doses)
    if reading.doses and len(before or sibling) > 1 and all(_of_a_form(d.dose) for d in reading.doses):
        return ()  # "Up to three patches are applied": of one of the drugs before, nobody says which
    above = drugs_above(context)
    if LABEL_AVOID.match(statement.text) and not _LABEL_OF_NONE.match(statement.text):
        return tuple(_elsewhere(d) for d in before or sibling or above)
    said = any(f.said and f.fields.direction for f in parsed.findings)
    if nested and above and (dosed or said):
        return above
    if dosed and only_timed(parsed) and _GENERAL.match(statement.text):
        return ()
    if before and (dosed or (said and (ANAPHORA.match(statement.text) or PRONOUN.match(statement.text)))):
        return tuple(_elsewhere(d) for d in before)
    if sibling and (dosed or (said and (PRONOUN.match(statement.text) or _BOTH.match(statement.text)))):
        return tuple(_elsewhere(d) for d in sibling)
    of_heading = (len(above) == 1 or bool(context.regimen)) and said
    speaks = PRONOUN.match(statement.text) or SUBJECTLESS.match(statement.text)
    return above if dosed or (of_heading and speaks) else ()


def _of_a_form(dose: Dose) -> bool:
    """Whether a dose counts tablets, patches or the like."""
    return dose.dose_basis is not None and (dose.dose_unit or "").startswith("{")


# "Xyz root 60 mg daily": right before its dose, and begins the bullet
_NAME_AND_DOSE = re.compile(r"\W*([A-Z][a-z]{4,}(?:\s[a-z-]{4,}){0,2}):?\s(?=\d)")
_NO_NAME = re.compile(
    r"(?:standard|modified|usual|typical|total|average|single|phase|period|attack|flare|frail|obese|night|bedtime|morning|"
    r"\w*(?:tion|sion|ing|ment|ness|ity|ance|ence|ency|ancy|ers?|ents?|ies|ous|ive|ary|ory|al|ally|ed|age|ure|ists?|isms?|axis|[^i]ts))$"
)


def _names_another(parsed: Parsed) -> bool:
    """Whether a statement begins with a name that nobody knows, and its dose: that of something else than the drugs before."""
    reading = parsed.reading
    named = _NAME_AND_DOSE.match(reading.text)
    if named is None or not any(
        d.start == named.end() and d.dose.dose_basis is not None for d in reading.doses
    ):
        return False
    return (
        not any(word.tags or _NO_NAME.match(word.low) for word in lex(named[1]))
        and not any(c.start < named.end(1) for label in reading.said for c in reading.of(label))
        and not any(m.start < named.end(1) for m in (*reading.diseases, *reading.drugs))
    )


_BOTH = re.compile(
    r"\W*(?:(?:avoid|stop|withhold|discontinue|do not (?:use|give|combine)|never (?:use|give)):?\s)?(?:both|either)\b",
    re.IGNORECASE,
)


def spoken_of(statement: Statement, before: tuple[Drug, ...], earlier: tuple[Drug, ...]) -> tuple[Drug, ...]:
    """The drugs that a statement may go on about: those `before`, for "both" with the one of the statement `earlier`."""
    both = len(before) == len(earlier) == 1 and before[0].name != earlier[0].name
    return (*earlier, *before) if both and _BOTH.match(statement.text) else before


# "A plus B if C is not available": what stands behind is no verb of the drug
_HEAD_ENDS = re.compile(
    r"[,:;(]|\s[–—-]\s|\s(?:if|when|whenever|unless|until|because|where|provided)\s", re.IGNORECASE
)


def is_structural(
    article: Article, statement: Statement, parsed: Parsed, context: Context, kind: str
) -> bool:
    """Whether standing here is advice enough for the drugs that a statement names: a bullet that begins with one, a row.

    `kind` is that of its block.
    """
    if kind == "row":
        return True
    drugs = parsed.reading.drugs
    if not drugs:
        return False
    path = article.sections[article.blocks[statement.block].section].path
    if path and _WATCHED.match(path[-1]):
        return False  # "Methotrexate: creatinine every 8 weeks"
    if only_watched(parsed.reading):
        return False
    if kind != "item" or not statement.first_of_block:
        # "Pneumonia: amoxicillin plus azithromycin.": no sentence, but advice.
        combined = any(f.partners for f in parsed.findings)
        said = parsed.frame > 0 and not SPEAKS.search(parsed.reading.text.lower())
        return (combined and said) or is_note(parsed)
    led = context.leads and bool(context.direction or context.line or context.preference or context.setting)
    # "With a low filtration rate: amlodipine or ...": after a label the bullet begins.
    text, frame = parsed.reading.text, parsed.frame
    first = next((d for d in drugs if d.start >= frame), drugs[0])
    begin = (
        frame if text[:frame].endswith(":") and first.start >= frame and not _OTHER_LABEL.match(text) else 0
    )
    starts = len(text[begin : first.start].split()) <= (5 if context.direction == "against" else 3)
    head = _HEAD_ENDS.split(text[first.end :], maxsplit=1)[0]
    acts = starts and SPEAKS.search(head.lower()) is not None
    return not acts and (led or starts)


def drugs_above(context: Context) -> tuple[Drug, ...]:
    """The drugs that the headings or the parent bullet name."""
    return tuple(
        Drug(m.concept.name, m.concept.kind, m.concept.name, m.concept.code, -1, -1, "drug.inherited")
        for m in context.drugs
    )


def only_timed(parsed: Parsed) -> bool:
    """Whether the doses of a statement tell only how long or how often."""
    return all(d.dose.dose_basis is None for d in parsed.reading.doses)


def _elsewhere(drug: Drug) -> Drug:
    return drug._replace(rule="drug.inherited")
