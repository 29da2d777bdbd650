"""A parsed statement in its context becomes claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from pipeline.claims.drafts import Around, drafts_of, drug_at
from pipeline.claims.guidelines import Authority, find_guideline
from pipeline.claims.identity import Names
from pipeline.claims.names import Disease
from pipeline.claims.nice import nice_strength
from pipeline.claims.reading import DoseMention
from pipeline.claims.rows import Draft, Drug, marks_of
from pipeline.claims.scope.fields import Fields
from pipeline.claims.scope.types import Parsed
from pipeline.claims.statements import Statement
from pipeline.claims.structure.context import Context
from pipeline.claims.structure.headings import Headings, read_headings
from pipeline.claims.structure.outline import Outline
from pipeline.claims.subjects import Subjects
from pipeline.model import Article, Claim
from pipeline.vocabulary import Lexicon

Place = tuple[int, int]
Named = TypeVar("Named", Drug, Disease)


def _numbered(named: tuple[Named, ...], places: list[Place]) -> tuple[Named, ...]:
    """Drugs or diseases that stand elsewhere, with a number in place of their place: -2 for the first of `places`, to which
    new ones are added, -3 for the second, ..."""
    out = []
    for one in named:
        if one.start >= 0:
            place = (one.start, one.end)
            if place not in places:
                places.append(place)
            number = -2 - places.index(place)
            one = one._replace(start=number, end=number)
        out.append(one)
    return tuple(out)


def _placed(one: Named, offset: int, places: list[Place]) -> Named:
    """A drug or disease at its place in the article: by number, or counted from where its statement begins."""
    if one.start >= 0:
        return one._replace(start=offset + one.start, end=offset + one.end)
    if one.start == -1:
        return one
    start, end = places[-2 - one.start]
    return one._replace(start=start, end=end)


class Resolver:
    """Turns the parsed statements of one article into claims."""

    def __init__(self, article: Article, lexicon: Lexicon, rules_version: str, outline: Outline) -> None:
        self.article, self.lexicon, self.rules_version = article, lexicon, rules_version
        self.version = article.version
        self.names = Names()
        self.outline = outline
        self.subjects = Subjects(lexicon, outline.title, outline.whose)
        self._told: dict[int, Headings] = {}  # by section
        self._placeless: dict[int, tuple[Context, tuple[Disease, ...], list[Place]]] = {}  # by id of context
        self._authority: tuple[Statement, Authority | None] | None = None
        self._quote = ""  # the words of that statement: one string for all its rows

    def drug(self, parsed: Parsed, index: int, offset: int) -> Drug:
        """The drug at an index of a statement that begins at `offset`."""
        return self._drug_placed(drug_at(parsed, index), offset, [])

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
        """The drafts of one statement, at their places in the article; see `Around` for what they are made of."""
        above, title, places = self._without_places(context)
        if inherited or beside or carried:
            places = places.copy()
        around = Around(
            above,
            _numbered(inherited, places),
            structural,
            _numbered(beside, places),
            _numbered(carried, places),
            self._headings(statement),
            title,
            self.outline.whose,
        )
        offset = statement.start
        return [
            Draft(
                self._drug_placed(d.drug, offset, places), d.finding, d.fields, d.kind, d.with_drugs,
                tuple([_placed(disease, offset, places) for disease in d.diseases]), d.doses, d.rows,
            )
            for d in drafts_of(parsed, around, self.lexicon)
        ]  # fmt: skip

    def _headings(self, statement: Statement) -> Headings:
        """What the headings above a statement tell of all below them."""
        section = self.article.blocks[statement.block].section
        known = self._told.get(section)
        if known is None:
            known = self._told[section] = read_headings(self.article.sections[section].path)
        return known

    def _without_places(self, context: Context) -> tuple[Context, tuple[Disease, ...], list[Place]]:
        """A context and the title's diseases with numbers for their places, and the places; the same for all statements
        below one lead-in."""
        known = self._placeless.get(id(context))
        if known is None:
            places: list[Place] = []
            title = _numbered(self.outline.title, places)
            above = context._replace(diseases=_numbered(context.diseases, places), cites=())
            known = self._placeless[id(context)] = (above, title, places)
        return known

    def _drug_placed(self, drug: Drug, offset: int, places: list[Place]) -> Drug:
        """A drug with its place in the article, in the article's own letters."""
        drug = _placed(drug, offset, places)
        return drug if drug.start < offset else drug._replace(text=self.article.text[drug.start : drug.end])

    def claims(self, statement: Statement, draft: Draft, context: Context) -> Iterator[Claim]:
        """The rows of one draft: one for each disease and dose."""
        if self._authority is None or self._authority[0] is not statement:
            self._authority = (statement, find_guideline(statement.text))
            self._quote = self.article.text[statement.start : statement.end]
        authority = self._authority[1]
        for disease in draft.diseases:
            for dose, fields in draft.rows:
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
