"""Bytes have become an article; here the article becomes claims."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from pipeline.claims.comparison import read_comparison
from pipeline.claims.grade_sentences import graded_anew, tells_grade
from pipeline.claims.grades import grading_body
from pipeline.claims.hints import Hints
from pipeline.claims.names import Disease
from pipeline.claims.openings import DOSES_OF, REVISED, REVISES
from pipeline.claims.place import drugs_above, inherited_drugs, is_structural, only_timed, spoken_of
from pipeline.claims.reading import Reader
from pipeline.claims.resolve import Resolver
from pipeline.claims.rows import Draft, Drug
from pipeline.claims.scope.types import Parsed
from pipeline.claims.seen import hints, read_row, read_statement, read_statements
from pipeline.claims.statements import Statement, cut
from pipeline.claims.steps import with_steps
from pipeline.claims.structure.context import Context
from pipeline.claims.structure.outline import Outline
from pipeline.model import Article, Block, Claim
from pipeline.model.collector import uncollected
from pipeline.model.content import package_version
from pipeline.vocabulary import Lexicon, define_abbreviations

# all that decides what is read in an article: change any of it, and articles are read and extracted anew
DECIDING = (
    "articles", "claims", "vocabulary", "model/article.py", "model/claim.py", "model/columns.py", "model/snapshot.py",
)  # fmt: skip

_SILENT_SECTIONS = frozenset({"references", "disclaimer"})


def rules_version(lexicon: Lexicon) -> str:
    """A short hash of the code and data that read articles and find claims, and of the vocabulary with what users added."""
    return hashlib.sha256(f"{package_version(*DECIDING)} {lexicon.version}".encode()).hexdigest()[:12]


@uncollected()  # a twentieth of the time
def extract_claims(article: Article, *, lexicon: Lexicon | None = None) -> tuple[Claim, ...]:
    """Every claim of an article, in reading order. The same article gives the same claims.

    Raises PatternError where a pattern file of the package is broken.
    """
    return _Extraction(article, lexicon or Lexicon.default()).run()


class _Heard(NamedTuple):
    """A block that may give claims: its place among the blocks, what stands above it, and those of its statements that say something."""

    at: int
    block: Block
    context: Context
    statements: list[tuple[Statement, Parsed]]


class _Extraction:
    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        self.article = article
        self.lexicon = lexicon
        self.reader = Reader(lexicon, define_abbreviations(article.text, lexicon), grading_body(article.text))
        self.statements: dict[int, list[Statement]] = {}
        for statement in cut(article):
            self.statements.setdefault(statement.block, []).append(statement)
        self._hints: dict[int, list[Hints]] = {}
        self._parsed: dict[tuple[int, int], Parsed] = {}
        self._recent: tuple[Disease, ...] = ()
        self.outline = Outline(article, self.reader, lexicon, self.parsed)
        self.resolver = Resolver(article, lexicon, rules_version(lexicon), self.outline)

    def parsed(self, block: int) -> list[Parsed]:
        """The statements of a block as read."""
        return [self._read(block, k) for k in range(len(self.statements.get(block, ())))]

    def _read(self, block: int, k: int) -> Parsed:
        known = self._parsed.get((block, k))
        if known is None:
            s = self.statements[block][k]
            known = self._parsed[block, k] = read_statement(self.reader, s.text, s.cite_spans)
        return known

    def _read_ahead(self) -> None:
        """Looks at the statements of all sections that may give claims, and reads those that name drugs."""
        article = self.article
        silent = {i for i, section in enumerate(article.sections) if section.role in _SILENT_SECTIONS}
        heard = {i: s for i, s in self.statements.items() if article.blocks[i].section not in silent}
        told = iter(hints(self.reader, [s for statements in heard.values() for s in statements]))
        self._hints = {i: list(islice(told, len(statements))) for i, statements in heard.items()}
        named = [(i, k) for i, hinted in self._hints.items() for k, hint in enumerate(hinted) if hint.drug]
        read = read_statements(self.reader, [self.statements[i][k] for i, k in named])
        self._parsed.update(zip(named, read, strict=True))

    def _heard(self) -> list[_Heard]:
        """The blocks that may give claims, with what stands above them and their statements as read."""
        out = []
        for index, told in self._hints.items():
            block, statements = self.article.blocks[index], self.statements[index]
            speaking = [k for k, hint in enumerate(told) if hint.drug or not self._is_silent(hint, index)]
            if not speaking or not (
                block.parent is not None
                or any(hint.matters for hint in told)
                or len(block.cells) > 2
                or any(self._says_disease(s.text) for s in statements)
            ):
                continue
            context = self.outline.block(index)
            read = []
            revises = any(REVISES.match(s.text) for s in statements)
            for k in speaking:
                statement, parsed = statements[k], self._read(index, k)
                if (
                    parsed.skip
                    or (revises and REVISED.search(statement.text))
                    or (statement.text.endswith(":") and DOSES_OF.match(statement.text))
                ):
                    continue
                if statement.text.endswith("?"):
                    read.append((statement, parsed))  # only the next one may go on about its drugs
                    continue
                columns = None
                if block.kind == "row":
                    columns = read_comparison(self.reader, self.article, block, statement)
                if columns is not None:
                    read += columns
                    continue
                if block.kind == "row":
                    parsed = self._parsed[index, k] = read_row(self.reader, self.article, block, statement)
                read.append((statement, parsed))
            out.append(_Heard(index, block, context, read))
        return out

    def run(self) -> tuple[Claim, ...]:
        """All claims, in stages: each for all statements before the next (see `read_statements`)."""
        claims: list[Claim] = []
        waiting: list[tuple[Statement, Draft, Context]] = []  # for their rows to be made
        beside_key: dict[tuple[int, int | None, int], tuple[Drug, ...]] = {}
        beside_earlier: dict[tuple[int, int | None, int], tuple[Drug, ...]] = {}  # of the bullet before that
        headed = any(self.outline.section(i).diseases for i in range(1, len(self.article.sections)))
        section = 0
        self._read_ahead()
        for index, block, context, statements in self._heard():
            if headed and block.section != section:
                # where headings tell the disease, another section is not about the one last spoken of
                section = block.section
                self._recent = () if len(self.outline.title) < 2 else self._recent
            key = (block.section, block.parent, block.depth)
            before: tuple[Drug, ...] = ()
            earlier: tuple[Drug, ...] = ()  # those of the statement before that one
            avoided = False  # whether the drugs before are advised against
            for statement, parsed in statements:
                if statement.text.endswith("?"):
                    usable = [i for i, usable in enumerate(parsed.usable) if usable]
                    if usable:
                        named = tuple(self.resolver.drug(parsed, i, statement.start) for i in usable)
                        earlier, before = before, tuple({d.name: d for d in named}.values())
                    continue
                inherited = parsed.column or inherited_drugs(
                    statement,
                    parsed,
                    context,
                    ()
                    if avoided and parsed.reading.doses and only_timed(parsed)
                    else spoken_of(statement, before, earlier),
                    spoken_of(statement, beside_key.get(key, ()), beside_earlier.get(key, ()))
                    or self._beside_parent(block, beside_key),
                    block.parent is not None,
                )
                beside: tuple[Drug, ...] = ()
                if any(f.beside for f in parsed.findings):
                    beside = (
                        before or beside_key.get(key, ()) or self._lead_drugs(index) or drugs_above(context)
                    )
                unsaid = any(f.drug is not None and not f.said for f in parsed.findings)
                structural = unsaid and is_structural(self.article, statement, parsed, context, block.kind)
                if tells_grade(statement, parsed):
                    claims += self._rows(waiting)
                    waiting.clear()
                    about = graded_anew(self.article, statement, parsed, claims, self.resolver.names.again)
                    if about:
                        claims += about
                        continue
                drafts = self.resolver.drafts(
                    statement, parsed, context, inherited, structural, beside, self.recent(context)
                )
                if context.undecided:
                    drafts = [d for d in drafts if d.finding.said]
                waiting += [(statement, draft, context) for draft in drafts]
                advice = [d for d in drafts if d.kind == "recommendation"]
                named = tuple(d.drug for d in advice)
                if named:
                    avoided = all(d.fields.direction == "against" for d in advice)
                    earlier, before = before, tuple({d.name: d for d in named}.values())
                    if statement.first_of_block or block.kind != "item":
                        beside_earlier[key], beside_key[key] = beside_key.get(key, ()), before
                if self._asks_for_disease_of(index):
                    own = self._own_diseases(drafts)
                    self._recent = own or self.resolver.subjects.named(statement, parsed) or self._recent
        claims += self._rows(waiting)
        return with_steps(claims, self.resolver.names.again)

    def _rows(self, drafts: list[tuple[Statement, Draft, Context]]) -> Iterator[Claim]:
        """The rows of drafts."""
        for statement, draft, context in drafts:
            yield from self.resolver.claims(statement, draft, context)

    def _beside_parent(
        self, block: Block, beside_key: dict[tuple[int, int | None, int], tuple[Drug, ...]]
    ) -> tuple[Drug, ...]:
        """The drugs of the bullet beside the parent of a block, where the parent names none ("Children aged 2 and older:")."""
        if block.parent is None or any(p.reading.drugs for p in self.parsed(block.parent)):
            return ()
        parent = self.article.blocks[block.parent]
        return beside_key.get((parent.section, parent.parent, parent.depth), ())

    def _asks_for_disease_of(self, index: int) -> bool:
        """Whether the disease of a block's statements may be that of the next: only where the title leaves it open."""
        title = self.outline.title
        return len(title) > 1 or (not title and self.article.blocks[index].kind != "item")

    def _is_silent(self, hint: Hints, index: int) -> bool:
        """Whether a statement that names no drug can give no claim, whatever it says of the disease: it gives no dose,
        and does not go on about a drug named before. It is not even read, unless its disease may be that of others."""
        block = self.article.blocks[index]
        return not (
            hint.dose
            or hint.refers
            or block.kind == "row"
            or self._asks_for_disease_of(index)
            or ((block.parent is not None or hint.subjectless) and self.outline.block(index).drugs)
        )

    def _says_disease(self, text: str) -> bool:
        return not self.outline.title and bool(self.lexicon.find_diseases(text))

    def recent(self, context: Context) -> tuple[Disease, ...]:
        """The disease last spoken of, for a text whose title and headings name none."""
        if context.diseases or self.outline.title:
            # A title that names several diseases leaves open which: the one last spoken of.
            names = {d.name for d in context.diseases}
            among = len(names) > 1 and context.diseases == self.outline.title
            return tuple(d for d in self._recent if d.name in names) if among else ()
        return self._recent

    def _own_diseases(self, drafts: list[Draft]) -> tuple[Disease, ...]:
        for draft in drafts:
            if draft.diseases and draft.diseases[0].origin == "statement":
                return tuple(d._replace(origin="lead-in") for d in draft.diseases)
        return ()

    def _lead_drugs(self, index: int) -> tuple[Drug, ...]:
        lead = self.article.blocks[index].lead_in
        if lead is None or lead not in self.statements:
            return ()
        return self._targets(lead)

    def _targets(self, block: int) -> tuple[Drug, ...]:
        out = []
        for statement, parsed in zip(self.statements[block], self.parsed(block), strict=True):
            for finding in parsed.findings:
                if finding.drug is not None and finding.said:
                    out.append(self.resolver.drug(parsed, finding.drug, statement.start))
        return tuple({d.name: d for d in out}.values())
