"""The errors of the desk."""

from __future__ import annotations

from pipeline.model import EvidenceError


class DeskError(EvidenceError):
    """The desk cannot do what was asked (E-DESK-*)."""


class DecidedMeanwhile(DeskError):
    """Another editor decided since the page was shown; `decision` is what they decided (a row)."""

    def __init__(self, decision: dict[str, object]) -> None:
        super().__init__(
            "E-DESK-1",
            f"{decision['editor']} decided this meanwhile",
            where=str(decision["subject_id"]),
            do="look at their decision, then decide again if yours should replace it",
        )
        self.decision = decision

    def __reduce__(self) -> tuple[object, ...]:
        return DecidedMeanwhile, (self.decision,)


class NothingLeft(DeskError):
    """Nothing of what the editor was shown of an article is left to decide; `left` counts what came since."""

    def __init__(self, left: int) -> None:
        super().__init__(
            "E-DESK-11",
            "nothing of what your page showed is left to decide",
            do="look at the article again" if left else "go on with the next article",
        )
        self.left = left

    def __reduce__(self) -> tuple[object, ...]:
        return NothingLeft, (self.left,)
