"""Several changes of one claim, one after another, as the one change that they come to."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from pipeline.changes.meaning import FIELDS
from pipeline.model.change import IMPORTANCES, Change, FieldChange

_IMPORTANCE = {field.name: field.importance for field in FIELDS}
_NOISE = {"quote": "wording", "section": "moved", "position": "moved", "cites": "citations"}


def chain(changes: Sequence[Change]) -> Change:
    """The change from before the first of `changes` (of one claim, oldest first) to after the last, whose id it keeps.

    A value that changed and changed back is left out. What went and came again is `changed`; what went in the end is
    `removed`, what came with the first is `added`.
    """
    first, last = changes[0], changes[-1]
    if len(changes) == 1 or last.kind == "removed":
        return last
    ends: dict[str, FieldChange] = {}
    for field in (f for change in changes for f in change.fields):
        before = ends.get(field.field, field)
        ends[field.field] = FieldChange(field=field.field, old=before.old, new=field.new)
    fields = [f for f in ends.values() if f.old != f.new]
    if first.kind == "added":
        stated = tuple(f for f in fields if f.field not in _NOISE and f.new)
        return dataclasses.replace(
            last, kind="added", importance=first.importance, meaning=True, cause=first.cause, fields=stated,
            old_version=None, old_quote=None, old_date=None,
        )  # fmt: skip
    weights = [_IMPORTANCE.get(f.field) or _NOISE.get(f.field, "situation") for f in fields]
    return dataclasses.replace(
        last, kind="changed",
        importance=min(weights, key=IMPORTANCES.index) if weights else last.importance,
        meaning=any(f.field not in _NOISE for f in fields),
        cause="article" if any(c.cause == "article" for c in changes) else last.cause,
        fields=tuple(f for _, f in sorted(zip(weights, fields, strict=True), key=lambda two: IMPORTANCES.index(two[0]))),
        old_version=first.old_version, old_quote=first.old_quote, old_date=first.old_date,
    )  # fmt: skip
