"""Plain text as programs make it from pages and from print: lines wrapped, words parted, heads and feet on each page."""

from __future__ import annotations

import re
import textwrap

from tests.rerender.outline import CITES, Node, Outline, Renderings, numbered
from tests.rerender.texts import Text, text

_PARTED = re.compile(r"[a-z]{3,}[aeiou](?=[bcdfghklmnprstv][aeiou]?[a-z]{3,}[.,;]?$)")
_FIRST_PARTS = frozenset({"first", "high", "low", "moderate", "long", "short", "beta", "mineralocorticoid"})
LINES = 34  # on a page


def parted(words: str, first: str, further: str, width: int = 78) -> list[str]:
    """Lines of that width; a long word at the end of one is parted where the next line begins."""
    lines = [first]
    for word in words.split():
        line = lines[-1]
        bare = line.strip() in ("", first.strip())
        joined = line + word if bare else f"{line} {word}"
        if len(joined) <= width:
            lines[-1] = joined
            continue
        found = _PARTED.match(word)
        room = width - len(line) - 2
        if found is not None and found.end() < room:
            lines[-1] = f"{line} {word[: found.end()]}-"
            lines.append(further + word[found.end() :])
        elif (hyphen := word.rfind("-", 1, max(room, 1))) > 0 and word[:hyphen] in _FIRST_PARTS:
            lines[-1] = f"{line} {word[: hyphen + 1]}"
            lines.append(further + word[hyphen + 1 :])
        else:
            lines.append(further + word)
    return lines


def _wide(rows: list[Node]) -> list[str]:
    """Columns parted by spaces."""
    widths = [
        max(len(row.cells[c]) for row in rows if len(row.cells) > c) + 4 for c in range(len(rows[0].cells))
    ]
    return ["      " + "".join(f"{c:<{w}}" for c, w in zip(row.cells, widths)).rstrip() for row in rows]


def _ruled(rows: list[Node]) -> list[str]:
    """Columns parted by spaces, a rule of dashes for each below the heads and at the end."""
    widths = [max(len(row.cells[c]) for row in rows) for c in range(len(rows[0].cells))]
    lines = ["  " + " ".join(f"{c:<{w}}" for c, w in zip(row.cells, widths)).rstrip() for row in rows]
    rule = "  " + " ".join("-" * w for w in widths)
    return [lines[0], rule, *lines[1:], rule]


def _pages(o: Outline, whole: str, head: str, foot: str) -> str:
    """Parts a text into pages with a running head and foot; a blank line at the break of a page is lost."""
    lines = whole.rstrip().split("\n")
    pages = []
    while lines:
        page, lines = lines[:LINES], lines[LINES:]
        while lines and not lines[0].strip():
            del lines[0]
        pages.append("\n".join(page).rstrip("\n"))
    made = []
    for number, page in enumerate(pages, start=1):
        top = "" if number == 1 else head.format(n=number, title=o.title[:50]) + "\n\n"
        made.append(f"{top}{page}\n\n{foot.format(n=number, of=len(pages))}\n\x0c")
    return "".join(made)


def pdf(o: Outline) -> str:
    """Reading order: no indents; signs of symbol fonts; long words parted."""
    made = text(
        o,
        Text(
            marks=lambda node: node.marker if numbered(node) else "\uf0b7o\uf0a7"[min(node.level, 2)],
            wrapped=lambda words, first, further: parted(words, first.lstrip(), ""),
            table=_wide,
        ),
    )
    return _pages(o, made, "{title}", "Northfield Clinical Review\n\nPage {n} of {of}")


def pdf_layout(o: Outline) -> str:
    made = text(
        o,
        Text(
            base=3,
            step=5,
            marks=lambda node: node.marker if numbered(node) else "•o–"[min(node.level, 2)],
            after_mark="   ",
            wrapped=lambda words, first, further: parted(words, first, further, 92),
            table=_wide,
        ),
    )
    made = "\n".join(f"      {line}" if line else line for line in made.split("\n"))
    return _pages(o, made, "      Northfield Clinical Review" + " " * 40 + "May 2025", " " * 46 + "{n}")


def lynx(o: Outline) -> str:
    """Links numbered through the page, their addresses below it."""
    addresses = ["https://example.org/", "https://example.org/topics"]

    def linked(words: str) -> str:
        def put(found: re.Match[str]) -> str:
            made = []
            for number in found[1].split(", "):
                addresses.append(f"https://example.org/a#ref{number}")
                made.append(f"[{len(addresses)}]{number}")
            return " " + ", ".join(made)

        return CITES.sub(put, words)

    def heading(words: str, level: int) -> str:
        if not level:
            return "\n".join(one.center(79).rstrip() for one in textwrap.wrap(words, 70))
        return " " * 3 * (level - 1) + words

    made = text(
        o,
        Text(
            base=3,
            step=4,
            marks=lambda node: node.marker if numbered(node) else "*+o"[min(node.level, 2)],
            heading=heading,
            wrapped=lambda words, first, further: textwrap.wrap(
                linked(words),
                79,
                initial_indent=f"   {first}" if first.strip() else "   ",
                subsequent_indent=f"   {further}",
                break_on_hyphens=False,
            ),
            table=_wide,
        ),
    )
    links = "\n".join(f"{n:>4}. {address}" for n, address in enumerate(addresses, start=1))
    return f"   [1]Home [2]Topics\n\n{made}\nReferences\n\n   Visible links\n{links}\n"


def w3m(o: Outline) -> str:
    return text(o, Text(bullets="•◦▪", base=2, step=4, wrap=80, table=_wide))


def pandoc_plain(o: Outline) -> str:
    def put(found: re.Match[str]) -> str:
        if not found[1].isdigit():
            return f"^({found[1].replace(', ', ',')})"
        figure = found[1].translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
        before = found.string[: found.start()][-1:]
        return f" {figure}" if before.isdigit() else figure  # right behind a figure it would be a power

    return text(
        o,
        Text(
            bullets="-",
            step=4,
            after_mark="   ",
            wrap=72,
            words=lambda words: CITES.sub(put, words),
            heading=lambda words, level: f"\n{words}" if level else f"{words}\n",
            table=_ruled,
        ),
    )


PRINTED: Renderings = {
    "pdftotext": (pdf, "a.txt"),
    "pdftotext -layout": (pdf_layout, "a.txt"),
    "lynx": (lynx, "a.txt"),
    "w3m": (w3m, "a.txt"),
    "pandoc plain": (pandoc_plain, "a.txt"),
}
