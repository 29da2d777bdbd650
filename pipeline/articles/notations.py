"""Notations of wikis, trackers, forums and documentation to Markdown: their headings, lists, tables and strong words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import count

_HINT = re.compile(r"\n(?:={1,6} \S|#\+|h[1-6]\. )")
_FORUM_HINT = re.compile(r"\[/(?:b|list|size)\]", re.IGNORECASE)
_EQUALS = re.compile(r"(={1,6}) (\S.*?)(?: \1)?")
_JIRA = re.compile(r"h([1-6])\. (\S.*)")
_ORG = re.compile(r"(\*{1,6}) (\S.*)")
_ORG_WORD = re.compile(r"#\+([a-z_]+): ?(.*)", re.IGNORECASE)
_ITEM = re.compile(r"(?:[*#-]{1,6}|\.{1,6}) (?=\S)")
_MACRO = re.compile(
    r"\{/?(?:panel|info|note|warning|tip|expand|section|column|quote|toc)\b[^{}]*\}|\[\[(?:category|file|image):.*\]\]",
    re.IGNORECASE,
)
_WIKI = (
    (re.compile(r"\{\{[^{}]{0,2000}\}\}"), ""),
    (re.compile(r"<ref\b[^<>]{0,200}/>|<ref\b[^<>]{0,200}>[^<>]{0,1000}</ref>", re.IGNORECASE), ""),
    (
        re.compile(
            r"\[\[(?!(?:category|file|image):)(?:[^\[\]|]{1,200}\|)?([^\[\]|]{1,200})\]\]", re.IGNORECASE
        ),
        r"\1",
    ),
    (re.compile(r"'''(\S(?:[^']|'(?!'')){0,400}?)'''"), r"**\1**"),
    (re.compile(r"''(\S[^']{0,400}?)''"), r"*\1*"),
)
_FORUM = (
    (re.compile(r"\[/t[dh]\]\[t[dh]\]", re.IGNORECASE), " | "),
    (re.compile(r"\[/?(?:tr|t[dh])\]\[/?(?:tr|t[dh])\]", re.IGNORECASE), "|"),
    (re.compile(r"\[/?(?:table|tr|t[dh])\]", re.IGNORECASE), ""),
    (re.compile(r"\[b\](?:\[u\])?(\S.{0,400}?)(?:\[/u\])?\[/b\]", re.IGNORECASE), r"**\1**"),
    (re.compile(r"\[sup\]([^\[\]]{1,40})\[/sup\]", re.IGNORECASE), r"^(\1)"),
    (
        re.compile(
            r"\[/?(?:size|color|font|center|left|right|justify|u|i|s|url|quote|indent|hr)(?:=[^\[\]]{0,200})?\]",
            re.IGNORECASE,
        ),
        "",
    ),
)
_FORUM_PART = re.compile(r"\[(?:(list)(?:=([1aA]))?|(/list)|(\*)|(/\*))\]", re.IGNORECASE)
_MAIL = re.compile(r".{2,80} <\S+@\S+>")


def as_markdown(text: str) -> str:
    """The text with marks of Markdown, where it has those of another notation; any other text as it is.

    >>> as_markdown("== Dosing ==\\n* '''Adults'''\\n** 5 mg\\n== Monitoring ==")
    '## Dosing\\n- **Adults**\\n  - 5 mg\\n## Monitoring'
    >>> as_markdown("h2. Dosing\\n||Drug||Dose||\\n|Aspirin|81 mg|")
    '## Dosing\\n| Drug | Dose |\\n|---|---|\\n|Aspirin|81 mg|'
    """
    if "[" in text and "[/" in text and _FORUM_HINT.search(text):
        return "\n".join(_forum(text))
    if _HINT.search(text) is None and _HINT.match(f"\n{text[:20]}") is None:
        return text
    lines = text.split("\n")
    for notation in (_tracker, _equals, _org):
        made = notation(lines)
        if made is not None:
            return "\n".join(made)
    return text


def _tracker(lines: list[str]) -> list[str] | None:
    """Jira's: "h2. Heading", "** nested", "||head||head||"."""
    if not any(_JIRA.fullmatch(line) for line in lines):
        return None

    def heading(line: str) -> str | None:
        found = _JIRA.fullmatch(line)
        return f"{'#' * int(found[1])} {found[2]}" if found is not None else None

    return list(_listed(_heads(lines, heading)))


def _equals(lines: list[str]) -> list[str] | None:
    """MediaWiki's and AsciiDoc's: "== Heading", "** nested", tables between "{|" and "|}" or "|===" and "|==="."""
    lines = [line.rstrip() for line in lines]
    found = [match for line in lines if (match := _EQUALS.fullmatch(line)) is not None]
    if len(found) < 2:
        return None
    down = len(found[0][1]) > 4  # DokuWiki counts down
    text = "\n".join(lines)
    for pattern, to in (_WIKI[0], *_WIKI):  # one template may stand in another
        text = pattern.sub(to, text)

    def heading(line: str) -> str | None:
        match = _EQUALS.fullmatch(line)
        if match is None:
            return None
        return f"{'#' * (7 - len(match[1]) if down else len(match[1]))} {match[2]}"

    made = list(_listed(_heads(_tables(text.split("\n")), heading)))
    return [
        line
        for at, line in enumerate(made)
        if not (at and made[at - 1].startswith("# ") and _MAIL.fullmatch(line))
    ]


def _org(lines: list[str]) -> list[str] | None:
    """Org's: "#+TITLE: …", "* Heading"."""
    if not any(_ORG_WORD.fullmatch(line) for line in lines):
        return None

    def heading(line: str) -> str | None:
        word = _ORG_WORD.fullmatch(line)
        if word is not None:
            return f"# {word[2]}" if word[1].lower() == "title" else ""
        match = _ORG.fullmatch(line)
        return f"{'#' * min(len(match[1]) + 1, 6)} {match[2]}" if match is not None else None

    return [line if (made := heading(line)) is None else made for line in lines]


def _heads(lines: Iterable[str], heading: Callable[[str], str | None]) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it is done: a heading in Markdown, or a macro that only sets words off (left out)."""
    for line in lines:
        made = heading(line)
        if made is not None:
            yield made, True
        elif not _MACRO.fullmatch(line.strip()):
            yield line, False


def _listed(lines: Iterable[tuple[str, bool]]) -> Iterator[str]:
    """Items whose marks are repeated for their level, as nested ones; heads of tables in double bars."""
    numbers: dict[int, Iterator[int]] = {}
    for line, done in lines:
        mark = _ITEM.match(line) if not done else None
        if mark is None:
            if line.strip():
                numbers.clear()
            if not done and line.startswith("||") and line.rstrip().endswith("||"):
                heads = [cell.strip() for cell in line.strip().strip("|").split("||")]
                yield f"| {' | '.join(heads)} |"
                yield "|" + "---|" * len(heads)
            else:
                yield line
            continue
        level = len(mark.group()) - 2
        numbers = {depth: numbers[depth] for depth in numbers if depth <= level}
        sign = f"{next(numbers.setdefault(level, count(1)))}." if mark.group()[-2] in "#." else "-"
        yield f"{'  ' * level}{sign} {line[mark.end() :]}"


def _tables(lines: Iterable[str]) -> Iterator[str]:
    """Lines with the tables of MediaWiki and AsciiDoc as those of Markdown."""
    block: list[str] | None = None
    for line in lines:
        bare = line.strip()
        if block is None:
            if bare.startswith("{|") or bare == "|===":
                block = [bare]
            else:
                yield line
        elif bare == ("|}" if block[0] != "|===" else "|==="):
            yield from _rows(_wiki_rows(block[1:]) if block[0] != "|===" else _bar_rows(block[1:]))
            block = None
        else:
            block.append(bare)
    yield from block or ()


def _rows(rows: list[list[str]]) -> Iterator[str]:
    for at, row in enumerate(row for row in rows if row):
        yield f"| {' | '.join(row)} |"
        if at == 0:
            yield "|" + "---|" * len(row)


def _wiki_rows(lines: list[str]) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    for line in lines:
        if line.startswith("|-"):
            rows.append([])
        elif line[:1] in ("|", "!") and not line.startswith("|+"):
            cells = re.split(r"\|\||!!" if line[0] == "!" else r"\|\|", line[1:])
            rows[-1] += [cell.rsplit("|", 1)[-1].strip() for cell in cells]
        elif rows[-1]:
            rows[-1][-1] = f"{rows[-1][-1]} {line}".strip()
    return rows


def _bar_rows(lines: list[str]) -> list[list[str]]:
    """Rows of a line each, or of a line for each cell with blank lines between rows."""
    first = next((at for at, line in enumerate(lines) if line), 0)
    after = next((at for at in range(first, len(lines)) if not lines[at]), len(lines))
    width = (
        max(
            sum(
                line.count("|") for line in lines[first : first + 1 if lines[first].count("|") > 1 else after]
            ),
            1,
        )
        if lines
        else 1
    )
    cells = [cell.strip() for line in lines for cell in line.split("|")[1:]]
    return [cells[at : at + width] for at in range(0, len(cells), width)]


def _forum(text: str) -> Iterator[str]:
    """BBCode's: "[b]…[/b]", "[list]", "[*]"."""
    for pattern, to in _FORUM:
        text = pattern.sub(to, text)
    lists: list[tuple[bool, Iterator[int]]] = []
    for line in text.split("\n"):
        at, words = 0, ""
        for part in _FORUM_PART.finditer(line):
            words += line[at : part.start()]
            at = part.end()
            if (part[1] or part[3] or part[4]) and words.strip():
                yield words
                words = ""
            if part[1]:
                lists.append((bool(part[2]), count(1)))
            elif part[3] and lists:
                lists.pop()
            elif part[4]:
                ordered, numbers = lists[-1] if lists else (False, count(1))
                words = f"{'  ' * max(len(lists) - 1, 0)}{f'{next(numbers)}.' if ordered else '-'} "
        words += line[at:]
        if words.strip() or not at:
            yield words
