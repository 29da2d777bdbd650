"""Expected rows of whole articles: one JSON object per line, with the `doc` that it belongs to and its `quote`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.evaluation.errors import CaseError
from pipeline.evaluation.row_checks import DEFAULTS, check_expected


def load_samples(goldens: Path, articles: Path) -> dict[str, list[dict[str, Any]]]:
    """The expected rows of each article that a `*.jsonl` file in `goldens` is about, flat and complete.

    `doc` in each line is the article's path below `articles`; `quote` the first words of the statement. Raises
    CaseError for a row that is unsound, whose words the article does not have, or a file without rows.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(goldens.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            if line.strip():
                row = _row(line, articles, f"{path.name}:{number}")
                found.setdefault(row["doc"], []).append(row)
        if not any(row["golden"] == path.name for rows in found.values() for row in rows):
            raise CaseError(
                "E-CASE-4", "no row in this file", where=path.name, do="write one, or remove the file"
            )
    return found


def _row(line: str, articles: Path, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise CaseError("E-CASE-1", f"not JSON: {error}", where=where, do="one object per line") from None
    if not isinstance(row, dict) or not isinstance(row.get("doc"), str) or not row.get("quote"):
        raise CaseError("E-CASE-2", "a row needs its doc and its quote", where=where, do="add them")
    doc = row.pop("doc")
    article = articles / doc
    if not article.is_file():
        raise CaseError("E-CASE-2", f"no article {doc}", where=where, do="name a file below the samples")
    for code, what in check_expected(
        [row], article.read_text(encoding="utf-8"), html=article.suffix == ".html"
    ):
        raise CaseError(code, what, where=where, do="mend the row")
    dose = row.pop("dose", None) or {}
    return {**DEFAULTS, **row, **dose, "doc": doc, "golden": Path(where.split(":")[0]).name}
