"""Which elements of a web page are out of sight, and which are page furniture (patterns in `data/elements.toml`)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from bs4.element import Tag

from pipeline.articles.advice import ADVICE
from pipeline.articles.data_files import alternatives, word_set
from pipeline.articles.soup import around, elements, first, is_words

Verdict = Literal["", "unseen", "furniture", "doubtful"]
_WIDE = re.compile(r"(?:d-)?(?:sm|md|lg|xl|xxl|2xl)[:-](?:block|flex|grid|table|inline(?:-block|-flex)?)")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold(?:er)?|[6-9]00)\b", re.IGNORECASE)
_LEVEL = re.compile(r"mso-list\s*:[^;]*?\blevel([1-9])", re.IGNORECASE)
_MARGIN = re.compile(
    r"(?:margin|padding)-left\s*:\s*(\d{1,4}(?:\.\d+)?)(px|pt|in|cm|r?em|ch)\b", re.IGNORECASE
)
_LIST_LEVEL = re.compile(r"(?:^|\s)(?:lst-kix_\w+|ql-indent)-(\d)(?:\s|$)")
DEEPEST = 9  # levels of lists that are told so
_HEADED = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary"})
_COLUMNS = {"px": 1 / 8, "pt": 1 / 6, "in": 12, "cm": 5, "em": 2, "rem": 2, "ch": 1}


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
    if (name in tags("furniture") and not (name == "button" and unfolds(tag))) or (
        not inside and name in tags("furniture_outside")
    ):
        return "furniture"
    found: Verdict = "doubtful" if name in tags("doubtful") else ""
    if not attrs:
        return found
    hidden = (
        "hidden" in attrs or attrs.get("aria-hidden") == "true" or _HIDING.search(str(attrs.get("style", "")))
    )
    if hidden and not _is_folded(tag):
        return "unseen"
    role = str(attrs.get("role", "")).lower()
    if role in tags("roles"):
        return "furniture"
    if role in tags("doubtful_roles"):
        found = "doubtful"
    if name in ("body", "html", "main", "h1"):
        return found
    tokens = _tokens_of(tag)
    for token in tokens:
        said = token_verdict(token)
        if said == "unseen" and any(_WIDE.fullmatch(other) for other in tokens):
            continue  # "d-none d-md-block": seen where there is room
        if said in ("unseen", "furniture"):
            return said
        found = said or found
    return found


@cache
def _class_pattern(key: str) -> re.Pattern[str]:
    return alternatives("elements.toml", key)


def _tokens_of(tag: Tag) -> list[str]:
    classes = tag.attrs.get("class", ())
    tokens = list(classes) if isinstance(classes, (list, tuple)) else str(classes).split()
    return [*tokens, str(tag.attrs["id"])] if "id" in tag.attrs else tokens


@lru_cache(maxsize=4096)
def names_heading(token: str) -> bool:
    """Whether a class says that its words stand out as a heading does.

    >>> names_heading("section-title"), names_heading("font-semibold"), names_heading("subtitle-2"), names_heading("entitled")
    (True, True, True, False)
    """
    return len(token) < 80 and _class_pattern("heading_class").fullmatch(token) is not None


def is_bold(tag: Tag) -> bool:
    """Whether an element sets its words in bold: by tag, by style, or by a class that names a heading."""
    if tag.name in ("b", "strong", "summary", "button"):
        return True
    attrs = tag.attrs
    if not attrs or tag.name in ("body", "main", "article", "section"):
        return False
    if "style" in attrs and _BOLD.search(str(attrs["style"])):
        return True
    if "class" not in attrs or not any(names_heading(token) for token in _tokens_of(tag)):
        return False
    return first(tag, tags("block")) is None


def margin_of(tag: Tag) -> int:
    """The columns by which an element's style moves it in (a list that is typed shows its levels so).

    >>> from bs4 import BeautifulSoup
    >>> [margin_of(p) for p in BeautifulSoup("<p style='margin-left:40px'>a<p style='mso-list:l0 level2 lfo1'>b<p>c", "lxml")("p")]
    [5, 2, 0]
    """
    style = str(tag.attrs["style"]) if tag.attrs and "style" in tag.attrs else ""
    if not style:
        return 0
    level = _LEVEL.search(style)
    if level is not None:
        return 2 * (int(level[1]) - 1)
    moved = _MARGIN.search(style)
    return min(int(float(moved[1]) * _COLUMNS[moved[2].lower()]), 100) if moved is not None else 0


def level_of(item: Tag) -> int:
    """The level of a list item, from 0, where its element or its list tells it by an attribute or a class: programs that
    write the list of each level as an element of its own do.

    >>> from pipeline.articles.soup import parse
    >>> page = "<ul><li aria-level=2>a</ul><ul class='lst-kix_x1-1 start'><li>b</ul><ul><li class=ql-indent-1>c<li>d</ul>"
    >>> [level_of(li) for li in parse(page)("li")]
    [1, 1, 1, 0]
    """
    told = str(item.attrs.get("aria-level", "")) if item.attrs else ""
    if told.isdigit():
        return min(max(int(told), 1), DEEPEST) - 1
    for tag in (item, item.parent):
        found = (
            _LIST_LEVEL.search(str(tag.attrs["class"])) if tag is not None and "class" in tag.attrs else None
        )
        if found is not None:
            return min(int(found[1]), DEEPEST)
    return 0


def unfolds(button: Tag) -> bool:
    """Whether a button is the heading of words that it folds and unfolds."""
    return (
        "aria-expanded" in button.attrs
        or any(_class_pattern("fold_class").fullmatch(token) for token in _tokens_of(button))
        or around(button, ("h2", "h3", "h4", "h5", "h6", "summary")) is not None
    )


def _is_folded(tag: Tag) -> bool:
    """Whether a hidden element is the folded part of an accordion or a tab, which a reader can open."""
    return (
        tag.attrs.get("hidden") == "until-found"
        or tag.attrs.get("role") in ("region", "tabpanel")
        or "aria-labelledby" in tag.attrs
        or any(_class_pattern("fold_class").fullmatch(token) for token in _tokens_of(tag))
        or _below_button(tag)
    )


def _below_button(tag: Tag) -> bool:
    """Whether the element right before is a button, or a heading that holds one."""
    before = tag.previous_sibling
    while before is not None and not isinstance(before, Tag):
        before = before.previous_sibling
    if before is None:
        return False
    return before.name == "button" or (before.name in _HEADED and first(before, ("button",)) is not None)


def is_left_out(tag: Tag, said: Verdict, total: int) -> bool:
    """Whether an element that looks like furniture is left out. Where it could hold the article or advice it stays.

    `total` is the length of the page's visible text. Menus and the like go by their tag alone.
    """
    if tag.name in ("button", "input", "select", "textarea"):
        return True
    text = visible_text(tag)
    if not text:
        return True
    if first(tag, ("main", "article") if tag.name == "nav" else ("main", "article", "h1")) is not None:
        return False
    large = len(text) > 0.5 * total
    words = ""
    if not large and (heading := first(tag, _HEADED)) is not None:
        words = visible_text(heading)
        words = words if len(words) < 80 and text.startswith(words) else ""
        if words and _class_pattern("elsewhere").fullmatch(words):
            return True
    if said == "furniture" and not large:
        return True
    linked = sum(len(visible_text(link)) for link in elements(tag, ("a",)))
    if linked > 0.5 * len(text):
        return True
    return not (large or ADVICE.search(text) or any(map(_is_own_box, (words, *_tokens_of(tag)))))


def _is_own_box(words: str) -> bool:
    """Whether a heading or class is that of a box with words of the article.

    >>> _is_own_box("Key points"), _is_own_box("take-home-messages"), _is_own_box("About the author")
    (True, True, False)
    """
    return _class_pattern("own_box").fullmatch(words) is not None


def visible_text(tag: Tag) -> str:
    """The words of an element that a reader sees, white space collapsed."""
    unseen, blocks = tags("unseen"), tags("block")
    parts: list[str] = []
    last: Tag | None = None
    for node in tag.descendants:
        if not is_words(node):
            continue
        parent = node.parent
        if parent is None or parent.name in unseen:
            continue
        if last is not parent and (parent.name in blocks or (last is not None and last.name in blocks)):
            parts.append(" ")
        parts.append(str(node))
        last = parent
    return " ".join("".join(parts).split())
