"""Web pages in the forms that many sites share: headings by level, class or weight; lists nested, beside, typed, lost."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass

from tests.rerender.outline import Node, Outline, Renderings, bold_lead, groups, numbered, sup, sup_links


def page(title: str, body: str, *, main: bool = True, site: str = "Northfield Review") -> str:
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


def table_of(nodes: list[Node], words: Callable[[str], str]) -> str:
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
            out.append(table_of(group, tags.words))
        elif first.kind == "item":
            out.append(list_of(group, tags))
        else:
            out.append(f"<p>{tags.words(first.text)}</p>")
    return "\n".join(out)


def list_of(group: list[Node], tags: Tags) -> str:
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
    return page(o.title, body(o, Tags(lambda w, n: f"<h{min(n + 1, 6)}>{w}</h{min(n + 1, 6)}>")))


def html_one_level(o: Outline) -> str:
    return page(o.title, body(o, Tags(lambda w, n: f"<h2>{w}</h2>", words=sup_links)))


def html_bold_headings(o: Outline) -> str:
    return page(o.title, body(o, Tags(lambda w, n: f"<p><strong>{w}</strong></p>")), main=False)


def html_bold_colons(o: Outline) -> str:
    """Headings as bold paragraphs with a colon; lead words of items bold."""
    return page(
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
    return page(
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
    return page(
        o.title, body(o, Tags(lambda w, n: f"<h{min(n + 1, 6)}>{w}</h{min(n + 1, 6)}>", lists="beside"))
    )


def html_accordion(o: Outline) -> str:
    def heading(words: str, level: int) -> str:
        n = min(level + 1, 6)
        return f'<h{n} class="accordion-header"><button type="button" aria-expanded="false">{words}</button></h{n}>'

    return page(o.title, body(o, Tags(heading)))


def html_details(o: Outline) -> str:
    """Every heading is the summary of its own <details>; no levels."""
    inner = body(o, Tags(lambda w, n: f"\x01</details><details><summary>{w}</summary>"))
    inner = inner.replace("\x01</details>", "", 1) + "</details>" if "\x01" in inner else inner
    return page(o.title, inner.replace("\x01", ""))


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
    return page(o.title, f"<div id=app><div class=content>{''.join(out)}</div></div>", main=False).replace(
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
            out.append(table_of(table, sup))
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
    return page(o.title, "\n".join(out))


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
            out.append(table_of(group, sup))
    return page(o.title, "\n".join(out))


def html_names(o: Outline) -> str:
    """Lists of "Name: words" with the name in bold and the words in an element of their own."""
    inner = body(
        o,
        Tags(
            lambda w, n: f"<h{min(n + 1, 6)}>{w}</h{min(n + 1, 6)}>",
            item=lambda w: bold_lead(w, "<b>", "</b><span class=text>", "</span>"),
        ),
    )
    return page(o.title, inner)


PAGES: Renderings = {
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
}
