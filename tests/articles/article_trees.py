"""Article trees of our own making, and their renderings as web page and as plain text of several kinds."""

from __future__ import annotations

import html
import textwrap
from dataclasses import dataclass, field

from hypothesis import strategies as st

DRUGS = [
    "Metformin",
    "Lisinopril",
    "Amoxicillin",
    "Sertraline",
    "Levetiracetam",
    "Salbutamol",
    "Warfarin",
    "Oxytocin",
]
DOSES = ["500 mg twice daily", "5-10 mg/kg/day", "1.2 mg once", "90 mg/m² every 3 weeks", "≤2 g daily", ""]
CITES = ["", " 1", " 2, 3", " [4]"]
SENTENCES = [
    "Treatment should be started early in all adults with the condition.",
    "Avoid this in patients whose eGFR is <30 mL/min; use another agent.",
    "We suggest a lower dose in older adults (conditional recommendation, low certainty).",
    "E. coli is the usual cause, and local resistance decides the choice. 1, 2",
    "Do not combine these agents & review weekly.",
]
LEADS = [
    "The following agents are recommended as first choice:",
    "For those who cannot take it, use one of these 1:",
]
HEADINGS = [
    "Acute Attack", "Long-Term Prophylaxis", "Pregnancy", "Renal Impairment", "Blood Pressure Targets", "Key Pitfalls",
    "Follow-Up Visits", "Surgical Options", "Diet and Exercise", "Vaccination", "Oxygen Delivery", "Seizure Rescue",
]  # fmt: skip
SUBHEADINGS = ["Choice of Antidepressant", "Insulin Titration", "Anticoagulant Bridging", "Inhaler Technique"]
TITLES = ["What is the best treatment of heart failure in adults?", "Management of Epilepsy in Children"]


@dataclass(frozen=True)
class Item:
    text: str
    children: tuple[Item, ...] = ()
    ordered: bool = False  # of the children


@dataclass(frozen=True)
class Para:
    text: str


@dataclass(frozen=True)
class ItemList:
    items: tuple[Item, ...]
    ordered: bool


@dataclass(frozen=True)
class Part:
    heading: str
    level: int
    content: tuple[Para | ItemList, ...]


@dataclass(frozen=True)
class Tree:
    title: str
    parts: tuple[Part, ...] = field(default=())


def _items(depth: int) -> st.SearchStrategy[Item]:
    text = st.builds(
        "{} {}{}".format, st.sampled_from(DRUGS), st.sampled_from(DOSES), st.sampled_from(CITES)
    ).map(lambda words: " ".join(words.split()))
    if depth == 0:
        return st.builds(Item, text)
    return st.builds(Item, text, st.lists(_items(depth - 1), max_size=2).map(tuple), st.booleans())


LISTS = st.builds(ItemList, st.lists(_items(2), min_size=1, max_size=3).map(tuple), st.booleans())
PARAS = st.builds(Para, st.sampled_from(SENTENCES))
CHUNKS = st.one_of(
    PARAS.map(lambda p: (p,)),
    st.builds(lambda lead, items: (Para(lead), items), st.sampled_from(LEADS), LISTS),
)
CONTENT = st.lists(CHUNKS, min_size=1, max_size=3).map(
    lambda chunks: tuple(b for chunk in chunks for b in chunk)
)


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Trees whose levels flat text can show: a sub-heading comes right after its heading, before any content."""
    parts: list[Part] = []
    names = draw(st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=5, unique=True))
    contained = draw(st.booleans())
    for number, name in enumerate(names):
        level = 1
        if contained:
            level = 2
            if number in (0, 2):
                parts.append(Part(["From the Guidelines", "", "From the Research"][number], 1, draw(CONTENT)))
        if draw(st.integers(0, 3)) == 0:
            parts.append(Part(name, level, ()))
            parts.append(Part(SUBHEADINGS[number % 4], level + 1, draw(CONTENT)))
        else:
            parts.append(Part(name, level, draw(CONTENT)))
    return Tree(draw(st.sampled_from(TITLES)), tuple(parts))


def as_text(
    tree: Tree, *, bullet: str = "•", base: int = 2, step: int = 2, blank: bool = True, wrap: int = 0
) -> str:
    """Plain text: `base` spaces before outer items, `step` more for each nesting, blank lines between items or not."""
    lines: list[str] = [tree.title, ""]

    def put(text: str, indent: int, mark: str) -> None:
        first = " " * indent + (f"{mark} " if mark else "")
        if wrap:
            rest = " " * len(first)
            lines.extend(
                textwrap.wrap(
                    text, wrap, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
                )
            )
        else:
            lines.append(first + text)

    def items(some: tuple[Item, ...], ordered: bool, indent: int) -> None:
        for number, item in enumerate(some, 1):
            put(item.text, indent, f"{number}." if ordered else bullet)
            if blank:
                lines.append("")
            items(item.children, item.ordered, indent + step + ordered)

    for part in tree.parts:
        lines.extend([part.heading, ""])
        for block in part.content:
            if isinstance(block, Para):
                put(block.text, 0, "")
            else:
                items(block.items, block.ordered, base)
            if lines[-1]:
                lines.append("")
    return "\n".join(lines)


def as_html(tree: Tree, *, loose: bool = False, sup: bool = False) -> str:
    """A web page with the tree's levels: h1 for the title, h2 for level 1; `loose` puts words into <p> and <div>."""
    out = [
        f"<!doctype html><html><head><title>{html.escape(tree.title)} | Northfield</title></head><body><nav>Home</nav>"
    ]
    out.append(f"<main><h1>{html.escape(tree.title)}</h1>")

    def words(text: str) -> str:
        escaped = html.escape(text)
        if sup:
            escaped = (
                escaped.replace("m²", "m<sup>2</sup>")
                .replace(". 1, 2", ".<sup>1,2</sup>")
                .replace(" 1:", "<sup>1</sup>:")
            )
        return escaped

    def items(some: tuple[Item, ...], ordered: bool) -> str:
        tag = "ol" if ordered else "ul"
        made = []
        for item in some:
            inner = f"<div><p>{words(item.text)}</p></div>" if loose else words(item.text)
            nested = items(item.children, item.ordered) if item.children else ""
            made.append(f"<li>{inner}{f'<div>{nested}</div>' if loose and nested else nested}</li>")
        return f"<{tag}>{''.join(made)}</{tag}>"

    for part in tree.parts:
        out.append(f"<h{part.level + 1}>{html.escape(part.heading)}</h{part.level + 1}>")
        for block in part.content:
            out.append(
                f"<p>{words(block.text)}</p>"
                if isinstance(block, Para)
                else items(block.items, block.ordered)
            )
    out.append("</main><footer>© 2025 Northfield</footer></body></html>")
    return "\n".join(out)
