"""A parsed statement in its context becomes claims."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.claims.guidelines import Authority, find_guideline
from pipeline.claims.identity import Names
from pipeline.claims.inherit import fields_of, without_foreign
from pipeline.claims.names import (
    Disease,
    ancestors,
    comorbidities,
    is_comorbidity,
    is_symptom,
    related,
    resolve,
)
from pipeline.claims.nice import nice_strength
from pipeline.claims.pitfalls import is_lapse, is_mistake
from pipeline.claims.reading import DoseMention
from pipeline.claims.rows import Draft, Drug, for_dose, graded, in_bracket, marks_of, settled
from pipeline.claims.scope.fields import Fields
from pipeline.claims.scope.types import Finding, Parsed
from pipeline.claims.statements import Statement
from pipeline.claims.structure.context import Context
from pipeline.claims.structure.groups import tells_groups
from pipeline.claims.structure.outline import Outline
from pipeline.claims.whom import with_whom
from pipeline.model import Article, Claim
from pipeline.vocabulary import Lexicon
from pipeline.vocabulary.concept import CLASS

_OF_SOMEONE = re.compile(
    r"\b(?:in|with|of|the|their|an?|whose)\s(?:[\w-]+(?:,|\sor|\sand)?\s){0,3}$", re.IGNORECASE
)


class Resolver:
    """Turns the parsed statements of one article into claims."""

    def __init__(self, article: Article, lexicon: Lexicon, rules_version: str, outline: Outline) -> None:
        self.article, self.lexicon, self.rules_version = article, lexicon, rules_version
        self.title, self.whose = outline.title, outline.whose
        self.version = article.version
        self.names = Names()
        self._groups: dict[int, bool] = {}  # whether a section is about groups of patients
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
        group = self._of_groups(statement)
        read: dict[object, tuple[Disease, ...]] = {}
        path = self.article.sections[self.article.blocks[statement.block].section].path
        mistake, lapse = is_mistake(path, parsed.reading.text), is_lapse(path, parsed.reading.text)
        for finding in parsed.findings:
            if finding.drug is not None:
                drugs: tuple[Drug, ...] = (self.drug(parsed, finding.drug, statement.start),)
                if not (
                    finding.said
                    or structural
                    or _dosed(finding)
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
            alike = _decides_disease(finding)
            if alike not in read:
                read[alike] = self._diseases(statement, parsed, finding, context, carried)
            diseases = read[alike]
            if not diseases:
                continue
            for drug in drugs:
                fields, kind = fields_of(finding, context, parsed)
                if lapse and finding.clause == 0 and fields.direction == "against":
                    continue
                first = finding.clause == 0 or not (finding.said and not finding.fields.weak)
                if mistake and first and fields.direction == "for" and kind != "evidence":
                    fields = fields.but(direction="against")
                fields = without_foreign(fields, parsed, diseases, statement.start, context.setting)
                fields = with_whom(fields, parsed, finding, diseases, statement.start, group=group)
                if _only_safe(fields):
                    continue
                partners = self._partners(parsed, finding, drug, statement.start, beside)
                if context.with_drugs and kind == "recommendation" and fields.direction == "for":
                    partners = tuple(sorted({*partners, *context.with_drugs} - {drug.name}))
                if partners:
                    fields = fields.but(setting=tuple(sorted({*fields.setting, "combination"})))
                doses = finding.doses
                if not doses and parsed.loose_doses and len({f.drug for f in parsed.findings}) == 1:
                    doses = parsed.loose_doses
                out.append(Draft(drug, finding, fields, kind, partners, diseases, doses))
        return settled(out)

    def _diseases(
        self,
        statement: Statement,
        parsed: Parsed,
        finding: Finding,
        context: Context,
        carried: tuple[Disease, ...],
    ) -> tuple[Disease, ...]:
        reading = parsed.reading
        above = carried or context.diseases

        def read(indices: tuple[int, ...]) -> tuple[Disease, ...]:
            mentions = [reading.diseases[i] for i in indices]
            return resolve(reading, mentions, above, self.title, self.lexicon, statement.start)

        said = finding.said and finding.drug is not None
        dosed = not said and finding.drug is not None and _dosed(finding) and self._of_causes(statement)
        named = self._not_comorbid(parsed, finding.diseases, above, said=said, dosed=dosed)
        groups = self._of_groups(statement) or (
            self._of_situations(statement)
            and all(is_comorbidity(reading.diseases[i].concept.name) for i in named)
        )
        if above and named and finding.kind != "evidence" and groups:
            # "Heart failure: avoid ..." among special populations tells whom, where it is another disease.
            label = parsed.frame if parsed.reading.text[: parsed.frame].endswith(":") else 0
            names = {i: reading.diseases[i].concept.name for i in named}
            whom = [n for i, n in names.items() if reading.diseases[i].end <= label]
            named = tuple(
                i
                for i, name in names.items()
                if any(related(name, a.name, self.lexicon) for a in above)
                or (reading.diseases[i].end > label and not any(related(name, w, self.lexicon) for w in whom))
            )
        found = read(named)
        if not found and finding.diseases and above:
            return above
        if found and all(is_symptom(d.name) for d in found):
            if above or self.title:
                return above or self.title
        else:
            found = tuple(d for d in found if not is_symptom(d.name))
        turned = finding.fields.direction == "against" or _told_safe(finding.fields)
        if found and turned and finding.kind != "evidence":
            main = tuple(i for i in parsed.diseases if i not in finding.diseases)
            around = read(main) if finding.opener == "except" else above
            first = reading.diseases[named[0]].start
            if (
                around
                and not any(self._related(d, around) for d in found)
                and (finding.opener == "except" or _COMORBID.search(reading.text[:first].lower()))
            ):
                return around
        generic = [d for d in read(finding.others) if any(d.name == a.name for a in (*above, *self.title))]
        if found and generic and finding.kind == "evidence":
            return tuple(generic)
        return found or above or self.title or read(finding.others) or read(parsed.others)

    def _of_groups(self, statement: Statement) -> bool:
        """Whether a statement stands under a heading of groups of patients."""
        section = self.article.blocks[statement.block].section
        if section not in self._groups:
            path = self.article.sections[section].path
            self._groups[section] = any(map(tells_groups, path))
        return self._groups[section]

    def _of_situations(self, statement: Statement) -> bool:
        """Whether a statement stands under a heading of special situations: other illnesses, or forms of the disease."""
        path = self.article.sections[self.article.blocks[statement.block].section].path
        return any(_SITUATIONS.search(heading) for heading in path)

    def _of_causes(self, statement: Statement) -> bool:
        """Whether a statement stands under a heading of what causes, complicates or accompanies the disease."""
        path = self.article.sections[self.article.blocks[statement.block].section].path
        return any(_CAUSES.search(heading) for heading in path)

    def _not_comorbid(
        self,
        parsed: Parsed,
        indices: tuple[int, ...],
        above: tuple[Disease, ...],
        *,
        said: bool,
        dosed: bool,
    ) -> tuple[int, ...]:
        """Without diseases that the patients have beside the one that the article or section is about."""
        if not (above or self.title):
            return indices
        known = (*above, *self.title)
        beside = comorbidities(parsed.reading, indices, known, self.lexicon)
        kept = tuple(i for i in indices if i not in beside and not self._of_title_patients(parsed, i, known))
        if said:
            return kept
        # Without a predicate or drug of its own, a statement does not turn to another disease
        # ("Tetracyclines: tooth discoloration", "In chronic kidney disease, start at 50 mg").
        # "Endometritis: clindamycin 900 mg" under "Treatment of the Cause" gives what its label's disease is treated with.
        text, label = parsed.reading.text, parsed.frame
        label = label if dosed and text[:label].endswith(":") else 0
        names = [parsed.reading.diseases[i].concept.name for i in kept]
        return tuple(
            i
            for i, name in zip(kept, names, strict=True)
            if any(related(name, k.name, self.lexicon) for k in known)
            or (parsed.reading.diseases[i].end <= label and not is_comorbidity(name))
        )

    def _of_title_patients(self, parsed: Parsed, index: int, known: tuple[Disease, ...]) -> bool:
        """Whether a disease is the one, or a sort of the one, that the title says its patients have beside its own."""
        mention = parsed.reading.diseases[index]
        if not self.whose or not _OF_SOMEONE.search(parsed.reading.text, 0, mention.start):
            return False
        name = mention.concept.name
        theirs = self.whose - {k.name for k in known}
        return name in theirs or bool(theirs.intersection(ancestors(self.lexicon, name)))

    def named(self, statement: Statement, parsed: Parsed) -> tuple[Disease, ...]:
        """The diseases that a statement is about, for the sentences after it."""
        mentions = [parsed.reading.diseases[i] for i in parsed.diseases]
        return resolve(parsed.reading, mentions, (), self.title, self.lexicon, statement.start, "lead-in")

    def _related(self, disease: Disease, others: tuple[Disease, ...]) -> bool:
        return any(related(disease.name, o.name, self.lexicon) for o in others)

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
            for dose, fields in self._doses(parsed, draft):
                yield self._claim(statement, draft, fields, disease, dose, context, authority)

    def _doses(self, parsed: Parsed, draft: Draft) -> Iterator[tuple[DoseMention | None, Fields]]:
        if not draft.doses:
            yield None, draft.fields
            return
        first = draft.doses[0]
        early = [g for g in parsed.grades if g.end <= first.start and g.strength]
        late = [g for g in parsed.grades if g.start >= first.end and g.strength]
        if early and late and draft.finding.drug is not None:
            yield None, graded(draft.fields, early[-1])
            for dose in draft.doses:
                own = next((g for g in late if g.start >= dose.end), late[-1])
                yield dose, graded(draft.fields, own)
            return
        brackets = [
            in_bracket(parsed.reading.text, m, draft.doses)
            for m in draft.fields.marks
            if m.field == "condition"
        ]
        for dose in draft.doses:
            # "5 mg (2.5 mg if frail)": the condition in a bracket holds for the dose in it.
            foreign = {words for held, words in brackets if held and dose not in held}
            fields = for_dose(draft.fields, parsed.reading, dose)
            kept = tuple(c for c in fields.condition if c not in foreign)
            yield dose, fields.but(condition=kept) if foreign else fields

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


_CAUSES = re.compile(
    r"\b(?:causes?|cause-\w+|complications?|special situations|associated (?:conditions|diseases)|supportive)\b",
    re.IGNORECASE,
)
_SITUATIONS = re.compile(
    r"\b(?:special|specific|clinical) (?:situations|circumstances|scenarios|considerations)\b", re.IGNORECASE
)
_LISTED = re.compile(r"\b(?:(?:the|these|any) following|these|following)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)


def _only_safe(fields: Fields) -> bool:
    """Whether a drug is only said to be safe, for nobody in particular: no advice to use it."""
    return not (fields.population or fields.condition) and _told_safe(fields)


def _told_safe(fields: Fields) -> bool:
    return any(m.rule == "direction.for.is-safe" for m in fields.marks)


def _decides_disease(finding: Finding) -> object:
    """What of a finding `Resolver._diseases` looks at: the same for most drugs of a statement."""
    said = finding.said and finding.drug is not None
    against = finding.fields.direction == "against" or _told_safe(finding.fields)
    dosed = not said and finding.drug is not None and _dosed(finding)
    return finding.diseases, finding.others, said, dosed, against, finding.kind == "evidence", finding.opener


# for text in lower case
_COMORBID = re.compile(
    r"(?>(?:^|[.;])[^.;]*?(?:contraindicat|avoid|not|never|stop|discontinu|withh|held|\bsafe\b))"
    r"(?>[^.;]*\b(?:in|with|if|when|within|after|during|following|for\s(?:\w+\s)?(?:patients|people|adults|women|men|children|those)\s(?:with|who))\b)[^.;,]*$"
)


def _dosed(finding: Finding) -> bool:
    return any(d.dose.dose_low is not None or d.dose.dose_high is not None for d in finding.doses)
