"""Labelled lines above a text ("Source: …", "URL: …", YAML front matter): what they say, and that they are no text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.articles.unit import Unit

_LABELLED = re.compile(
    r"(?P<label>title|url|link|source url|canonical|permalink|source|publisher|journal|site|website|authors?|editors?|"
    r"specialty|category|topics?|tags|keywords?|language|lang|slug|layout|description|id)\s*:\s+(?P<value>\S.*)",
    re.IGNORECASE,
)
MOST = 12  # lines looked at


@dataclass(slots=True)
class FrontMatter:
    """What labelled lines above a text tell; None where they are silent."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None


def take_front_matter(units: list[Unit], furniture: list[str]) -> FrontMatter:
    """Moves labelled lines at the top of `units` to `furniture`; the title, without a label, may stand above them."""
    found = FrontMatter()
    for place in (0, 1):
        for _ in range(MOST):
            if len(units) <= place or units[place].kind != "paragraph":
                break
            labelled = _LABELLED.fullmatch(units[place].text)
            if labelled is None or len(labelled["value"]) > 300:
                break
            label, value = labelled["label"].lower(), labelled["value"].strip(" '\"")
            furniture.append(units.pop(place).text)
            if label == "title":
                found.title = found.title or value
            elif value.startswith(("http://", "https://")) and label not in ("publisher", "journal"):
                found.url = found.url or value
            elif label in ("source", "publisher", "journal", "site", "website"):
                found.publisher = found.publisher or value
    return found
