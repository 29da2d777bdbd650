"""Plain text and Markdown in the forms that many programs share."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from tests.rerender.outline import Node, Outline, Renderings, bold_lead, bracketed, numbered


@dataclass
class Text:
    """How one program writes plain text."""

    bullets: str = "•"  # one sign per depth; the last holds for deeper ones
    base: int = 0
    step: int = 2
    item_gap: bool = False
    gap: bool = True  # blank lines between other blocks
    heading: Callable[[str, int], str] = lambda words, level: words
    words: Callable[[str], str] = str
    item: Callable[[str], str] = str
    after_mark: str = " "
    wrap: int = 0
    rows: str = "pipes"
    number: str = "{}."
    table: Callable[[list[Node]], list[str]] | None = None  # the lines of a whole table
    marks: Callable[[Node], str] | None = None  # the mark of an item, instead of `bullets` and `number`
    wrapped: Callable[[str, str, str], list[str]] | None = (
        None  # words, first indent and mark, indent of further lines
    )


def text(o: Outline, t: Text) -> str:
    lines: list[str] = [t.heading(o.title, 0), ""] if o.title else []
    for place, node in enumerate(o.nodes):
        before = o.nodes[place - 1] if place else None
        if node.kind == "heading":
            if t.gap and lines and lines[-1]:
                lines.append("")
            lines.append(t.heading(node.text, node.level))
            if t.gap:
                lines.append("")
            continue
        if node.kind in ("row", "caption") and t.table is not None:
            if before is None or before.kind not in ("row", "caption"):
                rest = o.nodes[place:]
                end = next((i for i, n in enumerate(rest) if n.kind not in ("row", "caption")), len(rest))
                lines += [*t.table([n for n in rest[:end] if n.kind == "row"]), ""]
            continue
        if node.kind in ("row", "caption"):
            if node.kind == "row" and t.rows == "pipes":
                cells = node.cells
                if node.marker == "group":
                    cells = (node.text, *("" for _ in node.cells[1:]))
                lines.append("| " + " | ".join(t.words(c) for c in cells) + " |")
                if node.marker == "head":
                    lines.append("|" + "---|" * len(node.cells))
            elif node.kind == "row":
                lines.append("\t".join(t.words(c) for c in node.cells))
            else:
                lines.append(t.words(node.text))
            after = o.nodes[place + 1] if place + 1 < len(o.nodes) else None
            if t.gap and (after is None or after.kind != "row"):
                lines.append("")
            continue
        indent = " " * (t.base + t.step * node.level)
        if node.kind == "item":
            sign = t.bullets[min(node.level, len(t.bullets) - 1)] if t.bullets else ""
            mark = (
                t.marks(node)
                if t.marks is not None
                else t.number.format(node.marker.strip("()."))
                if numbered(node) and t.bullets
                else sign
            )
            first = indent + (mark + t.after_mark if mark else "")
            words = t.item(t.words(node.text))
        else:
            first, words = (indent if node.level else ""), t.words(node.text)
            if t.gap and before is not None and lines and lines[-1]:
                lines.append("")
        if t.wrapped is not None:
            lines += t.wrapped(words, first, " " * len(first))
        elif t.wrap:
            lines += textwrap.wrap(
                words,
                t.wrap,
                initial_indent=first,
                subsequent_indent=" " * len(first),
                break_on_hyphens=False,
                break_long_words=False,
            )
        else:
            lines.append(first + words)
        if t.gap and (
            node.kind != "item"
            or t.item_gap
            or place + 1 == len(o.nodes)
            or o.nodes[place + 1].kind != "item"
        ):
            lines.append("")
    return "\n".join(lines) + "\n"


def numbered_headings() -> Callable[[str, int], str]:
    counts = [0] * 9

    def heading(words: str, level: int) -> str:
        if not level:
            return words
        counts[level] += 1
        counts[level + 1 :] = [0] * (8 - level)
        number = ".".join(str(max(n, 1)) for n in counts[1 : level + 1])
        return f"{number}{'.' if level == 1 else ''} {words}"

    return heading


def markdown(o: Outline) -> str:
    return text(
        o,
        Text(bullets="-", heading=lambda w, n: f"{'#' * min(n + 1, 6)} {w}", words=bracketed, item=bold_lead),
    )


def markdown_one_level(o: Outline) -> str:
    return text(
        o,
        Text(
            bullets="*",
            step=4,
            heading=lambda w, n: f"## {w}" if n else f"# {w}",
            item=bold_lead,
            item_gap=True,
        ),
    )


def markdown_bold(o: Outline) -> str:
    return text(
        o, Text(bullets="-", heading=lambda w, n: f"**{w}**" if n else w, words=bracketed, item=bold_lead)
    )


def markdown_underlined(o: Outline) -> str:
    """Headings of two levels underlined, deeper ones in bold with their number."""

    def heading(words: str, level: int) -> str:
        return f"{words}\n{'=-'[level] * 8}" if level < 2 else f"**{words}**"

    return text(o, Text(bullets="+-*", step=4, heading=heading, item=bold_lead))


def markdown_numbered(o: Outline) -> str:
    numbered_by = numbered_headings()
    return text(
        o,
        Text(bullets="-", heading=lambda w, n: f"{'#' * (n + 1)} **{numbered_by(w, n)}**" if n else f"# {w}"),
    )


TEXTS: Renderings = {
    "markdown underlined": (markdown_underlined, "a.md"),
    "markdown numbered": (markdown_numbered, "a.md"),
    "markdown": (markdown, "a.md"),
    "markdown one level": (markdown_one_level, "a.md"),
    "markdown bold": (markdown_bold, "a.md"),
    "text blank": (lambda o: text(o, Text(base=2, item_gap=True)), "a.txt"),
    "text tight": (lambda o: text(o, Text(bullets="•◦▪")), "a.txt"),
    "text dashes": (lambda o: text(o, Text(bullets="-", gap=False)), "a.txt"),
    "text stars": (lambda o: text(o, Text(bullets="*", step=4, number="{})")), "a.txt"),
    "text word": (lambda o: text(o, Text(bullets="•o▪", step=0, after_mark="\t", gap=False)), "a.txt"),
    "text wrapped": (lambda o: text(o, Text(bullets="-", wrap=80)), "a.txt"),
    "text flat": (lambda o: text(o, Text(step=0)), "a.txt"),
    "text colons": (
        lambda o: text(o, Text(heading=lambda w, n: f"{w}:" if n and w[-1] not in "?:" else w)),
        "a.txt",
    ),
    "text numbered": (lambda o: text(o, Text(bullets="-", heading=numbered_headings())), "a.txt"),
    "text capitals": (lambda o: text(o, Text(heading=lambda w, n: w.upper())), "a.txt"),
    "text unmarked": (lambda o: text(o, Text(bullets="", step=0, rows="tabs")), "a.txt"),
    "text unmarked blank": (lambda o: text(o, Text(bullets="", step=0, item_gap=True, rows="tabs")), "a.txt"),
}
