"""The HTML report: one file that needs nothing else.

The head of each list stands in the page as it is; the whole of it is kept beside, compressed, and put
into the page when somebody filters, searches, asks for more or prints. So a report of thousands of changes
opens at once, and one template makes every card.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from pipeline.reports.cards import Card
from pipeline.reports.disputes import Dispute
from pipeline.reports.evidence_map import EvidenceLine
from pipeline.reports.labels import say_source
from pipeline.reports.page import Page

AT_FIRST = {"conflicts": 12, "lesser": 12, "changes": 25, "evidence": 60, "noise": 20}
"""Members of each list that stand in the page before anything is asked for."""


def _read(name: str) -> str:
    return resources.files("pipeline.reports").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    env = Environment(
        loader=FunctionLoader(_read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["publisher"] = say_source
    return env


def render_html(page: Page) -> Iterator[str]:
    """The page as one self-contained HTML document, in pieces, as it may be long. Every text is escaped; no address is loaded."""
    env = _environment()
    parts: Any = env.get_template("parts.html.j2").module

    def about_change(c: Card) -> About:
        return c.heading, c.diseases, c.drugs, c.sources

    def about_dispute(d: Dispute) -> About:
        return d.severity_label, [d.disease], [d.drug], d.sources

    def about_evidence(e: EvidenceLine) -> About:
        return e.status_label, [e.disease], [e.drug], []

    lists = {
        "conflicts": _members([d for d in page.disputes if d.unsettled], parts.dispute, about_dispute),
        "lesser": _members([d for d in page.disputes if not d.unsettled], parts.dispute, about_dispute),
        "changes": _members(page.changes, parts.change, about_change),
        "noise": _members(page.noise, parts.change, about_change),
        "evidence": _members(page.evidence, parts.evidence_row, about_evidence),
    }
    heads, totals, packed = _packed(lists)
    style, script = _read("report.css"), _read("report.js")
    yield from env.get_template("report.html.j2").generate(
        page=page,
        heads={name: _head(members, plain=name == "evidence") for name, members in heads.items()},
        totals=totals,
        at_first=AT_FIRST,
        packed=packed,
        style=_trusted(style),
        script=_trusted(script),
        csp=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'; img-src data:",
    )
    yield "\n"


About = tuple[str, Sequence[str], Sequence[str], Sequence[str]]
"""Heading, diseases, drugs, sources."""
Member = list[Any]
"""The same, and the HTML."""


def _members(
    items: Iterable[Any], render: Callable[[Any], Markup], about: Callable[[Any], About]
) -> Iterator[Member]:
    for item in items:
        heading, *names = about(item)
        yield [heading, *map(list, names), str(render(item)).strip()]


def _trusted(ours: str) -> Markup:
    """Our own style and script, and what our templates have escaped already; never a text of an article."""
    return Markup(ours)  # noqa: S704


def _head(members: list[Member], *, plain: bool) -> Markup:
    """The first members with their headings, as report.js would put them."""
    if plain:
        return _trusted("\n".join(m[4] for m in members))
    out = []
    for heading, group in groupby(members, key=lambda m: m[0]):
        out.append(Markup("<h3>{}</h3>").format(heading))
        out.extend(_trusted(m[4]) for m in group)
    return Markup("\n").join(out)


def _packed(lists: Mapping[str, Iterator[Member]]) -> tuple[dict[str, list[Member]], dict[str, int], str]:
    """The first members of each list and how many it has; the whole of all, compressed as it is made."""
    heads: dict[str, list[Member]] = {}
    totals: dict[str, int] = {}
    squeeze = zlib.compressobj(9)
    data = bytearray()
    for number, (name, members) in enumerate(lists.items()):
        heads[name], totals[name] = [], 0
        data += squeeze.compress(f"{',' if number else '{'}{json.dumps(name)}:[".encode())
        for member in members:
            if totals[name] < AT_FIRST[name]:
                heads[name].append(member)
            told = json.dumps(member, ensure_ascii=False, separators=(",", ":"))
            data += squeeze.compress(f"{',' if totals[name] else ''}{told}".encode())
            totals[name] += 1
        data += squeeze.compress(b"]")
    data += squeeze.compress(b"}") + squeeze.flush()
    return heads, totals, base64.b64encode(data).decode("ascii")


def _hash(source: str) -> str:
    digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode("ascii")
    return f"'sha256-{digest}'"
