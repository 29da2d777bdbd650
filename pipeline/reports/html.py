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
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from pipeline.reports.disputes import Dispute
from pipeline.reports.page import Page

AT_FIRST = {"conflicts": 12, "lesser": 12, "changes": 25, "evidence": 60, "noise": 20}
"""Members of each list that stand in the page before anything is asked for."""


def _read(name: str) -> str:
    return resources.files("pipeline.reports").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render_html(page: Page) -> str:
    """The page as one self-contained HTML document. Every text is escaped; no address is loaded."""
    env = _environment()
    parts: Any = env.get_template("parts.html.j2").module

    def about_dispute(d: Dispute) -> tuple[str, Sequence[str], Sequence[str], Sequence[str]]:
        return d.severity_label, [d.disease], [d.drug], d.sources

    lists = {
        "conflicts": _members([d for d in page.disputes if d.unsettled], parts.dispute, about_dispute),
        "lesser": _members([d for d in page.disputes if not d.unsettled], parts.dispute, about_dispute),
        "changes": _members(
            page.changes, parts.change, lambda c: (c.heading, c.diseases, c.drugs, c.sources)
        ),
        "noise": _members(page.noise, parts.change, lambda c: (c.heading, c.diseases, c.drugs, c.sources)),
        "evidence": _members(
            page.evidence, parts.evidence_row, lambda e: (e.status_label, [e.disease], [e.drug], [])
        ),
    }
    style, script = _read("report.css"), _read("report.js")
    html = env.get_template("report.html.j2").render(
        page=page,
        heads={
            name: _head(members[: AT_FIRST[name]], plain=name == "evidence")
            for name, members in lists.items()
        },
        totals={name: len(members) for name, members in lists.items()},
        at_first=AT_FIRST,
        packed=_packed(lists),
        style=_trusted(style),
        script=_trusted(script),
        csp=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'; img-src data:",
    )
    return html + "\n"


Member = list[Any]
"""Heading, diseases, drugs, sources, HTML."""


def _members(
    items: Sequence[Any],
    render: Callable[[Any], Markup],
    about: Callable[[Any], tuple[str, Sequence[str], Sequence[str], Sequence[str]]],
) -> list[Member]:
    return [
        [*(list(p) if not isinstance(p, str) else p for p in about(i)), str(render(i)).strip()] for i in items
    ]


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


def _packed(lists: dict[str, list[Member]]) -> str:
    data = json.dumps(lists, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b64encode(zlib.compress(data, 9)).decode("ascii")


def _hash(source: str) -> str:
    digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode("ascii")
    return f"'sha256-{digest}'"
