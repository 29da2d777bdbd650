"""The explanation of a discrepancy where both sides stand beside it: there the articles need no names."""

from __future__ import annotations

import re

_DATED = r"\((?:\d{4}-\d\d-\d\d|undated)(?:, (on [^()]*))?\)"


def called(older_date: object, newer_date: object) -> tuple[str, str]:
    """What the two sides of a discrepancy are called: of two articles of one day neither is the older.

    >>> called("2026-02-10", "2026-02-10"), called(None, "2026-02-10")
    (('First', 'Second'), ('Older', 'Newer'))
    """
    return ("First", "Second") if older_date == newer_date else ("Older", "Newer")


def beside_sides(
    explanation: str,
    *,
    drug: str,
    disease: str,
    aspect: str,
    articles: tuple[str, str],
    sides: tuple[str, str],
) -> str:
    """An explanation without the drug, disease and aspect that stand above it, and with its `articles`, given by their ids,
    under the names of the `sides` below it.

    >>> told = "A in gout, dose: gout (2026-02-10) says 1 g; a-z (undated, on B in gout) leaves it open. Open: no rule decides."
    >>> names = {"drug": "A", "disease": "gout", "aspect": "dose"}
    >>> beside_sides(told, **names, articles=("gout", "a-z"), sides=("First", "Second"))
    'The first says 1 g; the second (on B in gout) leaves it open. Open: no rule decides.'
    """
    words = explanation.removeprefix(f"{drug} in {disease}").removeprefix(f", {aspect}")
    words = words.removeprefix(":").lstrip()
    for article, side in zip(articles, sides, strict=True):
        said = re.search(rf"(?<![\w-]){re.escape(article)} {_DATED}", words)
        if said is not None:
            whence = f"the {side.lower()} ({said[1]})" if said[1] else f"the {side.lower()}"
            words = words[: said.start()] + whence + words[said.end() :]
    return words[:1].upper() + words[1:]
