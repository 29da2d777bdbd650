"""One look over a web page's elements: those that its readers ask for, by what they are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.element import Tag

from pipeline.articles.elements import tags
from pipeline.articles.soup import is_words

_WANTED = frozenset({"meta", "link", "script", "title", "html", "body", "main", "article", "time"})

_ROLES = {
    "list": "ul",
    "listitem": "li",
    "table": "table",
    "rowgroup": "tbody",
    "row": "tr",
    "cell": "td",
    "columnheader": "th",
    "rowheader": "th",
}


@dataclass(slots=True)
class Survey:
    """The wanted elements by tag, those with role=main, itemprop, and the length of the words in sight."""

    by_tag: dict[str, list[Tag]] = field(default_factory=lambda: defaultdict(list))
    mains: list[Tag] = field(default_factory=list)
    named: list[Tag] = field(default_factory=list)
    size: int = 0

    def first(self, name: str) -> Tag | None:
        """The first element of that tag."""
        found = self.by_tag.get(name)
        return found[0] if found else None


def survey(soup: BeautifulSoup) -> Survey:
    """Looks at every element once; elements that have but the role of a list, a table or a part of them get its name."""
    found = Survey()
    unseen = tags("unseen")
    for node in soup.descendants:
        if type(node) is Tag:
            if node.name in _WANTED:
                found.by_tag[node.name].append(node)
            if node.attrs:
                role = node.attrs.get("role")
                if role == "main":
                    found.mains.append(node)
                elif role in _ROLES and node.name in ("div", "span"):
                    node.name = _ROLES[role]
                if "itemprop" in node.attrs:
                    found.named.append(node)
        elif is_words(node):
            parent = node.parent
            if parent is not None and parent.name not in unseen:
                found.size += len(str(node).strip())
    return found
