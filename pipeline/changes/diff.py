"""What changed between two states of the claims, in meaning."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Literal

from pipeline.changes.dosing import has_dose, say_dose
from pipeline.changes.meaning import FIELDS, name_key
from pipeline.changes.rows import Row, cites, date, items, start, stored_alike, text
from pipeline.changes.words import plain, without_citations, wording
from pipeline.model.change import IMPORTANCES, Change, FieldChange

Cause = Literal["article", "rules", "gone"]
Key = tuple[str, str, int]

_STATED = ("direction", "strength", "certainty", "line", "preference", "setting", "population", "condition")


def diff_claims(
    old_rows: Iterable[Row], new_rows: Iterable[Row], *, cause: Cause = "article"
) -> tuple[Change, ...]:
    """One Change per claim that came, went or says something else, the weightiest first.

    Claims are paired by article_id and claim_id: pass `new_rows` through `carry_ids` first. Values are
    compared, not their spelling: 1 g is 1000 mg, every 12 hours is twice daily, lists are sets, a name
    with the same code is the same name. A dose that came to a statement which stays, or went from it, has a
    row of its own but is no new statement: its importance is `dose`. What changes no meaning (`wording`,
    `moved`, `citations`) is kept with `meaning` False. The order of rows, and offsets, play no part.
    """
    old, new = _by_key(old_rows), _by_key(new_rows)
    moved = _moved(old, new)
    stay = old.keys() & new.keys()
    stayed_in_old = {_statement(old[key]) for key in stay}
    stayed_in_new = {_statement(new[key]) for key in stay}
    found: list[Change] = []
    change: Change | None
    for key in old.keys() | new.keys():
        before, after = old.get(key), new.get(key)
        if before is None or after is None:
            change = _one_sided(before, after, cause, stayed_in_new if before is None else stayed_in_old)
        else:
            change = _compare(before, after, cause, key in moved)
        if change is not None:
            found.append(change)
    return tuple(sorted(found, key=_rank))


def _rank(change: Change) -> tuple[object, ...]:
    return (
        IMPORTANCES.index(change.importance),
        change.disease,
        change.drug,
        change.article_id,
        change.claim_id,
        change.change_id,
    )


def _by_key(rows: Iterable[Row]) -> dict[Key, Row]:
    """Rows by article and id; rows that share an id (which carry_ids rules out) by their order in the text."""
    found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        found[text(row, "article_id"), text(row, "claim_id")].append(row)
    return {
        (*key, n): row
        for key, same in found.items()
        for n, row in enumerate(same if len(same) == 1 else sorted(same, key=_content))
    }


def _content(row: Row) -> tuple[object, ...]:
    return start(row), text(row, "quote"), repr([field.compare(row) for field in FIELDS])


def _moved(old: dict[Key, Row], new: dict[Key, Row]) -> set[Key]:
    """Claims that stand in another order among those that stayed: all outside a longest rising run."""
    by_article: defaultdict[str, list[Key]] = defaultdict(list)
    for key in old.keys() & new.keys():
        by_article[key[0]].append(key)
    out: set[Key] = set()
    for keys in by_article.values():
        keys.sort(key=lambda k: (start(old[k]), start(new[k]), k))
        out.update(_outside_longest_rise(keys, [start(new[k]) for k in keys]))
    return out


def _outside_longest_rise(keys: list[Key], places: list[int]) -> set[Key]:
    ends: list[int] = []
    last: list[int] = []
    back: list[int] = []
    for i, place in enumerate(places):
        at = bisect_right(ends, place)
        back.append(last[at - 1] if at else -1)
        if at == len(ends):
            ends.append(place)
            last.append(i)
        else:
            ends[at], last[at] = place, i
    kept: set[int] = set()
    i = last[-1] if last else -1
    while i >= 0:
        kept.add(i)
        i = back[i]
    return {key for n, key in enumerate(keys) if n not in kept}


def _statement(row: Row) -> tuple[str, ...]:
    return tuple(text(row, name) for name in ("article_id", "quote", "drug", "disease", "direction"))


def _compare(before: Row, after: Row, cause: Cause, moved: bool) -> Change | None:
    alike = stored_alike(before, after)
    if alike and not moved and set(cites(before)) == set(cites(after)):
        return None
    fields = [
        (field.importance, FieldChange(field=field.name, old=field.say(before), new=field.say(after)))
        for field in (() if alike else FIELDS)
        if field.compare(before) != field.compare(after) and not _same_code(field.name, before, after)
    ]
    if has_dose(before) != has_dose(after):
        fields = [f for f in fields if f[0] != "dose"]
        fields.append(("dose", FieldChange(field="dose", old=say_dose(before), new=say_dose(after))))
        fields.sort(key=lambda f: IMPORTANCES.index(f[0]))
    noise = _noise(before, after, moved)
    if any(field.field == "grade_text" for _, field in fields):
        noise = [n for n in noise if n[1].field != "grade_text"]
    everything = fields or noise
    if not everything:
        return None
    importance = min((name for name, _ in everything), key=IMPORTANCES.index)
    return _change(
        before,
        after,
        cause,
        kind="changed",
        importance=importance,
        meaning=bool(fields),
        fields=tuple(f for _, f in (*fields, *noise)),
    )


def _same_code(column: str, before: Row, after: Row) -> bool:
    if column not in ("drug", "disease"):
        return False
    code = text(before, f"{column}_code")
    return bool(code) and code == text(after, f"{column}_code")


def _noise(before: Row, after: Row, moved: bool) -> list[tuple[str, FieldChange]]:
    found: list[tuple[str, FieldChange]] = []
    old, new = text(before, "quote"), text(after, "quote")
    bare_old, bare_new = without_citations(old, cites(before)), without_citations(new, cites(after))
    if bare_old != bare_new or (old != new and plain(old) == plain(new)):
        found.append(("wording", FieldChange(field="quote", old=old, new=new)))
    elif wording(text(before, "grade_text")) != wording(text(after, "grade_text")):
        pair = FieldChange(field="grade_text", old=text(before, "grade_text"), new=text(after, "grade_text"))
        found.append(("wording", pair))
    old_path, new_path = items(before, "section"), items(after, "section")
    if [name_key(str(h)) for h in old_path] != [name_key(str(h)) for h in new_path]:
        paths = FieldChange(field="section", old=" › ".join(old_path), new=" › ".join(new_path))
        found.append(("moved", paths))
    elif moved:
        found.append(("moved", FieldChange(field="position", old="", new="elsewhere in the section")))
    if set(cites(before)) != set(cites(after)):
        numbers = [", ".join(map(str, cites(row))) for row in (before, after)]
        found.append(("citations", FieldChange(field="cites", old=numbers[0], new=numbers[1])))
    return found


def _one_sided(
    before: Row | None, after: Row | None, cause: Cause, staying: AbstractSet[tuple[str, ...]]
) -> Change:
    row = after if after is not None else before
    assert row is not None
    added = after is not None
    further_dose = has_dose(row) and _statement(row) in staying
    if further_dose:
        stated = [("dose", say_dose(row))]
    else:
        say = {field.name: field.say(row) for field in FIELDS}
        stated = [(n, say[n]) for n in _STATED] + [("dose", say_dose(row)), ("with_drugs", say["with_drugs"])]
    fields = tuple(
        FieldChange(field=name, old="" if added else said, new=said if added else "")
        for name, said in stated
        if said not in ("", "unstated")
    )
    kind = "added" if added else "removed"
    importance = "dose" if further_dose else kind
    return _change(before, after, cause, kind=kind, importance=importance, meaning=True, fields=fields)


def _change(
    before: Row | None,
    after: Row | None,
    cause: Cause,
    *,
    kind: str,
    importance: str,
    meaning: bool,
    fields: tuple[FieldChange, ...],
) -> Change:
    row = after if after is not None else before
    assert row is not None
    sides = [
        (text(r, "article_version"), text(r, "rules_version")) if r is not None else None
        for r in (before, after)
    ]
    name = repr((text(row, "article_id"), text(row, "claim_id"), cause, sides, fields))
    return Change(
        change_id=hashlib.sha256(name.encode()).hexdigest()[:20],
        kind=kind,
        importance=importance,
        meaning=meaning,
        cause=cause,
        claim_id=text(row, "claim_id"),
        article_id=text(row, "article_id"),
        drug=text(row, "drug"),
        disease=text(row, "disease"),
        fields=fields,
        section=tuple(str(h) for h in items(row, "section")),
        old_version=text(before, "article_version") or None if before is not None else None,
        new_version=text(after, "article_version") or None if after is not None else None,
        old_quote=text(before, "quote") if before is not None else None,
        new_quote=text(after, "quote") if after is not None else None,
        old_date=date(before, "article_date") if before is not None else None,
        new_date=date(after, "article_date") if after is not None else None,
    )
