"""Columns of a table that tell for whom the drug of their row is ("Preferred in"), for whom it is not ("Not for"), for which
disease ("Indication"), and for whom the doses below them are ("Pediatric dose")."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate, pairwise

from pipeline.claims.bands import find_bands
from pipeline.claims.cells import Cells, spans_of
from pipeline.claims.cues.words import plain
from pipeline.claims.data_files import word_list
from pipeline.claims.dose_rows import JOINT
from pipeline.claims.names import is_comorbidity
from pipeline.claims.reading import DoseMention, Reader
from pipeline.claims.scope.conditions import words_of
from pipeline.claims.scope.fields import SEVERITIES, Fields, Place
from pipeline.claims.scope.parse import parse
from pipeline.claims.scope.situations import says_more
from pipeline.claims.scope.types import Finding, Parsed
from pipeline.claims.statements import Statement
from pipeline.model import Article, Block, Cell

_NOT_FOR = re.compile(
    r"\W*(?:(?:who|when|where)\s(?:not\sto|to\s(?:avoid|stop)|should\s(?:not|avoid))(?:\s(?:use|give|prescribe|it))*|"
    r"(?:not (?:for|in|if|when|recommended|suitable|advised|to be used)|contraindications?|contraindicated|do not (?:use|give)|avoid(?:\suse)?)"
    r"(?:\s(?:in|if|with|when|for))?(?:\spatients(?:\swith)?)?)\W*$",
    re.IGNORECASE,
)
_GIVEN_FOR = re.compile(
    r"\W*(?:(?:best|better|preferred|ideal|recommended|favou?red|useful|most useful|suited|best suited|suitable|reserved?|consider(?:ed)?|"
    r"indicated|choose|chosen|prefer|appropriate|first choice|use|used|good choice)\s(?:for|in|if|when|with)(?:\spatients)?(?:\s(?:with|who))?|"
    r"(?:when|in whom|where)\s(?:to\s(?:use|consider|choose|prefer|give)|preferred|used|indicated)(?:\sit)?|"
    r"(?:preferred|ideal|best)\s(?:patients?|candidates?|population|setting|scenario|situation|circumstances?)s?)\W*$",
    re.IGNORECASE,
)
_PREFERRED = re.compile(r"\W*(?:preferred|first choice)\b", re.IGNORECASE)
# what the patients have or had already: "Induction with", "Previous therapy", "Switching from"
_HAD = re.compile(
    r"\W*(?:(?:induction|remission(?:\sinduced)?|induced|treated|controlled|maintained)\s(?:with|by|on)|"
    r"(?:prior|previous|current|existing|failed|earlier|background|preceding)\s(?:therapy|treatment|drug|agent|regimen|induction|medication|biologic|line)s?|"
    r"(?:switch(?:ing|ed)?|chang(?:ing|ed)|convert(?:ing|ed)?)\sfrom|from|(?:failure|intolerance)\s(?:of|to)|(?:already|currently)\s(?:on|taking|receiving)|if\son|after)\W*$",
    re.IGNORECASE,
)
_INDICATION = re.compile(
    r"\W*(?:indication|infection|diagnosis|disease|disorder|syndrome|condition)s?\W*$", re.IGNORECASE
)
_NOT = re.compile(
    r"\W*(?:not\s|never\s)(?=(?:if|in|for|when|with|during|below|above|under)\s)", re.IGNORECASE
)
_NOBODY = re.compile(
    r"\W{0,9}(?:none|no|nil|nothing|n/?a|not known|no data|-|–|—)?(?:\s(?:known|specific|absolute))?\W{0,9}$",
    re.IGNORECASE,
)
_ANYBODY = re.compile(r"\W*(?:most|all|any|every|general)\b(?:\s[\w-]++){0,2}\W*+$", re.IGNORECASE)


# "Against", "Strong against" in any column; "No" where the column asks
_REFUSED = re.compile(
    r"\W*(?:(?:strong|conditional|weak)(?:ly)?\W+)?(?:recommend(?:ed|ation)?\s)?(?:against(?:\suse)?|not recommended|do not use)"
    r"(?:\W+(?:very\s)?(?:high|moderate|low)(?:[\s-](?:quality|certainty|evidence|of|confidence))*)?\W*",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?!.*\b(?:adjust\w*|monitor\w*|tests?|testing|levels?|dos(?:e|es|ing|age)|screen\w*|duration|off-label|labell?ed)\b)"
    r".*\b(?:recommended|advised|indicated|appropriate|use|used|give|suitable|direction|safe|allowed|permitted|acceptable|compatible)\b",
    re.IGNORECASE,
)
_NO = word_list("refusing-cell")


_LINES = re.compile(r"\W*lines?(?:\sof\s(?:therapy|treatment))?\W*", re.IGNORECASE)
_FIRST = re.compile(r"\W*(?:first|1st|1|i|initial)\b", re.IGNORECASE)
_LATER = re.compile(
    r"\W*(?:second|third|fourth|later|subsequent|further|2nd|3rd|[234]|ii|iii|relapse\w*|refractory|salvage|rescue)\b",
    re.IGNORECASE,
)


def told_line(head: str, words: str) -> str:
    """The line of therapy that a cell under "Line" tells; "" where it tells none, or the head asks for something else.

    >>> told_line("Line", "2nd"), told_line("Line of therapy", "First"), told_line("Dose", "First")
    ('subsequent', 'first', '')
    """
    if not _LINES.fullmatch(head):
        return ""
    return "first" if _FIRST.match(words) else "subsequent" if _LATER.match(words) else ""


def limits(head: str) -> str:
    """What the head of a column or row says of those that it lists: "for", "against", or "" where it tells nothing of them.

    >>> limits("Avoid in"), limits("Preferred in"), limits("Dose")
    ('against', 'for', '')
    """
    return "against" if _NOT_FOR.match(head) else "for" if _GIVEN_FOR.match(head) else ""


def is_nobody(words: str) -> bool:
    """Whether a cell names nobody ("none", "-")."""
    return _NOBODY.match(words) is not None


def advises_against(article: Article, block: Block) -> bool:
    """Whether a cell of a row says nothing but that its drug is advised against ("Against", "No" below "Recommended")."""
    return any(is_refusal(plain(c.header), article.text[c.start : c.end]) for c in block.cells)


def is_refusal(head: str, words: str) -> bool:
    """Whether a cell refuses what its head asks.

    >>> is_refusal("Recommended", "No"), is_refusal("Generic available", "No"), is_refusal("Advice", "Against")
    (True, False, True)
    """
    return bool(_REFUSED.fullmatch(words) or (words.strip().lower() in _NO and _ASKS.match(head)))


def excluded_cells(article: Article, block: Block, statement: Statement, parsed: Parsed) -> list[Cell]:
    """The cells that tell for whom the drug of their row is not: those below "Not for" or "Contraindications", and those
    that begin so themselves ("Not if CrCl <10 mL/min" below "Notes")."""
    return [
        c
        for c in block.cells
        if (_NOT_FOR.match(plain(c.header)) or _NOT.match(article.text[c.start : c.end]))
        and not _NOBODY.match(article.text[c.start : c.end])
        and not parsed.reading.drugs_in(c.start - statement.start, c.end - statement.start)
    ]


def against_in_cells(
    statement: Statement, parsed: Parsed, kept: list[Finding], excluded: list[Cell], reader: Reader
) -> list[Finding]:
    """The advice against the drug of a row that each of its `excluded` cells gives."""
    if len({f.drug for f in kept}) != 1 or kept[0].fields.direction == "against":
        return []
    out = []
    text = parsed.reading.text
    for cell in excluded:
        start, end = cell.start - statement.start, cell.end - statement.start
        negated = _NOT.match(text, start, end)
        start = negated.end() if negated else start
        words = words_of(text, start, end)
        fields = parse(reader.read(words)).whole.but(
            direction="against",
            condition=(words,),
            marks=(Place("condition", start, end, "condition.not-for"),),
        )
        out.append(
            replace(
                kept[0],
                fields=fields,
                kind="recommendation",
                doses=(),
                said=True,
                partners=(),
                apart=((0, len(text)),),
            )
        )
    return out


def limit_to_cells(block: Block, statement: Statement, parsed: Parsed, kept: list[Finding]) -> list[Cell]:
    """Gives what is advised in a row the condition that its cells below "Preferred in" or "When to use" state; those cells.

    Drugs in such a cell ("Dysfunction on an SSRI") are part of the condition, where the row names its drug elsewhere."""
    cells = []
    for cell in block.cells:
        start, end = cell.start - statement.start, cell.end - statement.start
        words = words_of(parsed.reading.text, start, end)
        head = plain(cell.header)
        if not (_GIVEN_FOR.match(head) or _HAD.match(head)) or _NOBODY.match(words):
            continue
        named = [f for f in kept if f.drug is not None and start <= parsed.reading.drugs[f.drug].start < end]
        if len(named) == len(kept):
            continue
        kept[:] = [f for f in kept if f not in named]
        cells.append(cell)
        line = any(start <= c.start < end for name in ("LINE", "PREFERENCE") for c in parsed.reading.of(name))
        if line or _ANYBODY.match(words) or not says_more(parsed.reading, start, end, ()):
            continue
        place = Place("condition", start, end, "condition.column")
        preferred = _PREFERRED.match(head) is not None
        for finding in kept:
            fields = finding.fields
            inside = any(m.field == "condition" and start <= m.start < end for m in fields.marks)
            if fields.direction != "against" and not inside:
                finding.fields = fields.but(
                    condition=(*fields.condition, words), marks=(*fields.marks, place)
                )
                finding.apart = (*finding.apart, (start, end))
            if preferred and fields.direction != "against" and not fields.preference:
                finding.fields = finding.fields.but(preference="preferred")
    return cells


def tell_diseases(block: Block, parsed: Parsed, kept: list[Finding], cells: Cells) -> None:
    """Marks the findings of a row whose disease stands below "Indication" or "Infection" as sure of it."""
    indications = spans_of(c for c in block.cells if _INDICATION.match(plain(c.header)))
    for finding in kept if indications else ():
        mentions = [parsed.reading.diseases[i] for i in finding.diseases]
        finding.sure = bool(mentions) and all(
            not is_comorbidity(m.concept.name) and cells.among(m.start, indications) for m in mentions
        )


Group = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
Spans = tuple[tuple[int, int], ...]
_MANY = 16  # more bands than a table has


_COURSE = re.compile(
    r"\W*(?:treatment\s|usual\s)?(?:duration|course|length)(?:\sof\s(?:treatment|therapy|course))?\W*$",
    re.IGNORECASE,
)

_OWN_COURSE = re.compile(r"\bfor\s|[x×]\s?\d", re.IGNORECASE)


def course_of(block: Block) -> Cell | None:
    """The one cell of a row that tells how long its treatment goes on, below "Duration"."""
    courses = [c for c in block.cells if _COURSE.match(plain(c.header))]
    return courses[0] if len(courses) == 1 else None


def with_course(
    article: Article, course: Cell, statement: Statement, doses: tuple[DoseMention, ...], reader: Reader
) -> tuple[DoseMention, ...]:
    """The doses of a row, all with the duration that stands in its own column, the cell `course`, where they play one part;
    that duration alone where there is no dose."""
    told = [d for d in doses if d.dose.duration_unit is not None]
    amounts = [d for d in doses if d.dose.dose_basis is not None]
    if not told:
        told = _course_of(article, course, statement, reader)
        doses = doses or tuple(told)
    if len(told) != 1 or len({d.dose.dose_role for d in amounts}) > 1:
        return doses
    if told[0].dose.dose_basis is not None and _OWN_COURSE.search(
        statement.text[told[0].start : told[0].end]
    ):
        return doses
    span = told[0].dose
    return tuple(
        replace(
            d,
            dose=replace(
                d.dose,
                duration_low=span.duration_low,
                duration_high=span.duration_high,
                duration_unit=span.duration_unit,
            ),
        )
        for d in doses
    )


def _course_of(article: Article, cell: Cell, statement: Statement, reader: Reader) -> list[DoseMention]:
    """How long the cell of a row below "Duration" tells ("12 weeks"), if nothing else."""
    words = article.text[cell.start : cell.end]
    read = reader.read(f"Give for {plain(words)}").doses if words.strip() else []
    if len(read) != 1 or read[0].dose.dose_basis is not None or read[0].dose.duration_unit is None:
        return []
    start, end = cell.start - statement.start, cell.end - statement.start
    return [replace(read[0], start=start, end=end, drugs=(), dose=replace(read[0].dose, dose_text=words))]


def by_column(statement: Statement, kept: list[Finding], reader: Reader, cells: Cells) -> Iterator[Finding]:
    """The findings of a row, apart for each group of patients or band ("CrCl 10-30 mL/min") that the heads of the columns
    of its doses name."""
    told: dict[str, Group] = {}  # by head
    for finding in kept:
        groups: dict[Group, list[DoseMention]] = {}
        spans: dict[DoseMention, tuple[int, int]] = {}
        for dose in finding.doses if len(finding.doses) > 1 else ():
            head = cells.head_at(dose.start)
            if head not in told:
                told[head] = _group_of(head, reader)
            groups.setdefault(told[head], []).append(dose)
            spans[dose] = cells.span_at(dose.start) or (0, 0)
        if len(groups) < 2:
            yield finding
            continue
        ordered = tuple(sorted(set(spans.values())))
        parted = (after[0] - before[1] > len(JOINT) for before, after in pairwise(ordered))
        joints = list(accumulate(parted, initial=0))
        for (setting, population, bands), doses in groups.items():
            others = _others(ordered, joints, {spans[d] for d in doses})
            fields = _without_cells(finding.fields, statement.text, others)
            fields = fields.but(
                setting=tuple(sorted({*fields.setting, *setting})),
                population=tuple(sorted({*fields.population, *population})),
                condition=(*fields.condition, *bands),
            )
            yield replace(finding, fields=fields, doses=tuple(doses), apart=(*finding.apart, *others))


def _others(cells: Spans, joints: list[int], own: set[tuple[int, int]]) -> Spans:
    """The stretches of some cells, in the order of the text, without a group's own. Of very many, those that stand side by side
    are one stretch; `joints` counts for each the cells up to it that do not stand beside the one before.

    >>> cells = tuple((at, at + 4) for at in range(0, 700, 7))
    >>> _others(cells, [0] * 100, {(14, 18)}), _others(cells[:3], [0] * 3, {(7, 11)})
    (((0, 11), (21, 697)), ((0, 4), (14, 18)))
    """
    if len(cells) < _MANY:
        return tuple(cell for cell in cells if cell not in own)
    out: list[tuple[int, int]] = []
    first = 0
    for last in [*sorted(bisect_left(cells, cell) for cell in own), len(cells)]:
        if first < last and joints[first] == joints[last - 1]:
            out.append((cells[first][0], cells[last - 1][1]))
        else:
            out += cells[first:last]
        first = last + 1
    return tuple(out)


def _group_of(head: str, reader: Reader) -> Group:
    """The severity, the patients and the bands that the head of a column names."""
    said = parse(reader.read(head)).whole if head else Fields()
    bands = tuple(words_of(head, start, end) for start, end in find_bands(head, ages=True))
    return tuple(v for v in said.setting if v in SEVERITIES), said.population, bands


def _without_cells(fields: Fields, text: str, cells: tuple[tuple[int, int], ...]) -> Fields:
    """Fields without the conditions that stand in these cells."""
    marks = [m for m in fields.marks if m.field == "condition" and any(s <= m.start < e for s, e in cells)]
    words = {words_of(text, m.start, m.end) for m in marks}
    return fields.but(
        condition=tuple(c for c in fields.condition if c not in words),
        marks=tuple(m for m in fields.marks if m not in marks),
    )
