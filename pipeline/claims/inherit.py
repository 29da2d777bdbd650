"""The values of a row: what its finding states, what it takes over from the context, and what belongs to another disease."""

from __future__ import annotations

import re

from pipeline.claims.names import Disease
from pipeline.claims.scope.fields import UNSAID, Fields, both, merge_settings
from pipeline.claims.scope.predicates import is_nominal
from pipeline.claims.scope.types import Finding, Parsed
from pipeline.claims.structure.context import Context
from pipeline.vocabulary import Lexicon


def fields_of(finding: Finding, context: Context, parsed: Parsed) -> tuple[Fields, str]:
    """The values and the kind of the rows of a finding: its own, and what it takes over from its context."""
    own = finding.fields
    if finding.kind == "evidence":
        return own.but(preference=""), "evidence"
    # A line that the statement itself turns around ("not first-line") stays; a heading's direction is the last resort.
    direction = own.direction
    if not direction or (
        own.weak
        and not own.strength
        and direction == "for"
        and context.direction == "against"
        and (context.direction_from != "heading" or is_nominal(own, parsed.reading.text))
    ):
        direction = context.direction or direction or "for"
    above = context.direction or ("for" if context.strength_origin == "lead-in" and context.drugs else "")
    turned = bool(above) and direction != above
    fields = own.but(
        direction=direction,
        line=own.line or ("" if direction == "for" and turned and context.line == "first" else context.line),
        preference=own.preference or ("" if turned else context.preference),
        setting=merge_settings(own.setting, _but_doses(context.setting) if turned else context.setting),
        population=_groups(own.population, context.population),
        condition=tuple(dict.fromkeys((*context.condition, *own.condition))),
    )
    if not own.strength and not turned and context.strength_origin:
        # a grade that only tells how certain it is leaves the strength to the lead-in
        fields.strength, fields.certainty = context.strength, own.certainty or context.certainty
        if not own.grade_text:
            fields.grade_text, fields.grade_system = context.grade_text, context.grade_system
    if direction == "against":
        # "Do not use aspirin as an alternative to warfarin", "A is not preferred" prefer nothing.
        fields.preference = ""
    if "intolerance" in own.setting and direction == "for" and not own.preference:
        fields.preference = "alternative"
    return fields, "recommendation"


def _groups(own: tuple[str, ...], above: tuple[str, ...]) -> tuple[str, ...]:
    """Whom it is for: of several groups above ("Children and Pregnant Women") those that the statement names."""
    return own if set(own) & set(above) else both(own, above)


def _but_doses(setting: tuple[str, ...]) -> tuple[str, ...]:
    """Settings without the height of a dose, which is that of another drug where the direction turns."""
    return tuple(s for s in setting if s not in _HEIGHTS)


_HEIGHTS = frozenset(("high-dose", "low-dose"))


def without_height(context: Context, drug: str, lexicon: Lexicon) -> Context:
    """The context of a drug under a heading that tells how high another is dosed ("Low-Dose Corticosteroids")."""
    if not context.drugs or context.direction_from == "lead-in" or _HEIGHTS.isdisjoint(context.setting):
        return context
    named = [m.concept.name for m in context.drugs]
    if any(drug == name.lower() or drug in lexicon.members(name) for name in named):
        return context
    return context._replace(setting=_but_doses(context.setting))


def without_unsaid(fields: Fields) -> Fields:
    """Without the settings that only take others away ("non-severe")."""
    if UNSAID.isdisjoint(fields.setting):
        return fields
    return fields.but(setting=tuple(s for s in fields.setting if s not in UNSAID))


# "Adjuvant dexamethasone" in meningitis is only given beside something else.
_RESECTED = frozenset(("adjuvant", "neoadjuvant"))
_CANCER = re.compile(
    r"cancer|carcinoma|tumou?r|melanoma|sarcoma|lymphoma|leuk|myeloma|glioma|blastoma|neoplasm|thymoma|mesothelioma",
    re.IGNORECASE,
)


_ORGAN = re.compile(
    r"\W*(?:renal|hepatic|kidney|liver) (?:impairment|insufficiency|dysfunction|disease):", re.IGNORECASE
)


_REACH = 200  # code points: no name of a disease is longer


def without_foreign(
    fields: Fields, parsed: Parsed, diseases: tuple[Disease, ...], above: tuple[str, ...] = ()
) -> Fields:
    """Without a severity that belongs to another disease than the row's ("including in severe renal disease"); the
    settings from `above` stay."""
    if not _RESECTED.isdisjoint(fields.setting) and not any(_CANCER.search(d.name) for d in diseases):
        fields = fields.but(setting=tuple(s for s in fields.setting if s not in _RESECTED))
    settings = parsed.reading.of("SETTING")
    if not settings:
        return fields
    names = {d.name for d in diseases}
    mine = {d.start for d in diseases}
    mine |= {m.start for m in parsed.reading.diseases if m.concept.name in names}
    foreign = {
        c.value
        for c in settings
        if c.value in ("severe", "mild", "moderate", "advanced", "recurrent")
        for d in (parsed.reading.diseases[i] for i in parsed.reading.diseases_in(c.start - _REACH, c.end + 3))
        if (0 <= d.start - c.end <= 2 or d.start <= c.start < d.end) and d.start not in mine
    }
    if _ORGAN.match(parsed.reading.text):
        # "Hepatic impairment: half the dose in moderate disease"
        foreign |= {c.value for c in settings if c.value in ("severe", "mild", "moderate")}
    foreign -= set(above)
    if not foreign:
        return fields
    return fields.but(setting=tuple(s for s in fields.setting if s not in foreign))
