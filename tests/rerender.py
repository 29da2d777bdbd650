"""An article that was read, written again as other sites and programs would show it: one outline, many renderings.

`RENDERINGS` maps a name to (a function from an `Outline` to the content, the name of a file). Those of `FLAT` lose the
nesting of lists, so that what a list inside another inherits may be lost too.
"""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.model import Article

_CITES = re.compile(r"\s\[?(\d{1,2}(?:, \d{1,2})*)\]?(?=[.:]?$|\s(?=[A-Z][a-z]))")
_LEAD_WORDS = re.compile(r"([^:.]{3,60}):(?= \S)")


@dataclass(frozen=True)
class Node:
    """One block: `level` of a heading (0: the title) or nesting of anything else."""

    kind: str
    text: str
    level: int = 0
    marker: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outline:
    title: str
    nodes: tuple[Node, ...]


def outline_of(article: Article) -> Outline:
    """The article's blocks as nodes, without the title, its references and disclaimers."""
    nodes = []
    for block in article.blocks[1:] if article.sections[0].heading else article.blocks:
        section = article.sections[block.section]
        if section.role in ("references", "disclaimer"):
            continue
        level = section.level if block.kind == "heading" else block.depth
        if block.kind == "paragraph" and block.parent is not None:
            level += 1
        nodes.append(
            Node(
                block.kind,
                article.words(block),
                level,
                block.marker,
                tuple(article.words(cell) for cell in block.cells),
            )
        )
    return Outline(article.title, tuple(nodes))


# ---- words


def sup(text: str) -> str:
    """HTML with citations raised."""
    return _CITES.sub(lambda m: f"<sup>{m[1].replace(', ', ',')}</sup>", html.escape(text, quote=False))


def sup_links(text: str) -> str:
    return _CITES.sub(
        lambda m: "<sup>" + ",".join(f'<a href="#ref{n}">{n}</a>' for n in m[1].split(", ")) + "</sup>",
        html.escape(text, quote=False),
    )


def bracketed(text: str) -> str:
    return _CITES.sub(r" [\1]", text)


def bold_lead(text: str, before: str = "**", after: str = "**") -> str:
    return _LEAD_WORDS.sub(rf"{before}\1:{after}", text, count=1) if _LEAD_WORDS.match(text) else text


# ---- HTML


def _page(title: str, body: str, *, main: bool = True, site: str = "Northfield Review") -> str:
    inner = f"<main>{body}</main>" if main else body
    return (
        f"<!doctype html><html lang=en><head><title>{html.escape(title)} | {site}</title></head><body>"
        f"<header><nav><ul><li><a href=/>Home</a></li><li><a href=/t>Topics</a></li></ul></nav></header>{inner}"
        f"<footer><p>© 2025 {site}</p></footer></body></html>"
    )


@dataclass
class Tags:
    """How one site writes its blocks."""

    heading: Callable[[str, int], str]
    words: Callable[[str], str] = sup
    item: Callable[[str], str] = str
    lists: str = "inside"  # nested lists inside their <li>, "beside" it, or in "div"s


def _rows(nodes: list[Node], words: Callable[[str], str]) -> str:
    out = ["<table>"]
    for node in nodes:
        if node.kind == "caption":
            out.append(f"<caption>{words(node.text)}</caption>")
            continue
        tag = "th" if node.marker == "head" else "td"
        if node.marker == "group":
            out.append(f"<tr><td colspan={len(node.cells)}>{words(node.text)}</td></tr>")
        else:
            out.append("<tr>" + "".join(f"<{tag}>{words(c)}</{tag}>" for c in node.cells) + "</tr>")
    return "".join(out) + "</table>"


def body(outline: Outline, tags: Tags) -> str:
    out = []
    if outline.title:
        out.append(f"<h1>{html.escape(outline.title)}</h1>")
    for group in groups(outline.nodes):
        first = group[0]
        if first.kind == "heading":
            out.append(tags.heading(tags.words(first.text), first.level))
        elif first.kind in ("row", "caption"):
            out.append(_rows(group, tags.words))
        elif first.kind == "item":
            out.append(_list(group, tags))
        else:
            out.append(f"<p>{tags.words(first.text)}</p>")
    return "\n".join(out)


def groups(nodes: tuple[Node, ...]) -> Iterator[list[Node]]:
    """Runs that belong together: a whole list with all inside it, a table, else single nodes."""
    run: list[Node] = []
    for node in nodes:
        kind = _kind(node)
        joins = bool(run) and kind in ("list", "table") and kind == _kind(run[0]) and node.kind != "caption"
        if joins and not (node.kind == "item" and node.level == 0 and numbered(run[0]) != numbered(node)):
            run.append(node)
            continue
        if run:
            yield run
        run = [node]
    if run:
        yield run


def _kind(node: Node) -> str:
    if node.kind == "item" or (node.level and node.kind == "paragraph"):
        return "list"
    return "table" if node.kind in ("row", "caption") else node.kind


def numbered(node: Node) -> bool:
    return bool(re.fullmatch(r"\(?\w{1,3}[.)]", node.marker))


def _list(group: list[Node], tags: Tags) -> str:
    def at(start: int, depth: int) -> tuple[str, int]:
        tag = "ol" if numbered(group[start]) else "ul"
        out = [f"<{tag}>"]
        index = start
        while index < len(group) and group[index].level >= depth:
            node = group[index]
            index += 1
            inner = []
            beside = []
            while index < len(group) and group[index].level > depth:
                if group[index].kind == "paragraph":
                    inner.append(f"<p>{tags.words(group[index].text)}</p>")
                    index += 1
                    continue
                nested, index = at(index, depth + 1)
                (beside if tags.lists == "beside" else inner).append(
                    f"<div class=sub>{nested}</div>" if tags.lists == "div" else nested
                )
            own = tags.item(tags.words(node.text))
            if tags.lists == "div":
                own = f"<div><p>{own}</p></div>"
            out.append(f"<li>{own}{''.join(inner)}</li>{''.join(beside)}")
        return "".join(out) + f"</{tag}>", index

    return at(0, group[0].level)[0]


def html_levels(o: Outline) -> str:
    return _page(o.title, body(o, Tags(lambda w, n: f"<h{min(n + 1, 6)}>{w}</h{min(n + 1, 6)}>")))


def html_one_level(o: Outline) -> str:
    return _page(o.title, body(o, Tags(lambda w, n: f"<h2>{w}</h2>", words=sup_links)))


def html_bold_headings(o: Outline) -> str:
    return _page(o.title, body(o, Tags(lambda w, n: f"<p><strong>{w}</strong></p>")), main=False)


def html_bold_colons(o: Outline) -> str:
    """Headings as bold paragraphs with a colon; lead words of items bold."""
    return _page(
        o.title,
        body(
            o,
            Tags(
                lambda w, n: f"<p><b>{w}:</b></p>",
                item=lambda w: bold_lead(w, "<strong>", "</strong>"),
            ),
        ),
        main=False,
    )


def html_div_lists(o: Outline) -> str:
    return _page(
        o.title,
        body(
            o,
            Tags(
                lambda w, n: f"<div class=hd><h{min(n + 1, 6)}><span>{w}</span></h{min(n + 1, 6)}></div>",
                lists="div",
            ),
        ),
    )


def html_lists_beside(o: Outline) -> str:
    """Nested lists beside their item, straight in the outer list (no valid HTML, but common)."""
    return _page(
        o.title, body(o, Tags(lambda w, n: f"<h{min(n + 1, 6)}>{w}</h{min(n + 1, 6)}>", lists="beside"))
    )


def html_accordion(o: Outline) -> str:
    def heading(words: str, level: int) -> str:
        n = min(level + 1, 6)
        return f'<h{n} class="accordion-header"><button type="button" aria-expanded="false">{words}</button></h{n}>'

    return _page(o.title, body(o, Tags(heading)))


def html_details(o: Outline) -> str:
    """Every heading is the summary of its own <details>; no levels."""
    inner = body(o, Tags(lambda w, n: f"\x01</details><details><summary>{w}</summary>"))
    inner = inner.replace("\x01</details>", "", 1) + "</details>" if "\x01" in inner else inner
    return _page(o.title, inner.replace("\x01", ""))


def html_divs(o: Outline) -> str:
    """Nothing but divs: headings by class only, bullets as signs, nesting by classes."""
    out = [f"<div class='t1'>{html.escape(o.title)}</div>"] if o.title else []
    for node in o.nodes:
        if node.kind == "heading":
            out.append(f"<div class='tt{node.level}'><span>{sup(node.text)}</span></div>")
        elif node.kind == "item":
            mark = node.marker if numbered(node) else "•◦▪"[min(node.level, 2)]
            out.append(
                f"<div class='li{node.level}'>{'&nbsp;' * 4 * node.level}<span>{mark}</span> <span>{sup(node.text)}</span></div>"
            )
        elif node.kind == "row":
            out.append("<table><tr>" + "".join(f"<td>{sup(c)}</td>" for c in node.cells) + "</tr></table>")
        else:
            out.append(f"<div class='p{node.level}'><span>{sup(node.text)}</span></div>")
    return _page(o.title, f"<div id=app><div class=content>{''.join(out)}</div></div>", main=False).replace(
        "</table><table>", ""
    )


def html_breaks(o: Outline) -> str:
    """Each section one paragraph of lines; bullets after <br>; nested ones further in."""
    out = [f"<h1>{html.escape(o.title)}</h1>"] if o.title else []
    lines: list[str] = []
    table: list[Node] = []

    def close() -> None:
        if lines:
            out.append(f"<p>{'<br>'.join(lines)}</p>")
        lines.clear()
        if table:
            out.append(_rows(table, sup))
        table.clear()

    for node in o.nodes:
        if node.kind in ("row", "caption"):
            if lines:
                close()
            table.append(node)
            continue
        if table:
            close()
        if node.kind == "heading":
            close()
            out.append(f"<h{min(node.level + 1, 6)}>{sup(node.text)}</h{min(node.level + 1, 6)}>")
        elif node.kind == "item":
            mark = node.marker if numbered(node) else "•-▪"[min(node.level, 2)]
            lines.append(f"{'&nbsp;' * 4 * node.level}{mark} {sup(node.text)}")
        elif node.level:
            lines.append(f"{'&nbsp;' * 4 * node.level}{sup(node.text)}")
        else:
            if lines:
                lines.append("")
            lines.append(sup(node.text))
    close()
    return _page(o.title, "\n".join(out))


# ---- plain text


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
            mark = t.number.format(node.marker.strip("().")) if numbered(node) and t.bullets else sign
            first = indent + (mark + t.after_mark if mark else "")
            words = t.item(t.words(node.text))
        else:
            first, words = (indent if node.level else ""), t.words(node.text)
            if t.gap and before is not None and lines and lines[-1]:
                lines.append("")
        if t.wrap:
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


def _numbered_headings() -> Callable[[str, int], str]:
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


def html_unmarked(o: Outline) -> str:
    """Items as paragraphs without marks."""
    out = [f"<h1>{html.escape(o.title)}</h1>"]
    for group in groups(o.nodes):
        for node in group if group[0].kind not in ("row", "caption") else ():
            n = min(node.level + 1, 6)
            out.append(
                f"<h{n}>{sup(node.text)}</h{n}>" if node.kind == "heading" else f"<p>{sup(node.text)}</p>"
            )
        if group[0].kind in ("row", "caption"):
            out.append(_rows(group, sup))
    return _page(o.title, "\n".join(out))


def html_names(o: Outline) -> str:
    """Lists of "Name: words" with the name in bold and the words in an element of their own."""
    inner = body(o, Tags(lambda w, n: f"<h{min(n + 1, 6)}>{w}</h{min(n + 1, 6)}>", item=_defined))
    return _page(o.title, inner)


def _defined(words: str) -> str:
    return (
        _LEAD_WORDS.sub(r"<b>\1:</b><span class=text>", words, count=1) + "</span>"
        if _LEAD_WORDS.match(words)
        else words
    )


def markdown_underlined(o: Outline) -> str:
    """Headings of two levels underlined, deeper ones in bold with their number."""

    def heading(words: str, level: int) -> str:
        return f"{words}\n{'=-'[level] * 8}" if level < 2 else f"**{words}**"

    return text(o, Text(bullets="+-*", step=4, heading=heading, item=bold_lead))


def markdown_numbered(o: Outline) -> str:
    numbered_by = _numbered_headings()
    return text(
        o,
        Text(bullets="-", heading=lambda w, n: f"{'#' * (n + 1)} **{numbered_by(w, n)}**" if n else f"# {w}"),
    )


RENDERINGS: dict[str, tuple[Callable[[Outline], str], str]] = {
    "html levels": (html_levels, "a.html"),
    "html one level": (html_one_level, "a.html"),
    "html bold": (html_bold_headings, "a.html"),
    "html bold colons": (html_bold_colons, "a.html"),
    "html div lists": (html_div_lists, "a.html"),
    "html lists beside": (html_lists_beside, "a.html"),
    "html accordion": (html_accordion, "a.html"),
    "html details": (html_details, "a.html"),
    "html divs": (html_divs, "a.html"),
    "html breaks": (html_breaks, "a.html"),
    "html unmarked": (html_unmarked, "a.html"),
    "html names": (html_names, "a.html"),
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
    "text numbered": (lambda o: text(o, Text(bullets="-", heading=_numbered_headings())), "a.txt"),
    "text capitals": (lambda o: text(o, Text(heading=lambda w, n: w.upper())), "a.txt"),
    "text unmarked": (lambda o: text(o, Text(bullets="", step=0, rows="tabs")), "a.txt"),
    "text unmarked blank": (lambda o: text(o, Text(bullets="", step=0, item_gap=True, rows="tabs")), "a.txt"),
}
FLAT = frozenset({"html unmarked", "text flat", "text unmarked", "text unmarked blank"})
