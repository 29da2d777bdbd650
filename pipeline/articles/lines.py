"""Lines of plain text: indent, list mark, words, and which lines an editor's screen has wrapped."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.articles.growing import Growing
from pipeline.articles.printed import Words
from pipeline.articles.tables import HEAD
from pipeline.articles.text_tables import table_lines
from pipeline.articles.unit import Unit, UnitCell

# Bullets; some programs write them as letters of a symbol font (U+F0B7 …), and those of the second level as "o".
SIGNS = "•‣◦⁃∙▪▫●○■□◆◇▶►▸➢➤➔→❖✓✔☐☑·\uf0b7\uf0a7\uf0d8\uf076"
# "E. coli", "C. difficile": a capital and a dot before a small letter is a name, not a mark.
_MARK = re.compile(
    rf"(?:(?P<bullet>[{SIGNS}])\s*|(?P<dash>[-‐‑–—*+o])\s+|"
    r"(?P<number>\(?\d{1,3}[.)]|\(?(?:[a-z]|[ivx]{2,4})[.)]|[A-Z]\)|[A-Z]\.(?=\s+[A-Z]))\s+)(?=\S)"
)
_RULE = re.compile(r"[-=_*~#]{3,}|(?:[-*_] ){2,}[-*_]")
_UNDERLINE = re.compile(r"([\^\"'`+.:])\1{2,}")
_ATX = re.compile(r"(#{1,6})\s+(.*)")
_BOLD_LINE = re.compile(r"(\*\*|__)(?=\S)([^*_]+?)(?<=\S)\1(:?)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,400}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]{1,400}?)(?<=[^\s*])\*(?![\w*])")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\((?:[^()\s]{1,500})(?:\s+\"[^\"]{0,200}\")?\)")
_CITE_LINK = re.compile(r"\[\[(\d{1,3}(?:[,–-] ?\d{1,3})*)\]\]\([^()\s]{1,500}\)")
WIDEST = 130  # columns; a text with longer lines is not wrapped by hand
NARROWEST = 40


def is_markdown(text: str) -> bool:
    """Whether the text is written in Markdown (headings with #, or strong words with **)."""
    return text.startswith("#") or "\n#" in text or "**" in text


def scan(text: str, *, markdown: bool = False) -> list[Unit]:
    """One unit per logical line: kind `item` where it has a list mark, else `paragraph` (or `row`).

    Wrapped lines are joined; white space is collapsed; `indent` is the column of the mark or first word,
    `rank` is given by Markdown headings only. Linear in the text.
    """
    lines = text.split("\n")
    rows = table_lines(lines)
    width = _width([line for number, line in enumerate(lines) if number not in rows])
    units: list[Unit] = []
    gap, last = True, ""
    over = ""  # the sign of a rule right above
    marks: dict[str, int] = {}  # ranks of headings by the signs that underline them
    parted = Words(text)
    growing: Growing | None = None  # the last unit, where it is no row
    for number, line in enumerate(lines):
        if number in rows:
            cells = rows[number]
            if cells is None:
                if units and units[-1].kind == "row":
                    units[-1].marker = HEAD if _begins(units) else units[-1].marker
                continue
            if growing is not None:
                growing.done()
            units.append(_row(cells, gap, markdown))
            gap, last, growing = False, "", None
            continue
        words = line.split()
        if not words:
            gap = True
            continue
        rule = line.strip()
        if (_RULE if rule[0] in "-=_*~#" else _UNDERLINE).fullmatch(rule):
            if growing is not None:
                growing.done()
            if not gap and units and units[-1].kind == "paragraph":
                if markdown and rule[0] in "=-":
                    units[-1].rank = 1 if rule[0] == "=" else 2
                elif _underlines(rule, units[-1].text):
                    units[-1].rank = marks.setdefault(rule[0] + over, min(len(marks) + 1, 6))
            gap, over = True, rule[0]
            continue
        unit = _unit(line, words, gap, markdown)
        if unit is None:
            continue
        if not gap and growing is not None and _continues(units[-1], growing, last, unit, words, width):
            growing.add(unit.text)
        else:
            if growing is not None:
                growing.done()
            units.append(unit)
            growing = Growing(unit, parted)
        gap, last, over = False, line.rstrip(), ""
    if growing is not None:
        growing.done()
    return units


def _underlines(rule: str, words: str) -> bool:
    """Whether a rule right below words makes a heading of them: it is as long, and of one sign."""
    return words[-1] not in ".;:," and abs(len(rule) - len(words)) < 3 and rule == rule[0] * len(rule)


def _unit(line: str, words: list[str], gap: bool, markdown: bool) -> Unit | None:
    stripped = " ".join(words)
    indent = 0
    for char in line:
        if char == "\t":
            indent += 4 - indent % 4
        elif char.isspace():
            indent += 1
        else:
            break
    rank: int | None = None
    bold = False
    if markdown:
        heading = _ATX.fullmatch(stripped)
        if heading is not None:
            rank, stripped = len(heading[1]), heading[2].rstrip("#").rstrip()
        line_is_bold = _BOLD_LINE.fullmatch(stripped)
        if line_is_bold is not None:
            bold, stripped = True, line_is_bold[2] + line_is_bold[3]
        stripped = _plain(stripped).lstrip("> ").strip()
        if not stripped:
            return None
    mark = _MARK.match(stripped) if rank is None and not bold else None
    if mark is None:
        return Unit("paragraph", stripped, indent=indent, gap=gap, rank=rank, bold=bold)
    return Unit("item", stripped[mark.end() :], indent=indent, gap=gap, marker=mark.group().strip())


def _plain(words: str) -> str:
    """Words without Markdown's marks of emphasis and links."""
    return _LINK.sub(r"\1", _EMPHASIS.sub(r"\1", _STRONG.sub(r"\2", _CITE_LINK.sub(r"[\1]", words))))


def _row(cells: tuple[str, ...], gap: bool, markdown: bool) -> Unit:
    words = [_plain(cell) if markdown else cell for cell in cells]
    return Unit("row", " ".join(words), gap=gap, cells=tuple(UnitCell(word) for word in words))


def _begins(units: list[Unit]) -> bool:
    """Whether the last row is the first of its table."""
    return len(units) < 2 or units[-2].kind != "row" or units[-1].gap


def list_mark(text: str) -> str:
    """The bullet or number before the words of a list item, with the space after it; "" where there is none.

    >>> list_mark("• Give 5 mg"), list_mark("2. Give 5 mg"), list_mark("E. coli is common")
    ('• ', '2. ', '')
    """
    found = _MARK.match(text)
    return found.group() if found is not None else ""


def _width(lines: list[str]) -> int:
    """The column at which the text is wrapped; 0 where it is not.

    Of the lines with words below them that have no mark, most must be full: the next word would not have fitted.
    One or two lines (a title, an address) may be longer than the rest; they are no sign that the text is wrapped there.
    """
    sizes = sorted((len(line.rstrip()) for line in lines if line.strip()), reverse=True)
    long = sum(size > WIDEST for size in sizes)
    if long == len(sizes) or long * 50 > len(sizes):
        return 0
    pairs = []
    for line, after in pairwise(lines):
        words = after.split(None, 1)
        if words and line.strip() and not _MARK.match(after.lstrip()):
            pairs.append((len(line.rstrip()), len(words[0])))
    best, width = 0.5, 0
    for size in dict.fromkeys(sizes[long : long + 3]):
        full = sum(used <= size < used + 1 + word for used, word in pairs) / max(len(pairs), 1)
        if size >= NARROWEST and full >= best + (0.1 if width else 0):
            best, width = full, size
    return width


LABELLED = re.compile(r"[A-Z0-9][^:.;?!]{1,50}:\s\S")  # "First-line: latanoprost"


def _continues(before: Unit, growing: Growing, last: str, unit: Unit, words: list[str], width: int) -> bool:
    """Whether `unit` is the rest of the line `before`, broken by a screen's width."""
    if LABELLED.match(unit.text) and LABELLED.match(last.lstrip()):
        return False
    full = bool(width) and len(last) + 1 + len(words[0]) > width
    if (
        unit.kind == "item"
        and full
        and before.kind != "row"
        and not before.rank
        and _is_cited(before, growing, last, unit)
    ):
        unit.text = f"{unit.marker} {unit.text}"
        return True
    if (
        unit.kind != "paragraph"
        or before.kind == "row"
        or unit.rank
        or before.rank
        or unit.bold
        or before.bold
    ):
        return False
    if (
        before.kind == "paragraph"
        and unit.indent > before.indent + 1
        and last[-1] not in ".:;!?"
        and not unit.text[0].isupper()
    ):
        return True
    if before.kind == "item" and unit.indent > before.indent:
        return bool(width) or unit.text[0].islower()
    if unit.text[0].islower() and last.rstrip()[-1] not in ".:;!?":
        return True
    return full


def _is_cited(before: Unit, growing: Growing, last: str, unit: Unit) -> bool:
    """Whether the mark that a line begins with is a part of the sentence above: "… (Class I, Level / B) 1", or its
    citation: "… guideline / 1. Naltrexone is"."""
    if unit.marker[-1:] == ")" and growing.is_open:
        return True
    if not unit.marker[:-1].isdigit() or last[-1] in ".:;!?":
        return False
    number = before.marker[:-1]
    return not (number.isdigit() and int(unit.marker[:-1]) == int(number) + 1)
