"""Lists of small words that part or join the pieces of a dose, by their name in `words.tsv`."""

from __future__ import annotations

from functools import cache

from pipeline.claims.doses.errors import DoseDataError
from pipeline.claims.doses.tables import data_text, rows


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists: dict[str, set[str]] = {}
    for _, row in rows("words", data_text("words"), ("form", "list")):
        lists.setdefault(row["list"], set()).add(row["form"])
    return {name: frozenset(forms) for name, forms in lists.items()}


def words(name: str) -> frozenset[str]:
    """The words of one list, lower case. Raises DoseDataError where the file has no such list.

    >>> "each" in words("filling")
    True
    """
    found = _lists().get(name)
    if found is None:
        raise DoseDataError(
            "E-DOSE-1", f"no list {name!r}", where="words.tsv", do="add its words with that name in `list`"
        )
    return found
