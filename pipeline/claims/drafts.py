"""What one statement says of each of its drugs, given what stands around it. That depends on nothing else, so the same words
in the same surroundings are thought about only once, wherever they stand."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.claims.dose_rows import dose_rows
from pipeline.claims.harms import does_harm
from pipeline.claims.inherit import fields_of, without_foreign, without_height, without_unsaid
from pipeline.claims.names import Disease
from pipeline.claims.pitfalls import is_forbidden, is_lapse, is_left_out, is_mistake, is_tapering, neglected
from pipeline.claims.rows import Draft, Drug, Row, own_marks, settled
from pipeline.claims.scope.fields import Fields
from pipeline.claims.scope.types import Finding, Parsed
from pipeline.claims.structure.context import Context
from pipeline.claims.structure.headings import Headings
from pipeline.claims.subjects import Subjects, decides_disease, is_dosed, told_safe
from pipeline.claims.whom import with_whom
from pipeline.vocabulary import Lexicon
from pipeline.vocabulary.concept import CLASS

_MOST = 16  # surroundings of one statement that are remembered
_LISTED = re.compile(r"\b(?:(?:the|these|any) following|these|following)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
_LISTED_SAID = frozenset(("following", "these"))  # whatever it finds has one of them

# "Both can be combined": the two drugs spoken of before
_TOGETHER = re.compile(
    r"\W*(?:both|the two|they|these(?:\s(?:two|drugs|agents|options))*)(?:\s(?:drugs|agents|options))?\s(?:can|may|should|must|could)\s(?:also\s|then\s)?"
    r"be\s(?:combined|(?:used|given|taken|prescribed)\s(?:together|in combination))\b",
    re.IGNORECASE,
)


class Around(NamedTuple):
    """What a statement takes from around it.

    `inherited` are the drugs that a statement without one takes; `structural` tells that standing here is advice enough (a
    bullet of a list of treatments); `beside` are the drugs that "this" means; `carried` the diseases of the sentence before;
    `headings` what those above it tell; `title` and `whose` the diseases of the title, and those that its patients have.
    """

    context: Context
    inherited: tuple[Drug, ...]
    structural: bool
    beside: tuple[Drug, ...]
    carried: tuple[Disease, ...]
    headings: Headings
    title: tuple[Disease, ...]
    whose: frozenset[str]


def drafts_of(parsed: Parsed, around: Around, lexicon: Lexicon) -> tuple[Draft, ...]:
    """The drafts of one statement. Places of what it names itself are counted from its own first letter; those of what it
    takes from `around` are below zero, and come back as they are."""
    found = parsed.drafts.get(around)
    if found is None:
        if len(parsed.drafts) >= _MOST:
            parsed.drafts.clear()
        found = parsed.drafts[around] = _fresh(parsed, around, lexicon)
    return found


def drug_at(parsed: Parsed, index: int) -> Drug:
    """The drug at an index of a statement, at its place in the statement."""
    m = parsed.reading.drugs[index]
    name, words = m.concept.name.lower(), parsed.reading.text[m.start : m.end]
    return Drug(name, m.concept.kind, words, m.concept.code, m.start, m.end, f"drug.{m.rule}")


def _fresh(parsed: Parsed, around: Around, lexicon: Lexicon) -> tuple[Draft, ...]:
    out: list[Draft] = []
    context, headings = around.context, around.headings
    subjects = Subjects(lexicon, around.title, around.whose)
    read: dict[object, tuple[Disease, ...]] = {}
    mistake = (headings.mistakes and is_mistake(parsed.reading.text)) or (
        headings.forbids and is_forbidden(parsed.reading.text)
    )
    lapse = (headings.mistakes and is_lapse(parsed.reading.text)) or (
        headings.forbids and is_left_out(parsed.reading.text)
    )
    if headings.mistakes and is_tapering(parsed.reading.text):
        return ()
    neglect = neglected(parsed.reading.text) if headings.mistakes else ""
    for finding in parsed.findings:
        if finding.drug is not None:
            drugs: tuple[Drug, ...] = (drug_at(parsed, finding.drug),)
            if not (
                finding.said
                or around.structural
                or is_dosed(finding)
                or finding.fields.line
                or finding.fields.strength
            ):
                continue
            if finding.beside and around.beside and parsed.loose_doses:
                drugs = around.beside  # "start at 5 mg together with X": the dose of what X is given with
            mention = parsed.reading.drugs[finding.drug]
            text, at = parsed.reading.text, mention.start
            listed = mention.concept.kind == CLASS and not _LISTED_SAID.isdisjoint(parsed.reading.words)
            if listed and _LISTED.search(text, max(0, at - 160), at):
                # "The following anticoagulants are recommended:" says so of those that follow.
                continue
        else:
            drugs = around.inherited
        if neglect and finding.clause == 0 and (neglect == "other" or not _left_undone(parsed, finding)):
            continue
        if not drugs or does_harm(parsed, finding, (*context.diseases, *around.title), lexicon):
            continue
        alike = decides_disease(finding)
        if alike not in read:
            read[alike] = subjects.of(parsed, finding, context, around.carried, headings)
        diseases = read[alike]
        if not diseases:
            continue
        for drug in drugs:
            fields, kind = fields_of(finding, without_height(context, drug.name, lexicon), parsed)
            if lapse and finding.clause == 0 and fields.direction == "against":
                continue
            first = finding.clause == 0 or not (finding.said and not finding.fields.weak)
            if mistake and first and fields.direction == "for" and kind != "evidence":
                fields = fields.but(direction="against", preference="")
            if neglect and finding.clause == 0:
                fields = fields.but(direction="for", line="")
            fields = without_unsaid(without_foreign(fields, parsed, diseases, context.setting))
            fields = with_whom(fields, parsed, finding, diseases, group=headings.groups)
            if _only_safe(fields):
                continue
            partners = _partners(parsed, finding, drug, around.beside)
            if finding.drug is None and len(drugs) == 2 and _TOGETHER.match(parsed.reading.text):
                partners = tuple(d.name for d in drugs if d.name != drug.name)
            if context.with_drugs and kind == "recommendation" and fields.direction == "for":
                partners = tuple(sorted({*partners, *context.with_drugs} - {drug.name}))
            regimen = _regimen_of(drug.name, context.regimen, lexicon)
            if regimen and not partners and fields.direction == "for":
                partners = regimen if kind != "evidence" else ()
            if partners:
                fields = fields.but(setting=tuple(sorted({*fields.setting, "combination"})))
            doses = finding.doses
            if not doses and parsed.loose_doses and len({f.drug for f in parsed.findings}) == 1:
                doses = parsed.loose_doses
            out.append(Draft(drug, finding, fields, kind, partners, diseases, doses))
    return tuple(draft._replace(rows=_rows(parsed, draft)) for draft in settled(out))


_AMONG = re.compile(r"\b(?:with|in|for|before|after|when|on|during|while)\s", re.IGNORECASE)


def _left_undone(parsed: Parsed, finding: Finding) -> bool:
    """Whether a drug is what was not given ("not prescribing X"), and not named beside it ("failing to give Y with X")."""
    if finding.drug is None:
        return False
    before = parsed.reading.text[: parsed.reading.drugs[finding.drug].start]
    return _AMONG.search(before.split(" ", 2)[-1]) is None


def _rows(parsed: Parsed, draft: Draft) -> tuple[Row, ...]:
    return tuple([Row(dose, fields, own_marks(fields, dose)) for dose, fields in dose_rows(parsed, draft)])


def _regimen_of(drug: str, regimen: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """The other drugs of a regimen to which a drug, or a class of which it is a member, belongs."""
    if not regimen:
        return ()
    own = {n for n in regimen if n == drug} or {n for n in regimen if drug in lexicon.members(n)}
    return tuple(n for n in regimen if n not in own) if own else ()


def _partners(parsed: Parsed, finding: Finding, drug: Drug, beside: tuple[Drug, ...]) -> tuple[str, ...]:
    names = {parsed.reading.drugs[p].concept.name.lower() for p in finding.partners}
    if finding.beside and finding.drug is not None:
        names.add(parsed.reading.drugs[finding.drug].concept.name.lower())
    if finding.beside:
        names |= {d.name for d in beside}
    names.discard(drug.name)
    return tuple(sorted(names))


def _only_safe(fields: Fields) -> bool:
    """Whether a drug is only said to be safe, for nobody in particular: no advice to use it."""
    return not (fields.population or fields.condition or fields.setting) and told_safe(fields)
