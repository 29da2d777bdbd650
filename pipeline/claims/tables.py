"""Rows of tables: the column heads say which cells name the drug, and give their words to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from pipeline.claims.answers import answered, with_answers
from pipeline.claims.asides import apart, renumbered
from pipeline.claims.cells import Cells, spans_of
from pipeline.claims.columns import (
    advises_against,
    against_in_cells,
    by_column,
    course_of,
    excluded_cells,
    limit_to_cells,
    tell_diseases,
    told_line,
    with_course,
)
from pipeline.claims.cues.words import plain
from pipeline.claims.reading import DoseMention, Reader, without
from pipeline.claims.row_grades import grade_of_row, only_grades
from pipeline.claims.rows import Drug
from pipeline.claims.scope.conditions import words_of
from pipeline.claims.scope.fields import Fields, Place
from pipeline.claims.scope.objects import avoids_a_thing
from pipeline.claims.scope.parse import parse
from pipeline.claims.scope.types import Finding, Parsed
from pipeline.claims.silent_cells import silent_cells
from pipeline.claims.statements import Statement
from pipeline.model import Article, Block
from pipeline.vocabulary.concept import CLASS

_DRUGS = re.compile(
    r"drug|agent|medic|treatment|therap|antibiotic|antimicrobial|regimen|option|name|first|second|third|line|alternativ|"
    r"prefer|choice|recommend|class|avoid|contraindicat|intervention|product",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"monitor|comment|note|adverse|side.?effect|interaction|mechanism|evidence|reference|cost|caution|precaution|"
    r"consideration|warning|duration|dos(?:e|age|ing)|frequency|route|strength|grade|level|class of rec|indication|population",
    re.IGNORECASE,
)
_GROUP = re.compile(r"patient|population|group|comorbid|coexist|subgroup", re.IGNORECASE)

_NOTES = re.compile(r"\b(?:comment|note|detail|example|remark)", re.IGNORECASE)
_DOSING = re.compile(r"dos|route", re.IGNORECASE)
# "Drug and dose", "Regimen (dose, duration)", "Dose and agent": both stand in its cells
_WITH_DOSE = re.compile(
    r"\b(?:drugs?|agents?|medic\w+|treatments?|therap(?:y|ies)|anti\w+|regimens?|options?|choices?|lines?|alternatives?|interventions?|recommendations?)"
    r"(?:\s(?:and|with|plus)\s|\W{1,3})(?:(?:the|typical|usual|adult|standard|recommended|example|common|daily|route|and)\W+){0,3}(?:dos(?:e|es|age|ages|ing)|route)\b|"
    r"\bdos(?:e|es|age|ages|ing)\s(?:and|of)\s(?:drugs?|agents?)\b",
    re.IGNORECASE,
)

# What a column head says of the doses below it ("Starting dose", "Maximum dose").
_ROLES = (
    ("maximum", re.compile(r"\bmax", re.IGNORECASE)),
    ("loading", re.compile(r"\b(?:loading|bolus)", re.IGNORECASE)),
    ("maintenance", re.compile(r"\bmaint", re.IGNORECASE)),
    ("target", re.compile(r"\btarget", re.IGNORECASE)),
    ("start", re.compile(r"\b(?:start|initia)", re.IGNORECASE)),
    (
        "reduced",
        re.compile(
            r"\breduced|\b(?:renal|dose|dosage)\s(?:dos(?:e|ing)\s)?adjust|\brenal dos|^[^≥>]*(?:egfr|crcl|clearance)\s?(?:[<≤]|[1-5]?\d\s?[-–])",
            re.IGNORECASE,
        ),
    ),
)


_BAND = re.compile(
    r"clearance|crcl|egfr|\bgfr\b|renal|kidney|hepatic|child-pugh|weight|\bage\b|population|patient|indication|severity",
    re.IGNORECASE,
)
_ORGAN = re.compile(r"clearance|crcl|egfr|\bgfr\b|renal|kidney|hepatic|child-pugh", re.IGNORECASE)
_LIMITED = re.compile(r"\b(?:in|if|with|when|during|for|unless|while|before|after)\b|[<>≤≥]", re.IGNORECASE)
_NORMAL = re.compile(r"\s*(?:[>≥]|normal|no\b|none|mild)", re.IGNORECASE)


def _line_of_row(article: Article, block: Block) -> str:
    """The line of therapy that a cell under "Line" tells ("First", "2nd", "Later"); "" where none does."""
    return next(
        (
            line
            for c in block.cells
            if (line := told_line(plain(c.header), plain(article.text[c.start : c.end])))
        ),
        "",
    )


def row_findings(
    article: Article, block: Block, statement: Statement, parsed: Parsed, reader: Reader
) -> None:
    """Keeps the findings of a row's drug cells, with what the heads of their columns and a strength column say."""
    heads = {}
    kept = []
    if _is_head(article, block):
        parsed.findings, parsed.loose_doses = [], ()
        return
    cells = Cells(block, statement.start)
    if not parsed.reading.drugs:
        _row_of_doses(article, block, statement, parsed, cells, reader)
        if is_spanned(block):
            parsed.column = _drugs_spanning(article, block, reader)
            _with_grade(parsed.findings, grade_of_row(article, block, reader))
        return
    excluded = excluded_cells(article, block, statement, parsed)
    settings = parsed.reading.of("SETTING")
    grades = [c for c in block.cells if settings and only_grades(c.header, article.text[c.start : c.end])]
    answers = list(answered(article, block, reader))
    silent = silent_cells(article, block, statement, parsed, reader)
    if excluded or grades or answers or silent:
        told = (*excluded, *grades, *(a.cell for a in answers), *silent)
        spans = [(c.start - statement.start, c.end - statement.start) for c in told]
        rest = parse(reader.read(without(parsed.reading.text, spans)))
        parsed.findings = [
            replace(renumbered(f, rest, parsed), drug=_same_drug(f, rest, parsed), apart=tuple(spans))
            for f in rest.findings
        ]
    _without_other_drugs(article, block, statement, parsed, reader, cells)
    _apart_from_notes(article, block, statement, parsed, reader)
    line = _line_of_row(article, block)
    graded = grade_of_row(article, block, reader)
    against = advises_against(article, block)
    for finding, head in _drugs_of_row(parsed, cells):
        fields = finding.fields
        refused = against
        if head:
            if head not in heads:
                heads[head] = parse(reader.read(head)).whole
            above = heads[head]
            refused = refused or "against" in (above.direction, graded.direction)
            direction = "against" if refused else fields.direction
            fields = fields.over(above).but(direction=direction)
        if line and not fields.line:
            fields = fields.but(line=line)
        finding.fields = fields
        kept.append(finding)
    _with_grade(kept, graded)
    given = limit_to_cells(block, statement, parsed, kept)
    kept += against_in_cells(statement, parsed, kept, excluded, reader)
    groups = spans_of([*(c for c in block.cells if _GROUP.search(c.header)), *excluded])
    named = groups | spans_of(given)
    for finding in kept:
        beside = named if finding.fields.direction == "against" else groups
        whom = {i for i in finding.diseases if cells.among(parsed.reading.diseases[i].start, beside)}
        finding.others = (*finding.others, *(i for i in finding.diseases if i in whom))
        finding.diseases = tuple(i for i in finding.diseases if i not in whom)
    tell_diseases(block, parsed, kept, cells)
    if len({f.drug for f in kept}) == 1 and kept:
        first = kept[0]
        held = {(dose.start, dose.end) for f in kept for dose in f.doses}
        more = [
            d
            for d in parsed.reading.doses
            if (d.start, d.end) not in held and not _of_another(d, parsed, first.drug, cells)
        ]
        first.doses = (*first.doses, *more)
    course = course_of(block)
    for finding in kept:
        finding.doses = _in_sequence(tuple(_of_column(dose, cells) for dose in finding.doses))
        if course is not None:
            finding.doses = with_course(article, course, statement, finding.doses, reader)
    kept = with_answers(answers, block, statement, kept) if answers else kept
    parsed.findings = list(by_column(statement, kept, reader, cells))
    parsed.loose_doses = ()


def is_spanned(block: Block) -> bool:
    """Whether the first cell of a row is that of a row above, which spans both."""
    return bool(block.cells) and block.cells[0].start < block.start


def _drugs_spanning(article: Article, block: Block, reader: Reader) -> tuple[Drug, ...]:
    """The drugs that the first cell of a row names, which is one of a row above."""
    cell = block.cells[0]
    if not _DRUGS.search(cell.header):
        return ()
    reading = reader.read(plain(article.text[cell.start : cell.end]))
    named = {m.concept.name.lower(): m.concept for m in reading.drugs}
    return tuple(Drug(name, c.kind, c.name, c.code, -1, -1, "drug.column") for name, c in named.items())


def _with_grade(findings: list[Finding], graded: Fields) -> None:
    """Gives findings the grade of their row: that of its advice, not of what its notes warn of."""
    advised = any(f.fields.direction != "against" for f in findings)
    for finding in findings:
        fields = finding.fields
        if advised and fields.direction == "against":
            continue
        if graded.strength and not fields.strength:
            fields = fields.but(strength=graded.strength)
        if graded.certainty and not fields.certainty:
            fields = fields.but(certainty=graded.certainty)
        if graded.grade_text and not fields.grade_text:
            fields = fields.but(grade_text=graded.grade_text, grade_system=graded.grade_system)
        finding.fields = fields


def _same_drug(finding: Finding, part: Parsed, whole: Parsed) -> int | None:
    """The drug of a finding of a part of a row as the whole row counts it."""
    if finding.drug is None:
        return None
    start = part.reading.drugs[finding.drug].start
    return next((i for i, d in enumerate(whole.reading.drugs) if d.start == start), finding.drug)


def _drugs_of_row(parsed: Parsed, cells: Cells) -> list[tuple[Finding, str]]:
    """The findings on drugs that a row is about, each with the head of its column: those in columns of drugs, and those
    that open a note on a class with their dose ("Diclofenac 1% gel 4 g daily"); where there are none, those before a dose below
    "Dosing". Doses there that name a drug of the row once more are its doses."""
    named, dosed = [], []
    for finding in parsed.findings:
        if finding.drug is None:
            continue
        at = parsed.reading.drugs[finding.drug].start
        head = cells.head_at(at)
        of_doses = _DOSING.search(head) is not None
        if not _OTHER.search(head) or (_DRUGS.search(head) and not of_doses) or _WITH_DOSE.search(head):
            named.append((finding, head))
        elif finding.doses and (of_doses or (_NOTES.search(head) and cells.begins_at(at))):
            dosed.append((finding, head))
    if not named:
        return [(f, head) for f, head in dosed if _DOSING.search(head)]
    concepts = [parsed.reading.drugs[f.drug or 0].concept for f, _ in named]
    classes = all(c.kind == CLASS for c in concepts)
    names = {c.name for c in concepts}
    return named + [
        (f, head)
        for f, head in dosed
        if (classes if _NOTES.search(head) else parsed.reading.drugs[f.drug or 0].concept.name in names)
    ]


def _is_head(article: Article, block: Block) -> bool:
    """Whether a row is that of the column heads themselves ("Anticoagulant | Standard dose")."""
    return len(block.cells) > 1 and all(
        cell.header and article.text[cell.start : cell.end].strip() == cell.header.strip()
        for cell in block.cells
    )


def _without_other_drugs(
    article: Article, block: Block, statement: Statement, parsed: Parsed, reader: Reader, where: Cells
) -> None:
    """What another cell advises against a drug of its own ("Stop ACE inhibitors 36 hours before") says nothing of the drug of the row."""
    turned = [f for f in parsed.findings if f.drug is not None and f.fields.direction == "against"]
    if not turned:
        return
    drugs = parsed.reading.drugs
    starts = [statement.start + d.start for d in drugs]
    cells = [
        c for c in block.cells if bisect_left(starts, c.start) < bisect_left(starts, max(c.start, c.end))
    ]
    if len(cells) < 2:
        return
    against = [
        c
        for c in block.cells
        if parse(reader.read(plain(article.text[c.start : c.end]))).whole.direction == "against"
    ]
    if not against or not set(cells[1:]).issuperset(against):
        return
    held = spans_of(against)
    for finding in turned:
        if not where.among(drugs[finding.drug or 0].start, held):
            finding.fields = finding.fields.but(direction="")
            finding.said = False


def _row_of_doses(
    article: Article, block: Block, statement: Statement, parsed: Parsed, cells: Cells, reader: Reader
) -> None:
    """A row of a table about one drug, which a heading or lead-in names: the doses of a band of renal function or weight."""
    doses = tuple(_of_column(dose, cells) for dose in parsed.reading.doses)
    course = course_of(block)
    parsed.loose_doses = doses if course is None else with_course(article, course, statement, doses, reader)
    band = next((c for c in block.cells if _BAND.search(c.header)), None)
    if band is None or not parsed.loose_doses:
        return
    tell_diseases(block, parsed, parsed.findings, cells)
    if any(finding.sure for finding in parsed.findings):
        return  # "Lyme disease" below "Indication" is no condition
    start, end = band.start - statement.start, band.end - statement.start
    if any(start <= d.start < end for d in parsed.loose_doses):
        return
    place = Place("condition", start, end, "condition.band")
    words = words_of(parsed.reading.text, start, end)
    organ = _ORGAN.search(band.header) if not _NORMAL.match(words) else None
    for finding in parsed.findings:
        fields = finding.fields
        if words not in fields.condition:
            fields = replace(fields, condition=(*fields.condition, words), marks=(*fields.marks, place))
        if organ is not None:
            whose = (
                "hepatic impairment" if organ[0].lower() in ("hepatic", "child-pugh") else "renal impairment"
            )
            fields = replace(fields, population=tuple(sorted({*fields.population, whose})))
        finding.fields = fields
    if organ is not None:
        parsed.loose_doses = tuple(
            replace(d, dose=replace(d.dose, dose_role="reduced")) if d.dose.dose_role == "regimen" else d
            for d in parsed.loose_doses
        )


def _apart_from_notes(
    article: Article, block: Block, statement: Statement, parsed: Parsed, reader: Reader
) -> None:
    """Where a cell says when to avoid the drug of its row, that is a finding of its own, and the rest of the row another."""
    turned = [f for f in parsed.findings if f.drug is not None and f.fields.direction == "against"]
    if not turned or len({f.drug for f in turned}) > 1:
        return
    reading = parsed.reading
    named = statement.start + reading.drugs[turned[0].drug or 0].start
    notes = []
    for cell in block.cells:
        if cell.start <= named < cell.end:
            continue
        alone = parse(reader.read(plain(article.text[cell.start : cell.end])))
        if any(avoids_a_thing(alone.reading, c) for c in alone.reading.of("DIRECTION")):
            continue  # "Avoid contact with eyes"
        whole = alone.whole
        limited = _LIMITED.search(article.text[cell.start : cell.end]) or _BAND.search(cell.header)
        if whole.direction == "against" and limited:
            notes.append((cell.start - statement.start, cell.end - statement.start))
    parsed.findings = apart(parsed, notes, reader)


def _of_another(dose: DoseMention, parsed: Parsed, drug: int | None, cells: Cells) -> bool:
    """Whether the cell of a dose names another drug for it ("heparin for 5 days" in the row of a second drug)."""
    span = cells.span_at(dose.start)
    return span is not None and any(
        i != drug and span[0] <= parsed.reading.drugs[i].start < span[1] for i in dose.drugs
    )


def _in_sequence(doses: tuple[DoseMention, ...]) -> tuple[DoseMention, ...]:
    """A first dose that is larger than the maintenance dose of its row is a loading one."""
    kept: dict[str | None, float] = {}  # the least amount of each unit
    for d in (m.dose for m in doses):
        if d.dose_role == "maintenance" and d.daily_high is not None:
            kept[d.daily_unit] = min(d.daily_high, kept.get(d.daily_unit, d.daily_high))
    return tuple(
        replace(m, dose=replace(m.dose, dose_role="loading"))
        if m.dose.dose_role == "start"
        and m.dose.daily_unit in kept
        and kept[m.dose.daily_unit] < (m.dose.daily_high or 0)
        else m
        for m in doses
    )


def _of_column(mention: DoseMention, cells: Cells) -> DoseMention:
    """A dose with the role that the head of its column says, where its own words say none."""
    cell = cells.at(mention.start)
    head = cell.header if cell is not None else ""
    roles = [role for role, pattern in _ROLES if pattern.search(head)]
    if mention.dose.dose_role != "regimen" or len(roles) != 1:
        return mention
    return replace(mention, dose=replace(mention.dose, dose_role=roles[0]))
