"""A parsed statement in its context becomes claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.claims.drafts import Around, drafts_of, drug_at
from pipeline.claims.guidelines import Authority, find_guideline
from pipeline.claims.identity import Names
from pipeline.claims.names import Disease
from pipeline.claims.nice import nice_strength
from pipeline.claims.places import Place, in_row, numbered, placed_disease, placed_drug
from pipeline.claims.rows import Draft, Drug, Row, marks_of
from pipeline.claims.scope.types import Parsed
from pipeline.claims.statements import Statement
from pipeline.claims.structure.context import Context
from pipeline.claims.structure.headings import Headings, read_headings
from pipeline.claims.structure.outline import Outline
from pipeline.claims.subjects import Subjects
from pipeline.claims.written import Written
from pipeline.model import Article, Claim
from pipeline.vocabulary import Lexicon


class Resolver:
    """Turns the parsed statements of one article into claims."""

    def __init__(self, article: Article, lexicon: Lexicon, rules_version: str, outline: Outline) -> None:
        self.article, self.lexicon, self.rules_version = article, lexicon, rules_version
        self.version = article.version
        self.names = Names()
        self._written = Written(article)
        self.outline = outline
        self.subjects = Subjects(lexicon, outline.title, outline.whose)
        self._told: dict[int, Headings] = {}  # by section
        self._title_places: list[Place] = []
        self._title = numbered(outline.title, self._title_places)
        self._numbered: dict[int, tuple[Context, Context, list[Place]]] = {}  # by the id of the first
        self._authority: tuple[Statement, Authority | None] | None = None
        self._quoted = (-1, -1)
        self._quote = ""  # the words there

    def drug(self, parsed: Parsed, index: int, offset: int) -> Drug:
        """The drug at an index of a statement that begins at `offset`."""
        return placed_drug(drug_at(parsed, index), offset, [], self.article.text)

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
        above, places = self._without_places(context)
        if inherited or beside or carried:
            places = places.copy()
        around = Around(
            above,
            numbered(inherited, places),
            structural,
            numbered(beside, places),
            numbered(carried, places),
            self._headings(statement),
            self._title,
            self.outline.whose,
        )
        offset, text = statement.start, self.article.text
        drafts = drafts_of(parsed, around, self.lexicon)
        if statement.cell is not None:
            drafts = tuple([in_row(draft, statement) for draft in drafts])
        return [
            Draft(
                placed_drug(d.drug, offset, places, text), d.finding, d.fields, d.kind, d.with_drugs,
                tuple([placed_disease(one, offset, places) for one in d.diseases]), d.doses, d.rows,
            )
            for d in drafts
        ]  # fmt: skip

    def _headings(self, statement: Statement) -> Headings:
        """What the headings above a statement tell of all below them."""
        section = self.article.blocks[statement.block].section
        known = self._told.get(section)
        if known is None:
            known = self._told[section] = read_headings(self.article.sections[section].path)
        return known

    def _without_places(self, context: Context) -> tuple[Context, list[Place]]:
        """A context with numbers for its places, and those places behind the title's; statements below one lead-in share
        their context."""
        known = self._numbered.get(id(context))
        if known is None:
            places = self._title_places.copy()
            above = context._replace(diseases=numbered(context.diseases, places), cites=())
            known = self._numbered[id(context)] = (context, above, places)
        return known[1:]

    def claims(self, statement: Statement, draft: Draft, context: Context) -> Iterator[Claim]:
        """The rows of one draft: one for each disease and dose."""
        if self._authority is None or self._authority[0] is not statement:
            self._authority = (statement, self._guideline(statement))
        if self._quoted != (
            statement.start,
            statement.end,
        ):  # one string for all rows, also of the parts of a row
            self._quoted = (statement.start, statement.end)
            self._quote = self.article.text[statement.start : statement.end]
        authority = self._authority[1]
        for disease in draft.diseases:
            for row in draft.rows:
                yield self._claim(statement, draft, row, disease, context, authority)

    @staticmethod
    def _guideline(statement: Statement) -> Authority | None:
        """The guideline that a statement names, at its place counted from where the statement begins."""
        named = find_guideline(statement.text)
        if named is None or statement.cell is None:
            return named
        start, end = (statement.place(at) - statement.start for at in (named.start, named.end))
        return replace(named, start=start, end=end)

    def _claim(
        self,
        statement: Statement,
        draft: Draft,
        row: Row,
        disease: Disease,
        context: Context,
        authority: Authority | None,
    ) -> Claim:
        article, fields = self.article, row.fields

        def written(words: str) -> str:
            return self._written.of(words, statement.start, statement.end) if self._written.changes else words

        dose = row.dose.dose if row.dose else None
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
                dose,
                fields.line or "unstated",
                fields.setting,
                fields.population,
                draft.with_drugs,
            ),
            drug=draft.drug.name,
            drug_kind=draft.drug.kind,
            drug_text=written(draft.drug.text),
            drug_code=draft.drug.code or None,
            disease=disease.name,
            disease_text=written(disease.text),
            disease_code=disease.code or None,
            disease_origin=disease.origin,
            direction=fields.direction or "unstated",
            strength=strength,
            strength_origin=origin,
            certainty=fields.certainty or "unstated",
            grade_text=fields.grade_text and written(fields.grade_text),
            grade_system=system,
            line=fields.line or "unstated",
            preference=fields.preference or "unstated",
            setting=fields.setting,
            population=fields.population,
            condition=tuple(map(written, fields.condition)),
            with_drugs=draft.with_drugs,
            kind=draft.kind,
            guideline=authority.name if authority else None,
            dose=replace(dose, dose_text=written(dose.dose_text)) if dose and self._written.changes else dose,
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
            provenance=marks_of(row.marks, statement.start, draft.drug, disease, authority),
            rules_version=self.rules_version,
        )
