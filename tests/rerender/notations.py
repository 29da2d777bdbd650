"""Plain text in the notations of wikis, trackers, forums and documentation."""

from __future__ import annotations

from tests.rerender.outline import CITES, Node, Outline, Renderings, bold_lead, noted, numbered
from tests.rerender.texts import Text, text


def _cited(form: str) -> dict[str, object]:
    return {"words": lambda words: CITES.sub(lambda m: form.format(m[1].replace(", ", ",")), words)}


def _signs(bullet: str, number: str) -> dict[str, object]:
    return {"marks": lambda node: (number if numbered(node) else bullet) * (node.level + 1), "step": 0}


def _lead(before: str, after: str) -> dict[str, object]:
    return {"item": lambda words: bold_lead(words, before, after)}


def _grid(rows: list[Node]) -> list[str]:
    widths = [max(len(row.cells[c]) for row in rows) for c in range(len(rows[0].cells))]
    rule = "+" + "+".join("-" * (w + 2) for w in widths) + "+"
    lines = [rule]
    for place, row in enumerate(rows):
        lines.append("|" + "|".join(f" {c:<{w}} " for c, w in zip(row.cells, widths)) + "|")
        lines.append(rule.replace("-", "=") if place == 0 else rule)
    return lines


def re_structured(o: Outline) -> str:
    def heading(words: str, level: int) -> str:
        sign = "=-~^"[min(level, 3)] * len(words)
        return f"{sign}\n{words}\n{sign}\n\n.. contents::\n   :local:" if not level else f"{words}\n{sign}"

    return text(
        o,
        Text(
            bullets="-*",
            table=_grid,
            heading=heading,
            item_gap=True,
            words=noted(" ", "[{n}]_", "", " ", escaped=False),
            **_lead("**", "**"),
        ),
    )


def ascii_doc(o: Outline) -> str:
    def table(rows: list[Node]) -> list[str]:
        lines = ["|" + " |".join(rows[0].cells), ""]
        for row in rows[1:]:
            lines += [*(f"|{cell}" for cell in row.cells), ""]
        return ['[options="header"]', "|===", *lines[:-1], "|==="]

    def heading(words: str, level: int) -> str:
        return (
            f"= {words}\nJane Roe <jane@example.org>\n:toc:\n:sectnums:"
            if not level
            else f"{'=' * (level + 1)} {words}"
        )

    return text(
        o, Text(table=table, heading=heading, **_signs("*", "."), **_cited("^{}^"), **_lead("*", "*"))
    )


def org(o: Outline) -> str:
    def table(rows: list[Node]) -> list[str]:
        lines = ["| " + " | ".join(row.cells) + " |" for row in rows]
        return [lines[0], "|" + "+".join("---" for _ in rows[0].cells) + "|", *lines[1:]]

    def heading(words: str, level: int) -> str:
        return f"#+TITLE: {words}\n#+OPTIONS: toc:nil" if not level else f"{'*' * level} {words}"

    return text(
        o, Text(bullets="-+", table=table, heading=heading, gap=False, **_cited("^{{{}}}"), **_lead("*", "*"))
    )


def jira(o: Outline) -> str:
    def table(rows: list[Node]) -> list[str]:
        return [
            "||" + "||".join(rows[0].cells) + "||",
            *("|" + "|".join(row.cells) + "|" for row in rows[1:]),
        ]

    return text(
        o,
        Text(
            table=table,
            heading=lambda w, n: f"h{n + 1}. {w}",
            **_signs("*", "#"),
            **_cited("^{}^"),
            **_lead("*", "*"),
        ),
    )


def wiki_text(o: Outline) -> str:
    def table(rows: list[Node]) -> list[str]:
        lines = ['{| class="wikitable"', "|-", "! " + " !! ".join(rows[0].cells)]
        for row in rows[1:]:
            lines += ["|-", "| " + " || ".join(row.cells)]
        return [*lines, "|}"]

    def heading(words: str, level: int) -> str:
        return f"{'=' * (level + 1)} {words} {'=' * (level + 1)}"

    return text(
        o,
        Text(
            table=table, heading=heading, **_signs("*", "#"), **_cited("<sup>{}</sup>"), **_lead("'''", "'''")
        ),
    )


def bb_code(o: Outline) -> str:
    """A forum's: lists with a sign for each item, nested in each other."""
    out = [f"[size=150][b]{o.title}[/b][/size]", ""]
    open_: list[str] = []
    cited = _cited("[sup]{}[/sup]")["words"]
    for node in o.nodes:
        words = bold_lead(cited(node.text), "[b]", "[/b]")  # type: ignore[operator]
        depth = node.level + 1 if node.kind == "item" else 0
        while len(open_) > depth:
            out.append(open_.pop())
        if node.kind == "heading":
            out += ["", f"[b][u]{node.text}[/u][/b]"]
        elif node.kind == "item":
            while len(open_) < depth:
                out.append("[list=1]" if numbered(node) else "[list]")
                open_.append("[/list]")
            out.append(f"[*]{words}")
        elif node.kind == "row":
            out.append("[tr]" + "".join(f"[td]{c}[/td]" for c in node.cells) + "[/tr]")
        else:
            out += ["", words, ""]
    return "\n".join([*out, *open_]) + "\n"


NOTATIONS: Renderings = {
    "reStructuredText": (re_structured, "a.rst"),
    "AsciiDoc": (ascii_doc, "a.adoc"),
    "Org": (org, "a.org"),
    "Jira": (jira, "a.txt"),
    "MediaWiki's notation": (wiki_text, "a.txt"),
    "BBCode": (bb_code, "a.txt"),
}
