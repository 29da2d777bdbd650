"""Bytes have become an article; here the article becomes claims."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from pipeline.claims.grades import grading_body
from pipeline.claims.names import Disease
from pipeline.claims.reading import Reader
from pipeline.claims.resolve import Resolver
from pipeline.claims.rows import Draft, Drug
from pipeline.claims.scope.types import Parsed
from pipeline.claims.seen import names_drug, read_statement
from pipeline.claims.statements import Statement, cut
from pipeline.claims.steps import with_steps
from pipeline.claims.structure.context import Context
from pipeline.claims.structure.outline import Outline
from pipeline.claims.tables import row_findings
from pipeline.model import Article, Block, Claim
from pipeline.model.content import package_version
from pipeline.vocabulary import Lexicon, define_abbreviations

# all that decides what is read in an article: change any of it, and articles are read and extracted anew
DECIDING = (
    "articles", "claims", "vocabulary", "model/article.py", "model/claim.py", "model/columns.py", "model/snapshot.py",
)  # fmt: skip

_SILENT_SECTIONS = frozenset({"references", "disclaimer"})
_ANAPHORA = re.compile(
    r"^\W*(?:this|these|it|they|both|such|the (?:dose|drug|usual|typical|recommended|starting|initial|standard|treatment|course|duration|combination))\b",
    re.IGNORECASE,
)
_DOSE_LIKE = re.compile(
    r"\d\s?(?:m?c?g|mg|µg|μg|IU|units?|m[lL]|mmol|mEq|%|puffs?|drops?|tablets?)\b|\bmonths?\b|\bdays?\b|\bweeks?\b|\bdaily\b"
)
_PRONOUN = re.compile(
    r"^\W*(?:(?:it|they|this drug|this agent|these drugs|these agents)\b|contraindicated\b|(?:avoid|discontinue|stop|withhold|hold) (?:in|if|with|when|during|before|for|at|once)\b|"
    r"not (?:recommended|indicated|for use)\b|(?:should|must) not\b|"
    r"(?:avoid|stop|discontinue|withhold|hold|use|give|take|continue|do not (?:use|give|combine|start|stop)|never (?:use|give|combine))\s"
    r"(?:it|them|this (?:drug|agent|combination|regimen)|the (?:drug|combination)|these (?:drugs|agents))\b)",
    re.IGNORECASE,
)
# "Recommended for refractory disease" below a heading that names a drug
_SUBJECTLESS = re.compile(
    r"\W*(?:(?:strongly\s|conditionally\s|also\s|now\s|not\s|generally\s|usually\s)?(?:recommended|preferred|indicated|suggested|considered|reserved|"
    r"favou?red|used|advised|effective|useful|appropriate)\s(?:for|in|as|when|if|only|over|after|during|to)\b|"
    r"(?:the\s)?(?:first|second|third)[- ](?:line|choice)(?:\s(?:agent|drug|therapy|treatment|option))?\s(?:for|in|when|if|only|after)\b|(?:the\s|a\s)?(?:preferred|drug of choice|treatment of choice)\b|"
    r"(?:an\s)?(?:alternative|option)\s(?:for|to|in|when|if)\b|(?:may|can|should|must)\s(?:also\s)?be\b)",
    re.IGNORECASE,
)
# "Severe hepatic impairment: avoid": of the drug above
_LABEL_AVOID = re.compile(
    r"[^:.;]{3,80}:\s*(?:avoid(?:\s(?:use|completely|if possible|entirely))?|contraindicated|not recommended|do not use|should be avoided|"
    r"(?:stop|discontinue|hold|withhold)(?:\s(?:the drug|it|treatment))?|use is contraindicated|no(?:t)? (?:use|indicated))(?:\W|\d)*$",
    re.IGNORECASE,
)
_LABEL_OF_NONE = re.compile(
    r"\W*(?:alcohol|smoking|tobacco|live vaccines|grapefruit|driving|exercise)\b", re.IGNORECASE
)
# "Treat for 7 days", "Continue the regimen for 6 months": how long all treatment goes on, not the drug of the bullet before.
_GENERAL = re.compile(
    r"\W*(?:(?:(?:antibiotic|antifungal|antiviral)\s)?(?:treatment|therapy|antibiotics|antifungals|antivirals)\s"
    r"(?:should|must|may|can|is|are)\b|"
    r"(?:do not\s|avoid\s)?(?:treat|continue|extend|prolong|limit|shorten|complete|give|reassess|stop)(?:ing)?\b"
    r"(?!\s(?:it|them|this|these|treatment with|therapy with)\b))",
    re.IGNORECASE,
)
# for text in lower case
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|should|must|may|might|can|could|will|would|does|do|requires?|causes?|inhibits?|"
    r"increases?|reduces?|acts?|works?|binds?|needs?|carry|carries|leads?|provides?|offers?|appears?|improves?|lowers?|"
    r"decreases?|blocks?|prevents?|slows?|demonstrate[ds]?|show(?:s|ed|n)?|exhibits?|interacts?|produces?|accumulates?|"
    r"raises?|elevates?|potentiates?|prolongs?|impairs?|worsens?|precipitates?|exacerbates?|diminish(?:es)?|enhances?|competes?|"
    r"cross(?:es)?|targets?|activates?|suppress(?:es)?|stimulates?|undergo(?:es)?)\b"
)
# Labels of bullets that tell something else than what to give.
_OTHER_LABEL = re.compile(
    r"\W*(?:common |serious |major |key |drug )?(?:mechanisms?|interactions?|adverse|side|toxicit|monitor|risk|causes?|triggers?|safety|"
    r"differential|diagnos|evidence|rationale|warning|pharmaco|history|note|etiolog|pathogen|epidemiolog|limitation|cost|availab)",
    re.IGNORECASE,
)
_WATCHED = re.compile(
    r"\W*(?:(?:laboratory|safety|drug)\s)?(?:monitoring|follow-?up)\b(?!.*\band\b)", re.IGNORECASE
)
# "Dosing of biologics:" tells what is listed below, and advises on nothing.
_DOSES_OF = re.compile(
    r"\W*(?:usual |typical |standard )?(?:dos(?:es?|ing|age)|regimens?|duration|choice)\s(?:of|for)\s[^:.]*:$",
    re.IGNORECASE,
)
_ABOUT_GRADE = re.compile(
    r"^\W*(?:this|these)\s+(?:is|are|was|recommendations?|represents?)\b", re.IGNORECASE
)


def rules_version(lexicon: Lexicon) -> str:
    """A short hash of the code and data that read articles and find claims, and of the vocabulary with what users added."""
    return hashlib.sha256(f"{package_version(*DECIDING)} {lexicon.version}".encode()).hexdigest()[:12]


def extract_claims(article: Article, *, lexicon: Lexicon | None = None) -> tuple[Claim, ...]:
    """Every claim of an article, in reading order. The same article gives the same claims.

    Raises PatternError where a pattern file of the package is broken.
    """
    return _Extraction(article, lexicon or Lexicon.default()).run()


class _Extraction:
    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        self.article = article
        self.lexicon = lexicon
        self.reader = Reader(lexicon, define_abbreviations(article.text, lexicon), grading_body(article.text))
        self.statements: dict[int, list[Statement]] = {}
        for statement in cut(article):
            self.statements.setdefault(statement.block, []).append(statement)
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
            known = read_statement(self.reader, s.text, s.cite_spans)
            if self.article.blocks[block].kind == "row":
                # a table row's findings are changed by the heads of its columns
                known = replace(known, findings=[replace(f) for f in known.findings])
            self._parsed[block, k] = known
        return known

    def run(self) -> tuple[Claim, ...]:
        claims: list[Claim] = []
        beside_key: dict[tuple[int, int | None, int], tuple[Drug, ...]] = {}
        told = any(self.outline.section(i).diseases for i in range(1, len(self.article.sections)))
        section = 0
        for index, block in enumerate(self.article.blocks):
            if told and block.section != section:
                # where headings tell the disease, another section is not about the one last spoken of
                section = block.section
                self._recent = () if len(self.outline.title) < 2 else self._recent
            if index not in self.statements or self.article.sections[block.section].role in _SILENT_SECTIONS:
                continue
            statements = self.statements[index]
            named_in = [names_drug(self.reader, s.text) for s in statements]
            speaking = [k for k, s in enumerate(statements) if named_in[k] or not self._is_silent(s, index)]
            if not speaking or not (any(named_in) or any(self._matters(s, block.parent) for s in statements)):
                continue
            context = self.outline.block(index)
            key = (block.section, block.parent, block.depth)
            before: tuple[Drug, ...] = ()
            avoided = False  # whether the drugs before are advised against
            for k in speaking:
                statement, parsed = statements[k], self._read(index, k)
                if (
                    parsed.skip
                    or statement.text.endswith("?")
                    or (statement.text.endswith(":") and _DOSES_OF.match(statement.text))
                ):
                    continue
                if block.kind == "row":
                    row_findings(self.article, block, statement, parsed, self.reader)
                inherited = self._inherited(
                    statement,
                    parsed,
                    context,
                    () if avoided and parsed.reading.doses and _only_timed(parsed) else before,
                    beside_key.get(key, ()) or self._beside_parent(block, beside_key),
                    block.parent is not None,
                )
                beside: tuple[Drug, ...] = ()
                if any(f.beside for f in parsed.findings):
                    beside = before or beside_key.get(key, ()) or self._lead_drugs(index) or _above(context)
                unsaid = any(f.drug is not None and not f.said for f in parsed.findings)
                structural = unsaid and self._structural(statement, parsed, context, block.kind)
                about = self._about_grade(statement, parsed, index, claims)
                if about:
                    claims += about
                    continue
                drafts = self.resolver.drafts(
                    statement, parsed, context, inherited, structural, beside, self.recent(context)
                )
                if context.undecided:
                    drafts = [d for d in drafts if d.finding.said]
                for draft in drafts:
                    claims += self.resolver.claims(statement, parsed, draft, context)
                advice = [d for d in drafts if d.kind == "recommendation"]
                named = tuple(d.drug for d in advice)
                if named:
                    avoided = all(d.fields.direction == "against" for d in advice)
                    before = tuple({d.name: d for d in named}.values())
                    if statement.first_of_block or block.kind != "item":
                        beside_key[key] = before
                if self._asks_for_disease_of(index):
                    own = self._own_diseases(drafts)
                    self._recent = own or self.resolver.named(statement, parsed) or self._recent
        return with_steps(claims, self.resolver.names.again)

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

    def _is_silent(self, statement: Statement, index: int) -> bool:
        """Whether a statement that names no drug can give no claim, whatever it says of the disease: it gives no dose,
        and does not go on about a drug named before. It is not even read, unless its disease may be that of others."""
        block, text = self.article.blocks[index], statement.text
        return not (
            block.kind == "row"
            or self._asks_for_disease_of(index)
            or _ANAPHORA.match(text)
            or _PRONOUN.match(text)
            or _LABEL_AVOID.match(text)
            or self.reader.may_dose(text, statement.cite_spans)
            or ((block.parent is not None or _SUBJECTLESS.match(text)) and self.outline.block(index).drugs)
        )

    def _matters(self, statement: Statement, parent: int | None) -> bool:
        """Whether a statement can give a claim or tell of what others speak: it names a drug, gives a dose, speaks of
        "this" or stands under a bullet. The rest is never read."""
        text = statement.text
        return (
            parent is not None
            or self.lexicon.might_mention(text)
            or _DOSE_LIKE.search(text) is not None
            or _ANAPHORA.match(text) is not None
            or _LABEL_AVOID.match(text) is not None
            or _SUBJECTLESS.match(text) is not None
            or self._says_disease(text)
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
                return tuple(replace(d, origin="lead-in") for d in draft.diseases)
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

    def _inherited(
        self,
        statement: Statement,
        parsed: Parsed,
        context: Context,
        before: tuple[Drug, ...],
        sibling: tuple[Drug, ...],
        nested: bool,
    ) -> tuple[Drug, ...]:
        reading = parsed.reading
        if reading.drugs and any(parsed.usable):
            return ()
        monitoring = any(c.value == "monitor" and c.start < 25 and not c.form for c in reading.of("ROLE"))
        if monitoring:
            return ()
        conditional = [z for z in parsed.zones if z.role == "conditional"]
        dosed = any(not any(z.holds(d.start) for z in conditional) for d in reading.doses)
        above = _above(context)
        if _LABEL_AVOID.match(statement.text) and not _LABEL_OF_NONE.match(statement.text):
            return tuple(_elsewhere(d) for d in before or sibling or above)
        said = any(f.said and f.fields.direction for f in parsed.findings)
        if nested and above and (dosed or said):
            return above
        if dosed and _only_timed(parsed) and _GENERAL.match(statement.text):
            return ()
        if before and (
            dosed or (said and (_ANAPHORA.match(statement.text) or _PRONOUN.match(statement.text)))
        ):
            return tuple(_elsewhere(d) for d in before)
        if sibling and (dosed or (said and _PRONOUN.match(statement.text))):
            return tuple(_elsewhere(d) for d in sibling)
        of_heading = len(above) == 1 and said
        speaks = _PRONOUN.match(statement.text) or _SUBJECTLESS.match(statement.text)
        return above if dosed or (of_heading and speaks) else ()

    def _structural(self, statement: Statement, parsed: Parsed, context: Context, kind: str) -> bool:
        if kind == "row":
            return True
        drugs = parsed.reading.drugs
        if not drugs:
            return False
        path = self.article.sections[self.article.blocks[statement.block].section].path
        if path and _WATCHED.match(path[-1]):
            return False  # "Methotrexate: creatinine every 8 weeks"
        if kind != "item" or not statement.first_of_block:
            # "Pneumonia: amoxicillin plus azithromycin.": no sentence, but advice.
            combined = any(f.partners for f in parsed.findings)
            return combined and parsed.frame > 0 and not _FINITE.search(parsed.reading.text.lower())
        led = context.leads and bool(
            context.direction or context.line or context.preference or context.setting
        )
        # "With a low filtration rate: amlodipine or ...": after a label the bullet begins.
        text, frame = parsed.reading.text, parsed.frame
        first = next((d for d in drugs if d.start >= frame), drugs[0])
        begin = (
            frame
            if text[:frame].endswith(":") and first.start >= frame and not _OTHER_LABEL.match(text)
            else 0
        )
        starts = len(text[begin : first.start].split()) <= (5 if context.direction == "against" else 3)
        head = re.split(r"[,:;(]", text[first.end :])[0]
        acts = starts and _FINITE.search(head.lower()) is not None
        return not acts and (led or starts)

    def _about_grade(
        self, statement: Statement, parsed: Parsed, index: int, claims: list[Claim]
    ) -> list[Claim]:
        """ "This is a strong recommendation with ...": the statement before it, with its grade."""
        if any(parsed.usable) or not _ABOUT_GRADE.match(statement.text) or not parsed.whole.strength:
            return []
        lead = self.article.blocks[index].lead_in
        start = claims[-1].char_start if claims else -1
        if lead is not None:
            inside = [
                c
                for c in claims
                if self.article.blocks[lead].start <= c.char_start < self.article.blocks[lead].end
            ]
            start = inside[-1].char_start if inside else start
        section = self.article.sections[self.article.blocks[index].section].path
        out = []
        for claim in claims:
            if claim.char_start != start or claim.section != section or claim.dose is not None:
                continue
            out.append(
                replace(
                    claim,
                    claim_id=self.resolver.names.again(claim),
                    strength=parsed.whole.strength,
                    strength_origin="statement",
                    certainty=parsed.whole.certainty or claim.certainty,
                    grade_text=parsed.whole.grade_text,
                    grade_system=parsed.whole.grade_system,
                    quote=self.article.text[statement.start : statement.end],
                    char_start=statement.start,
                    char_end=statement.end,
                    cites=statement.cites or claim.cites,
                    guideline=None,
                )
            )
        return out


def _above(context: Context) -> tuple[Drug, ...]:
    """The drugs that the headings or the parent bullet name."""
    return tuple(
        Drug(m.concept.name, m.concept.kind, m.concept.name, m.concept.code, -1, -1, "drug.inherited")
        for m in context.drugs
    )


def _only_timed(parsed: Parsed) -> bool:
    """Whether the doses of a statement tell only how long or how often."""
    return all(d.dose.dose_basis is None for d in parsed.reading.doses)


def _elsewhere(drug: Drug) -> Drug:
    return replace(drug, rule="drug.inherited")
