"""Which elements of a web page are out of sight, and which are page furniture (patterns in `data/elements.toml`)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from bs4.element import NavigableString, PreformattedString, Tag

from pipeline.articles.data_files import alternatives, word_set

Verdict = Literal["", "unseen", "furniture", "doubtful"]
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ADVICE = re.compile(
    r"\d\s?(?:mg|mcg|µg|ug|g|ml|units?|iu)\b|\brecommend|\bcontraindicat|\bfirst[- ]line|\bavoid\b|\bdosing\b",
    re.IGNORECASE,
)


@cache
def tags(key: str) -> frozenset[str]:
    """A list of names in `data/elements.toml`."""
    return word_set("elements.toml", key)


@cache
def _tokens(sure: bool) -> re.Pattern[str]:
    return alternatives("elements.toml", "token", sure=sure)


@lru_cache(maxsize=4096)
def token_verdict(token: str) -> Verdict:
    """What one class or id says about its element.

    >>> token_verdict("cookie-banner"), token_verdict("sidebar"), token_verdict("recommendation")
    ('furniture', 'doubtful', '')
    """
    if token.lower() in tags("unseen_classes"):
        return "unseen"
    if len(token) > 80:
        return ""
    if _tokens(True).fullmatch(token):
        return "furniture"
    return "doubtful" if _tokens(False).fullmatch(token) else ""


def verdict(tag: Tag, *, inside: bool) -> Verdict:
    """What the element's own tag and attributes say about it; `inside` the page's main part."""
    name = tag.name
    if name in tags("unseen"):
        return "unseen"
    attrs = tag.attrs
    if name in tags("furniture") or (not inside and name in tags("furniture_outside")):
        return "furniture"
    found: Verdict = "doubtful" if name in tags("doubtful") else ""
    if not attrs:
        return found
    if "hidden" in attrs or attrs.get("aria-hidden") == "true" or _HIDING.search(str(attrs.get("style", ""))):
        return "unseen"
    role = str(attrs.get("role", "")).lower()
    if role in tags("roles"):
        return "furniture"
    if role in tags("doubtful_roles"):
        found = "doubtful"
    if name in ("body", "html", "main", "h1"):
        return found
    classes = attrs.get("class", ())
    tokens = list(classes) if isinstance(classes, (list, tuple)) else str(classes).split()
    if "id" in attrs:
        tokens.append(str(attrs["id"]))
    for token in tokens:
        said = token_verdict(token)
        if said in ("unseen", "furniture"):
            return said
        found = said or found
    return found


def is_left_out(tag: Tag, said: Verdict, total: int) -> bool:
    """Whether an element that looks like furniture is left out. Where it could hold the article or advice it stays.

    `total` is the length of the page's visible text. Menus and the like go by their tag alone.
    """
    if tag.name in ("button", "input", "select", "textarea"):
        return True
    text = visible_text(tag)
    if not text:
        return True
    if tag.find(["main", "article"] if tag.name == "nav" else ["main", "article", "h1"]) is not None:
        return False
    large = len(text) > 0.5 * total
    if said == "furniture" and not large:
        return True
    linked = sum(len(visible_text(link)) for link in tag.find_all("a"))
    return linked > 0.5 * len(text) or not (large or _ADVICE.search(text))


def visible_text(tag: Tag) -> str:
    """The words of an element that a reader sees, white space collapsed."""
    unseen, blocks = tags("unseen"), tags("block")
    parts: list[str] = []
    last: Tag | None = None
    for node in tag.descendants:
        if not isinstance(node, NavigableString) or isinstance(node, PreformattedString):
            continue
        parent = node.parent
        if parent is None or parent.name in unseen:
            continue
        if last is not parent and (parent.name in blocks or (last is not None and last.name in blocks)):
            parts.append(" ")
        parts.append(str(node))
        last = parent
    return " ".join("".join(parts).split())
