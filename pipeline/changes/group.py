"""Changes with one cause, seen (and decided) as one."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from pipeline.changes.decided import turns_of
from pipeline.changes.words import word_diff, wording
from pipeline.model.change import IMPORTANCES, Change, FieldChange

_NOISE_FIELDS = ("quote", "section", "position", "cites")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGroup:
    """Like changes, the weightiest first; all have one kind, importance and `meaning`.

    `reason` says to a person what they share: the same statement (in one article or several), or
    what stands above unchanged statements (a lead-in, a heading).
    """

    group_id: str
    reason: str
    changes: tuple[Change, ...]

    @property
    def first(self) -> Change:
        """The change that stands for the group."""
        return self.changes[0]

    @property
    def is_one_sentence(self) -> bool:
        """Whether all are of one and the same sentence of one article: about several drugs, or with several doses."""
        said = {(c.article_id, *_words(c)) for c in self.changes}
        return len(said) == 1

    @property
    def drugs(self) -> tuple[str, ...]:
        """The drugs it is about, each once, sorted."""
        return tuple(sorted({c.drug for c in self.changes}))

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles it happened in, each once, sorted."""
        return tuple(sorted({c.article_id for c in self.changes}))


def group_like(changes: Iterable[Change]) -> tuple[ChangeGroup, ...]:
    """The changes in groups of one cause each; every change is in exactly one group.

    Two changes are alike when the same fields went from the same values to the same values, and
    either the same sentence became the same other sentence (whatever the drug or article), or their
    sentences stayed as they were under one heading of one article: then the cause stands above them. Another disease
    for sentences of one article that otherwise stayed as they were is one cause under all its headings: its title changed.
    Sentences that came or went are alike when they are the same sentence of the same article or of others.
    """
    found: defaultdict[Hashable, list[Change]] = defaultdict(list)
    for change in changes:
        found[_cause(change)].append(change)
    groups = []
    for members in found.values():
        members.sort(key=lambda c: (c.disease, c.drug, c.article_id, c.claim_id, c.change_id))
        name = "\n".join(sorted(c.change_id for c in members))
        groups.append(
            ChangeGroup(
                group_id=hashlib.sha256(name.encode()).hexdigest()[:16],
                reason=_reason(members),
                changes=tuple(members),
            )
        )
    return tuple(sorted(groups, key=_rank))


def _rank(group: ChangeGroup) -> tuple[object, ...]:
    first = group.first
    return IMPORTANCES.index(first.importance), first.disease, first.drug, group.group_id


def _words(change: Change) -> tuple[str, str]:
    return wording(change.old_quote or ""), wording(change.new_quote or "")


def _same_words(change: Change) -> bool:
    old, new = _words(change)
    return change.kind == "changed" and old == new


def _other_disease(change: Change) -> FieldChange | None:
    """The change of disease of a statement whose words are as before but for one name, in which no word turns it."""
    found = next((f for f in change.fields if f.field == "disease"), None)
    if found is None or change.kind != "changed":
        return None
    old, new = _words(change)
    other = [segment for segment in word_diff(old, new) if segment.op != "same"]
    if not other:
        return found
    renamed = len(other) == 1 and other[0].old.strip() and other[0].new.strip()
    return found if renamed and turns_of(old) == turns_of(new) else None


def cause_of(change: Change) -> str:
    """Names the cause that `group_like` groups by: the same text for changes that are alike, and for no others."""
    return hashlib.sha256(repr(_cause(change)).encode()).hexdigest()[:32]


def _cause(change: Change) -> Hashable:
    fields = tuple((f.field, f.old, f.new) for f in change.fields if f.field not in _NOISE_FIELDS)
    what = change.kind, change.importance, change.meaning, change.cause
    if not change.meaning:
        return (*what, change.article_id, change.old_version, change.new_version)
    if _other_disease(change):
        return (*what, fields, change.article_id)
    old, new = _words(change)
    if change.kind == "changed" and old == new:
        return (*what, fields, change.article_id, change.section)
    return (*what, fields if change.told_by_fields else (), old, new)


def _reason(members: list[Change]) -> str:
    first = members[0]
    articles = len({c.article_id for c in members})
    if len(members) == 1:
        return ""
    if not first.meaning:
        return f"{len(members)} statements of this article"
    if first.kind == "changed" and first.cause == "rules" and _same_words(first):
        return "our reading of these statements changed"
    if disease := _other_disease(first):
        if len({c.section[:1] for c in members}) > 1:
            return f"the article is now about {disease.new}, no longer about {disease.old}: {len(members)} statements, otherwise unchanged"
        return f"{len(members)} statements, otherwise unchanged, are now about {disease.new}: what stands above them changed"
    if first.kind == "changed" and _same_words(first):
        return f"{len(members)} statements whose own words are unchanged: their lead-in or heading changed"
    return (
        f"the same statement in {articles} articles"
        if articles > 1
        else f"{len(members)} rows of one sentence"
    )
