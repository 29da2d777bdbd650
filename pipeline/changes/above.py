"""What stands above a statement and turns it: the lead-in or heading that reads differently now."""

from __future__ import annotations

from difflib import SequenceMatcher

from pipeline.changes.rows import Row, items, number

LINES_ABOVE = 40
"""Lines above a statement in which its changed lead-in is looked for."""


def changed_above(old: Row, new: Row, old_text: str, new_text: str) -> tuple[str, str] | None:
    """The nearest lead-in or heading above a statement that reads differently now, as it was and as it is; None where there is none.

    `old` and `new` are the claim as it was read in `old_text` and `new_text`, the canonical texts. For rows whose provenance does not
    say where an inherited value came from.

    >>> old, new = {"char_start": 14, "section": []}, {"char_start": 12, "section": []}
    >>> changed_above(old, new, "May be given:\\nZinc", "Never give:\\nZinc")
    ('May be given:', 'Never give:')
    """
    before, after = _lines_above(old, old_text), _lines_above(new, new_text)
    headings = {str(h) for row in (old, new) for h in items(row, "section")}
    for tag, i1, i2, j1, j2 in reversed(SequenceMatcher(None, before, after, autojunk=False).get_opcodes()):
        if tag == "replace" and i2 - i1 == j2 - j1:
            for one, other in zip(reversed(before[i1:i2]), reversed(after[j1:j2]), strict=True):
                if (one.endswith(":") and other.endswith(":")) or {one, other} & headings:
                    return one, other
    return None


def _lines_above(row: Row, whole: str) -> list[str]:
    first = int(number(row, "char_start") or 0)
    return whole[:first].rstrip("\n").split("\n")[-LINES_ABOVE:] if whole else []
