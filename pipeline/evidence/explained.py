"""The explanation of a discrepancy where both sides stand beside it: there the articles need no names."""

from __future__ import annotations

import re

_DATED = r"\((?:\d{4}-\d\d-\d\d|undated)(?:, (on [^()]*))?\)"


def with_sides(explanation: str, articles: tuple[str, str], called: tuple[str, str]) -> str:
    """An explanation that calls the articles of its two sides, given by their ids, as the page does.

    >>> told = "gout (2026-02-10) says for; a-z (undated, on steroids in gout) leaves it open. Open: no rule decides."
    >>> with_sides(told, ("gout", "a-z"), ("the first", "the second"))
    'The first says for; the second (on steroids in gout) leaves it open. Open: no rule decides.'
    """
    for article, name in zip(articles, called, strict=True):
        said = re.search(rf"(?<![\w-]){re.escape(article)} {_DATED}", explanation)
        if said is not None:
            whence = f"{name} ({said[1]})" if said[1] else name
            explanation = explanation[: said.start()] + whence + explanation[said.end() :]
    return explanation[:1].upper() + explanation[1:]
