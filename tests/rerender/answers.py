"""Answers as language models and the pages around them write them: their Markdown, their citations."""

from __future__ import annotations

import html
import re

from tests.rerender.outline import CITES, Outline, Renderings, bold_lead
from tests.rerender.pages import Tags, body
from tests.rerender.texts import Text, numbered_headings, text

_SIGNS = {"≥": r"\geq", "≤": r"\leq", "±": r"\pm"}


def _cited(form: str, joint: str = ", ", *, each: str = "{}", space: str = " ") -> dict[str, object]:
    """Every citation in that form; `each` number in its own."""

    def put(found: re.Match[str]) -> str:
        return space + form.format(joint.join(each.format(n) for n in found[1].split(", ")))

    return {"words": lambda words: CITES.sub(put, words)}


def _plain(form: str, joint: str = ", ", *, each: str = "{}", space: str = " "):
    cited = _cited(form, joint, each=each, space=space)
    return lambda o: text(o, Text(bullets="•◦▪", **cited))


def _dotted(form: str, joint: str = ",") -> object:
    """Behind the full stop, without a space."""

    def put(found: re.Match[str]) -> str:
        if found.string[: found.start()][-1:].isdigit():
            return found.group()  # right behind a figure it would be a part of that
        return ("" if found.string[: found.start()][-1:] in ".:" else ".") + form.format(
            joint.join(found[1].split(", "))
        )

    def words(line: str) -> str:
        return CITES.sub(put, line)

    return lambda o: text(o, Text(bullets="•◦▪", words=words))


def assistant(o: Outline) -> str:
    """Headings in bold with their numbers, rules between sections, dashes behind lead words, signs escaped."""
    number = numbered_headings()

    def heading(words: str, level: int) -> str:
        return f"---\n\n{'#' * (level + 1)} **{number(words, level)}**" if level else f"# {words}"

    def item(words: str) -> str:
        lead = bold_lead(words)
        return re.sub(r"^\*\*([^*]+):\*\* ", r"**\1** – ", lead)

    return text(
        o,
        Text(bullets="-", step=3, heading=heading, item=item, words=lambda w: re.sub(r"([<>~])", r"\\\1", w)),
    )


def assistant_signs(o: Outline) -> str:
    """Pictures before headings, formulas, non-breaking hyphens and narrow spaces."""
    pictures = "✅⚠️💊📌🔹"

    def heading(words: str, level: int) -> str:
        return f"{'#' * (level + 1)} {pictures[len(words) % 5]} {words}" if level else f"# {words}"

    def formulas(words: str) -> str:
        words = re.sub(r"[≥≤]", lambda m: f"${_SIGNS[m.group()]}$", words)
        return re.sub(r"(?<=\d) (?=m[gL]\b)", "\u202f", re.sub(r"(?<=[a-z])-(?=[a-z])", "\u2011", words))

    return text(o, Text(bullets="*", step=4, heading=heading, item=bold_lead, words=formulas))


def assistant_stars(o: Outline) -> str:
    """Bullets with three spaces behind the star, lead words with the colon outside, headings with a colon in bold."""
    return text(
        o,
        Text(
            bullets="*",
            step=4,
            after_mark="   ",
            heading=lambda w, n: f"**{w}:**" if n and w[-1] not in "?:" else f"**{w}**",
            item=lambda w: re.sub(r"^\*\*([^*]+):\*\*", r"**\1**:", bold_lead(w)),
        ),
    )


def assistant_quoted(o: Outline) -> str:
    """A whole answer quoted, as in a mail or an issue."""
    return "\n".join(
        f"> {line}".rstrip()
        for line in text(o, Text(bullets="-", heading=lambda w, n: f"{'#' * (n + 1)} {w}")).split("\n")
    )


def assistant_page(o: Outline) -> str:
    """What an application makes of it: places of the source as attributes, buttons, chips with the names of sources."""

    def words(line: str) -> str:
        return CITES.sub(
            lambda m: "".join(
                f'<sup class="citation"><a href="#cite-{n}">{n}</a></sup>' for n in m[1].split(", ")
            ),
            html.escape(line, quote=False),
        )

    made = body(
        o,
        Tags(
            lambda w, n: (
                f'<h{n + 1} data-start="10" data-end="99"><strong data-start="14" data-end="95">{w}</strong></h{n + 1}>'
            ),
            words=words,
            item=lambda w: (
                f'<p data-start="1" data-end="9">{bold_lead(w, "<strong data-start=1>", "</strong>")}</p>'
            ),
        ),
    )
    made = made.replace(
        "<table>",
        '<div class="_tableContainer_1"><div class="_tableWrapper_1"><table class="w-fit" data-start="3">',
    ).replace("</table>", "</table></div></div>")
    return (
        f"<html><head><title>{html.escape(o.title)}</title></head><body><main><div class='flex flex-col'><article data-turn='assistant'>"
        f"<h6 class='sr-only'>The assistant said:</h6><div class='markdown prose w-full break-words'>{made}</div>"
        "<div class='flex items-center'><button aria-label='Copy'><svg></svg></button><button>Share</button></div></article></div></main></body></html>"
    )


ANSWERS: Renderings = {
    "an assistant's numbers and rules": (assistant, "a.md"),
    "an assistant's pictures and formulas": (assistant_signs, "a.md"),
    "an assistant's bold lines": (assistant_stars, "a.md"),
    "an assistant quoted": (assistant_quoted, "a.md"),
    "an assistant's page": (assistant_page, "a.html"),
    "cited [1][2]": (_plain("{}", "", each="[{}]"), "a.txt"),
    "cited[1][2]": (_plain("{}", "", each="[{}]", space=""), "a.txt"),
    "cited [1], [2]": (_plain("{}", each="[{}]"), "a.txt"),
    "cited [1,2]": (_plain("[{}]", ","), "a.txt"),
    "cited [1; 2]": (_plain("[{}]", "; "), "a.txt"),
    "cited (1, 2)": (_plain("({})"), "a.txt"),
    "cited (1)(2)": (_plain("{}", "", each="({})"), "a.txt"),
    "cited 【1】【2】": (_plain("{}", "", each="【{}】", space=""), "a.txt"),
    "cited 【1†source】": (_plain("{}", "", each="【{}†source】", space=""), "a.txt"),
    "cited [^1][^2]": (_plain("{}", "", each="[^{}]", space=""), "a.md"),
    "cited [[1]](address)": (_plain("{}", "", each="[[{}]](https://example.org/a)"), "a.md"),
    "cited [1](address)": (_plain("{}", " ", each="[{}](https://example.org/a)"), "a.md"),
    "cited \\[1\\]": (_plain("\\[{}\\]"), "a.md"),
    "cited.1,2": (_dotted("{}"), "a.txt"),
    "cited.[1,2]": (_dotted("[{}]"), "a.txt"),
    "cited.(1,2)": (_dotted("({})"), "a.txt"),
    "cited (refs 1, 2)": (_plain("(refs {})"), "a.txt"),
}
