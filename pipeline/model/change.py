"""What leaves the comparison of two states of an article's claims."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipeline.model.columns import column

CHANGE_KINDS = ("added", "changed", "removed")
IMPORTANCES = (
    "direction",
    "strength",
    "dose",
    "added",
    "removed",
    "situation",
    "wording",
    "moved",
    "citations",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of a claim, old and new, as text for a person ("" where empty).

    `dose` stands for the columns of the amount, `frequency` for those of the rhythm, `duration` for
    those of the duration; `position` for the place among the other statements.
    """

    field: str = column("the column, or dose, frequency, duration, position for a group of columns")
    old: str = column("the value before")
    new: str = column("the value after")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one claim became between two versions of its article.

    `importance` ranks it for an editor: direction reversed, strength, dose, added, removed, situation
    (line, preference, setting, population, condition, with_drugs, disease); `wording`, `moved` and
    `citations` change no meaning and are kept as noise (`meaning` False).
    """

    change_id: str = column("names the change: claim, old version and new version")
    kind: str = column("added, changed or removed", values=CHANGE_KINDS)
    importance: str = column("the most important thing that changed", values=IMPORTANCES)
    meaning: bool = column("whether the meaning changed; false for wording, moves and citations")
    cause: str = column(
        "article: the article changed; rules: our reading changed; gone: the article is gone",
        values=("article", "rules", "gone"),
    )
    claim_id: str = column("the claim")
    article_id: str = column("the article")
    drug: str = column("the drug")
    disease: str = column("the disease")
    fields: tuple[FieldChange, ...] = column("field by field, old and new", default=())
    section: tuple[str, ...] = column("headings above it, outermost first; as they are now", default=())
    old_version: str | None = column("article_version before; null where added", default=None)
    new_version: str | None = column("article_version after; null where removed", default=None)
    old_quote: str | None = column("the statement before", default=None)
    new_quote: str | None = column("the statement after", default=None)
    old_date: dt.date | None = column("article date before", default=None)
    new_date: dt.date | None = column("article date after", default=None)

    @property
    def told_by_fields(self) -> bool:
        """Whether old and new of its fields tell what happened; a statement that came or went is told by its words."""
        return self.kind == "changed" or self.importance == "dose"
