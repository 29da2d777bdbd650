"""A parsed statement in its context becomes claims."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.claims.dose_rows import dose_rows
from pipeline.claims.guidelines import Authority, find_guideline
from pipeline.claims.identity import Names
from pipeline.claims.inherit import fields_of, without_foreign, without_height
from pipeline.claims.names import Disease
from pipeline.claims.nice import nice_strength
from pipeline.claims.pitfalls import is_lapse, is_mistake, is_tapering
from pipeline.claims.reading import DoseMention
from pipeline.claims.rows import Draft, Drug, marks_of, settled
from pipeline.claims.scope.fields import Fields
from pipeline.claims.scope.types import Finding, Parsed
from pipeline.claims.statements import Statement
from pipeline.claims.structure.context import Context
from pipeline.claims.structure.outline import Outline
from pipeline.claims.subjects import Subjects, decides_disease, is_dosed, told_safe
from pipeline.claims.whom import with_whom
from pipeline.model import Article, Claim
from pipeline.vocabulary import Lexicon
from pipeline.vocabulary.concept import CLASS


class Resolver:
    """Turns the parsed statements of one article into claims."""

    def __init__(self, article: Article, lexicon: Lexicon, rules_version: str, outline: Outline) -> None:
        self.article, self.lexicon, self.rules_version = article, lexicon, rules_version
        self.version = article.version
        self.names = Names()
        self.subjects = Subjects(article, lexicon, outline)
        self._authority: tuple[Statement, Authority | None] | None = None
        self._quote = ""  # the words of that statement: one string for all its rows

    def drug(self, parsed: Parsed, index: int, offset: int) -> Drug:
        """The drug at an index of a statement that begins at `offset`."""
        m = parsed.reading.drugs[index]
        concept = m.concept
        words = self.article.text[offset + m.start : offset + m.end]
        return Drug(
            concept.name.lower(),
            concept.kind,
            words,
            concept.code,
            offset + m.start,
            offset + m.end,
            f"drug.{m.rule}",
        )

    def drafts(
        self,
        statement: Statement,
        parsed: Parsed,
        context: Context,
        inherited: tuple[Drug, ...],
        structural: bool,
        beside: tuple[Drug, ...],
        carried: tuple[Disease, ...] = (),
    ) -> list[Draft]:
        """The drafts of one statement. `inherited` are the drugs that a statement without one takes; `structural`
        tells that standing here is advice enough (a bullet of a list of treatments); `beside` are the drugs that
        "this" means; `carried` the diseases of the sentence before."""
        out: list[Draft] = []
        headings = self.subjects.headings(statement)
        group = headings.groups
        read: dict[object, tuple[Disease, ...]] = {}
        mistake = headings.mistakes and is_mistake(parsed.reading.text)
        lapse = headings.mistakes and is_lapse(parsed.reading.text)
        if headings.mistakes and is_tapering(parsed.reading.text):
            return []
        for finding in parsed.findings:
            if finding.drug is not None:
                drugs: tuple[Drug, ...] = (self.drug(parsed, finding.drug, statement.start),)
                if not (
                    finding.said
                    or structural
                    or is_dosed(finding)
                    or finding.fields.line
                    or finding.fields.strength
                ):
                    continue
                if finding.beside and beside and parsed.loose_doses:
                    drugs = beside  # "start at 5 mg together with X": the dose of what X is given with
                mention = parsed.reading.drugs[finding.drug]
                text, at = parsed.reading.text, mention.start
                if mention.concept.kind == CLASS and _LISTED.search(text, max(0, at - 160), at):
                    # "The following anticoagulants are recommended:" says so of those that follow.
                    continue
            else:
                drugs = inherited
            if not drugs:
                continue
            alike = decides_disease(finding)
            if alike not in read:
                read[alike] = self.subjects.of(statement, parsed, finding, context, carried)
            diseases = read[alike]
            if not diseases:
                continue
            for drug in drugs:
                fields, kind = fields_of(finding, without_height(context, drug.name, self.lexicon), parsed)
                if lapse and finding.clause == 0 and fields.direction == "against":
                    continue
                first = finding.clause == 0 or not (finding.said and not finding.fields.weak)
                if mistake and first and fields.direction == "for" and kind != "evidence":
                    fields = fields.but(direction="against", preference="")
                fields = without_foreign(fields, parsed, diseases, statement.start, context.setting)
                fields = with_whom(fields, parsed, finding, diseases, statement.start, group=group)
                if _only_safe(fields):
                    continue
                partners = self._partners(parsed, finding, drug, statement.start, beside)
                if context.with_drugs and kind == "recommendation" and fields.direction == "for":
                    partners = tuple(sorted({*partners, *context.with_drugs} - {drug.name}))
                if drug.name in context.regimen and not partners and fields.direction == "for":
                    partners = (
                        tuple(n for n in context.regimen if n != drug.name) if kind != "evidence" else ()
                    )
                if partners:
                    fields = fields.but(setting=tuple(sorted({*fields.setting, "combination"})))
                doses = finding.doses
                if not doses and parsed.loose_doses and len({f.drug for f in parsed.findings}) == 1:
                    doses = parsed.loose_doses
                out.append(Draft(drug, finding, fields, kind, partners, diseases, doses))
        return settled(out)

    def _partners(
        self, parsed: Parsed, finding: Finding, drug: Drug, offset: int, beside: tuple[Drug, ...]
    ) -> tuple[str, ...]:
        names = {parsed.reading.drugs[p].concept.name.lower() for p in finding.partners}
        if finding.beside and finding.drug is not None:
            names.add(parsed.reading.drugs[finding.drug].concept.name.lower())
        if finding.beside:
            names |= {d.name for d in beside}
        names.discard(drug.name)
        return tuple(sorted(names))

    def claims(self, statement: Statement, parsed: Parsed, draft: Draft, context: Context) -> Iterator[Claim]:
        """The rows of one draft: one for each disease and dose."""
        if self._authority is None or self._authority[0] is not statement:
            self._authority = (statement, find_guideline(statement.text))
            self._quote = self.article.text[statement.start : statement.end]
        authority = self._authority[1]
        for disease in draft.diseases:
            for dose, fields in dose_rows(parsed, draft):
                yield self._claim(statement, draft, fields, disease, dose, context, authority)

    def _claim(
        self,
        statement: Statement,
        draft: Draft,
        fields: Fields,
        disease: Disease,
        dose: DoseMention | None,
        context: Context,
        authority: Authority | None,
    ) -> Claim:
        article = self.article
        nice = nice_strength(fields, draft.finding, authority, article, statement.text, statement.block)
        strength = nice or fields.strength or "unstated"
        system = "NICE" if nice else fields.grade_system
        origin: str | None = None
        if strength != "unstated":
            own = bool(draft.finding.fields.strength) or bool(nice)
            origin = "statement" if own else (context.strength_origin or "statement")
        return Claim(
            claim_id=self.names.name(
                article.article_id,
                draft.drug.name,
                disease.name,
                draft.kind,
                dose.dose if dose else None,
                fields.line or "unstated",
                fields.setting,
                fields.population,
                draft.with_drugs,
            ),
            drug=draft.drug.name,
            drug_kind=draft.drug.kind,
            drug_text=draft.drug.text,
            drug_code=draft.drug.code or None,
            disease=disease.name,
            disease_text=disease.text,
            disease_code=disease.code or None,
            disease_origin=disease.origin,
            direction=fields.direction or "unstated",
            strength=strength,
            strength_origin=origin,
            certainty=fields.certainty or "unstated",
            grade_text=fields.grade_text,
            grade_system=system,
            line=fields.line or "unstated",
            preference=fields.preference or "unstated",
            setting=fields.setting,
            population=fields.population,
            condition=fields.condition,
            with_drugs=draft.with_drugs,
            kind=draft.kind,
            guideline=authority.name if authority else None,
            dose=dose.dose if dose else None,
            article_id=article.article_id,
            article_version=self.version,
            article_title=article.title,
            article_date=article.date,
            source=article.source,
            url=article.url,
            section=article.sections[article.blocks[statement.block].section].path,
            quote=self._quote,
            char_start=statement.start,
            char_end=statement.end,
            cites=statement.cites or context.cites,
            provenance=marks_of(statement, draft, fields, disease, dose, authority),
            rules_version=self.rules_version,
        )


_LISTED = re.compile(r"\b(?:(?:the|these|any) following|these|following)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)


def _only_safe(fields: Fields) -> bool:
    """Whether a drug is only said to be safe, for nobody in particular: no advice to use it."""
    return not (fields.population or fields.condition) and told_safe(fields)
