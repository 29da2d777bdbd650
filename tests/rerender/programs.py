"""Web pages as word processors, note books and mail programs write them."""

from __future__ import annotations

import html
import re
import textwrap

from tests.rerender.outline import Node, Outline, Renderings, bold_lead, groups, numbered, sup

_BOLD = ("<b>", "</b>")


def _rows(nodes: list[Node], cell: str, *, table: str = "<table border=1>", head: str = "<b>{}</b>") -> str:
    """A table without heads of its own: those of the columns stand in bold."""
    out = [table]
    for node in nodes:
        if node.kind == "caption":
            continue
        words = [head.format(sup(c)) if node.marker == "head" else sup(c) for c in node.cells]
        out.append("<tr>" + "".join(cell.format(c) for c in words) + "</tr>")
    return "\n".join(out) + "</table>"


# ---- Word

_SIGN = (("Symbol", "·", 8), ('"Courier New"', "o", 3), ("Wingdings", "§", 1))
_STYLE = """<style>
<!--
 /* Font Definitions */
 @font-face
	{font-family:Wingdings;
	panose-1:5 0 0 0 0 0 0 0 0 0;}
 /* Style Definitions */
 p.MsoNormal, li.MsoNormal, div.MsoNormal
	{margin:0in;
	font-size:12.0pt;
	font-family:"Calibri",sans-serif;}
-->
</style>"""


def _word_mark(node: Node) -> str:
    family, sign, spaces = _SIGN[min(node.level, 2)]
    if numbered(node):
        family, sign, spaces = '"Calibri"', node.marker, 5
    gap = "&nbsp;" * spaces
    return f"""<span style='font-family:{family}'>{sign}<span style='font:7.0pt "Times New Roman"'>{gap} </span></span>"""


def _word(o: Outline, mark: str, *, styles: bool, after: str = "") -> str:
    out = [f"<p class=MsoTitle>{html.escape(o.title)}{after}</p>" if styles else ""]
    if not styles:
        out.append(
            f"<p class=MsoNormal><b><span style='font-size:16.0pt'>{html.escape(o.title)}</span></b>{after}</p>"
        )
    for group in groups(o.nodes):
        for place, node in enumerate(group):
            words = sup(node.text)
            if node.kind == "heading" and styles:
                out.append(
                    f"<h{node.level}><span style='color:#2F5496'>{words}</span>{after}</h{node.level}>"
                )
            elif node.kind == "heading":
                out.append(f"<p class=MsoNormal>{after or '&nbsp;'}</p>")
                out.append(
                    f"<p class=MsoNormal><b><span style='font-size:13.0pt'>{words}</span></b>{after}</p>"
                )
            elif node.kind == "item":
                ends = (
                    ("First", "Middle", "Last")[(place > 0) + (place == len(group) - 1)]
                    if place or len(group) > 1
                    else ""
                )
                kind = f"CxSp{ends}" if ends else ""
                level = f"mso-list:l0 level{node.level + 1} lfo1;" if after else ""
                out.append(
                    f"<p class=MsoListParagraph{kind} style='margin-left:{0.5 * (node.level + 1)}in;text-indent:-.25in;{level}'>"
                    f"{mark.format(_word_mark(node))}{bold_lead(words, *_BOLD)}{after}</p>"
                )
            elif node.kind == "paragraph":
                style = f" style='margin-left:{0.5 * node.level}in'" if node.level else ""
                out.append(f"<p class=MsoNormal{style}>{words}{after}</p>")
        if group[0].kind in ("row", "caption"):
            cell = f"<td width=156 valign=top style='border:solid windowtext 1.0pt'><p class=MsoNormal>{{}}{after}</p></td>"
            out.append(
                _rows(group, cell, table="<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0>")
            )
    lines = "\n\n".join(
        "\n".join(textwrap.wrap(one, 76, break_long_words=False, break_on_hyphens=False))
        for one in out
        if one
    )
    return (
        '<html>\n\n<head>\n<meta http-equiv=Content-Type content="text/html; charset=utf-8">\n'
        f'<meta name=Generator content="Microsoft Word 15 (filtered)">\n{_STYLE}\n\n</head>\n\n'
        f"<body lang=EN-US style='word-wrap:break-word'>\n\n<div class=WordSection1>\n\n{lines}\n\n</div>\n\n</body>\n\n</html>"
    )


def word_filtered(o: Outline) -> str:
    return _word(o, "{}", styles=True)


def word_filtered_bold(o: Outline) -> str:
    """Without styles: title and headings are bold paragraphs, a blank one before each."""
    return _word(o, "{}", styles=False)


def word_page(o: Outline) -> str:
    """The unfiltered form, with conditional comments and marks of paragraphs."""
    return _word(o, "<![if !supportLists]>{}<![endif]>", styles=True, after="<o:p></o:p>")


# ---- other word processors


def google_docs(o: Outline) -> str:
    """The list of each level is an element of its own; levels show in class names only."""
    out = [f'<p class="c9 title" id="h.k1a"><span class="c7">{html.escape(o.title)}</span></p>']
    for group in groups(o.nodes):
        before: Node | None = None
        tag = "ul"
        for node in group:
            words = sup(node.text)
            if node.kind == "heading":
                out.append(
                    f'<h{node.level} class="c4" id="h.x{len(out)}"><span class="c5">{words}</span></h{node.level}>'
                )
            elif node.kind == "item":
                starts = before is None or node.level > before.level
                if before is None or node.level != before.level:
                    out.append(f"</{tag}>" if before is not None else "")
                    tag = "ol" if numbered(node) else "ul"
                    start = 'start="1"' if tag == "ol" else ""
                    out.append(
                        f'<{tag} class="c6 lst-kix_ab12cd-{node.level}{" start" if starts else ""}" {start}>'
                    )
                lead = bold_lead(words, '<span class="c8">', '</span><span class="c1">')
                out.append(f'<li class="c0 li-bullet-{node.level}"><span class="c1">{lead}</span></li>')
                before = node
            elif node.kind == "paragraph":
                out.append(
                    f'<p class="c2"><span class="c1">{words}</span></p><p class="c2 c3"><span class="c1"></span></p>'
                )
        out.append(f"</{tag}>" if before is not None else "")
        if group[0].kind in ("row", "caption"):
            cell = '<td class="c11" colspan="1" rowspan="1"><p class="c2"><span class="c1">{}</span></p></td>'
            out.append(_rows(group, cell, table='<table class="c13">'))
    return (
        '<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"><style type="text/css">'
        "ul.lst-kix_ab12cd-0{list-style-type:none}.c8{font-weight:700}.c7{font-size:26pt}</style></head>"
        f'<body class="c14 doc-content">{"".join(out)}</body></html>'
    )


def libre_office(o: Outline) -> str:
    out = [f'<p class="western" align="center"><font size="5"><b>{html.escape(o.title)}</b></font></p>']
    depth = 0
    for group in groups(o.nodes):
        for node in group:
            words = bold_lead(sup(node.text), *_BOLD)
            if node.kind == "heading":
                out.append(f'<h{node.level + 1} class="western">{sup(node.text)}</h{node.level + 1}>')
            elif node.kind == "item":
                tag = "ol" if numbered(node) else "ul"
                out.append(
                    f"<{tag}>\n" * (node.level + 1 - depth) or "</li></ul>\n" * (depth - node.level - 1)
                )
                depth = node.level + 1
                out.append(f'<li><p style="margin-bottom: 0in; line-height: 100%">\n{words}</p>')
            elif node.kind == "paragraph":
                out.append(
                    f'<p style="margin-bottom: 0in"><font face="Liberation Serif, serif">{sup(node.text)}</font></p>\n<p><br/>\n\n</p>'
                )
        if group[0].kind == "item":
            out.append(("</ol>" if numbered(group[0]) else "</ul>") * depth)
            depth = 0
        if group[0].kind in ("row", "caption"):
            cell = '<td width="25%"><p>{}</p></td>'
            out.append(_rows(group, cell, table='<table width="100%"><col width="64*"/><col width="64*"/>'))
    body = "\n".join(out)
    return f'<!DOCTYPE html>\n<html><head><meta name="generator" content="LibreOffice 7.4 (Linux)"/></head><body lang="en-US" dir="ltr">{body}</body></html>'


# ---- note books and wikis of firms


def notion(o: Outline) -> str:
    """Each item is a list of its own; those inside it stand in its <li>."""

    def items(group: list[Node], start: int, level: int) -> tuple[str, int]:
        out = []
        at = start
        while at < len(group) and group[at].level >= level:
            node = group[at]
            at += 1
            words = bold_lead(sup(node.text), "<strong>", "</strong>")
            inner, at = items(group, at, level + 1)
            if numbered(node):
                number = re.sub(r"\D", "", node.marker) or "1"
                out.append(
                    f'<ol type="1" id="a{at}" class="numbered-list" start="{number}"><li>{words}{inner}</li></ol>'
                )
            else:
                out.append(
                    f'<ul id="a{at}" class="bulleted-list"><li style="list-style-type:disc">{words}{inner}</li></ul>'
                )
        return "".join(out), at

    out = []
    for group in groups(o.nodes):
        node = group[0]
        if node.kind == "heading":
            out.append(f'<h{node.level} id="b{len(out)}" class="">{sup(node.text)}</h{node.level}>')
        elif node.kind == "item":
            out.append(items(group, 0, 0)[0])
        elif node.kind == "paragraph":
            out.append(f'<p id="c{len(out)}" class="">{sup(node.text)}</p>')
        else:
            out.append(_rows(group, '<td class="">{}</td>', table='<table class="simple-table">'))
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>'
        f'<title>{html.escape(o.title)}</title></head><body><article id="d" class="page sans">'
        f'<header><h1 class="page-title">{html.escape(o.title)}</h1><p class="page-description"></p></header>'
        f'<div class="page-body">{"".join(out)}</div></article><span class="sans" style="font-size:14px;padding-top:2em"></span></body></html>'
    )


# ---- mail


def newsletter(o: Outline) -> str:
    """Tables for layout alone; bullets are rows of a sign and the words beside it."""
    cell = '<tr><td align="left" style="padding:0 24px;{}">{}</td></tr>'
    out = [
        cell.format("font-size:11px", '<a href="https://example.org/v">View this email in your browser</a>')
    ]
    out.append(cell.format("font-size:26px;font-weight:bold", html.escape(o.title)))
    for group in groups(o.nodes):
        for node in group:
            words = sup(node.text)
            if node.kind == "heading":
                out.append(cell.format("font-size:20px;font-weight:700;color:#333333", words))
            elif node.kind == "item":
                sign = node.marker if numbered(node) else ("&bull;", "&#9702;", "&#9642;")[min(node.level, 2)]
                lead = bold_lead(words, "<strong>", "</strong>")
                inner = (
                    f'<table border="0" cellpadding="0" cellspacing="0" style="margin-left:{20 * node.level}px"><tr>'
                    f'<td width="20" valign="top">{sign}</td><td valign="top">{lead}</td></tr></table>'
                )
                out.append(cell.format("", inner))
            elif node.kind == "paragraph":
                out.append(cell.format("font-size:16px;line-height:24px", words))
        if group[0].kind in ("row", "caption"):
            out.append(cell.format("", _rows(group, '<td style="border:1px solid #ccc">{}</td>')))
    out.append(
        cell.format(
            "font-size:11px",
            '<a href="https://example.org/u">Unsubscribe</a> | <a href="https://example.org/p">Privacy policy</a>',
        )
    )
    rows = "\n".join(out)
    return (
        f"<!DOCTYPE html><html><head><title>{html.escape(o.title)}</title></head><body style='margin:0'>"
        '<table width="100%" border="0" cellpadding="0" cellspacing="0"><tr><td align="center">'
        f'<table width="600" border="0" cellpadding="0" cellspacing="0">{rows}</table></td></tr></table></body></html>'
    )


PROGRAMS: Renderings = {
    "Word, filtered": (word_filtered, "a.htm"),
    "Word, filtered, no styles": (word_filtered_bold, "a.htm"),
    "Word": (word_page, "a.htm"),
    "Google Docs": (google_docs, "a.html"),
    "LibreOffice": (libre_office, "a.html"),
    "Notion": (notion, "a.html"),
    "newsletter": (newsletter, "a.html"),
}
