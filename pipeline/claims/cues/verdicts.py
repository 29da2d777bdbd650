"""Notes in telegram style: what one or two words behind a drug say of it ("A early, B ok in cirrhosis, C out"), and
refusals that begin with "not" ("Not in pregnancy" below a drug)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.data_files import table
from pipeline.claims.verbs import SPEAKS
from pipeline.vocabulary import Mention

VERDICT = "direction.verdict"
_IN = r"\s(?:in|during|for|if|when|with|while|before|after|as|on|at)\s"
_NOT_IN = re.compile(rf"\W*(not|never){_IN}", re.IGNORECASE)
_ONLY_IN = re.compile(rf"\W*(only){_IN}", re.IGNORECASE)
_LABEL_NOT_IN = re.compile(rf"(?:\s\([^()]{{1,30}}\))?\s?:\s(not|never){_IN}", re.IGNORECASE)
_ASKS = re.compile(r"\?")
_STOPS = re.compile(
    r"(?:^|[.;:,]\s|\band\s)(?:stop|discontinue|withdraw|withhold|hold|cease|omit)\s[^.;:,()]{1,120}$",
    re.IGNORECASE,
)


_FURTHEST = 150  # code points: no match of the last is longer


@cache
def _verdicts() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, tuple[str, bool]]]:
    """The expressions of a verdict behind a drug and at the end of a clause, and what each of the words says."""
    rows = table("verdicts", ("words", "direction", "where"))
    known = {words: (value, where == "note") for words, value, where in rows}
    words = "|".join(re.escape(w).replace(r"\ ", r"[\s-]") for w in sorted(known, key=lambda w: (-len(w), w)))
    ends = r"(?=\s*(?:[.;,)]|$)|\s(?:in|for|if|when|during|but|and|after|before|here|there)\b)"
    last = r"(?=\s*(?:[.;]|$))"
    behind = re.compile(
        rf"(?:\s\([^()]{{1,30}}\))?(?:,\s(?=(?:yes|no|never)\b)|\s(?:is\s|are\s)?|\s?[:–-]\s{{1,2}})(?P<said>{words})(?:!|\b){ends}",
        re.IGNORECASE,
    )
    return behind, re.compile(rf",\s(?P<said>yes|no|never){last}", re.IGNORECASE), known


def verdicts(text: str, drugs: Sequence[Mention]) -> list[Cue]:
    """The DIRECTION cues of such words, in a text that asks nothing; `drugs` are those that it names."""
    if not drugs:
        return _refusal(text)
    behind, closing, known = _verdicts()
    if _ASKS.search(text):
        return []
    found: dict[int, Cue] = {}
    matches = [behind.match(text, drug.end) for drug in drugs]
    matches += [m for m in closing.finditer(text) if any(d.end <= m.start() for d in drugs)]
    for drug in drugs:
        label = _LABEL_NOT_IN.match(text, drug.end)
        if label is not None:
            found[label.start(1)] = Cue("DIRECTION", "against", *label.span(1), VERDICT, "predicate")
    for match in matches:
        if match is None:
            continue
        value, only_note = known[" ".join(re.split(r"[\s-]", match["said"].lower()))]
        if only_note and not (len(text) < LONGEST_NOTE and SPEAKS.search(text.lower()) is None):
            continue
        if value == "for" and _STOPS.search(text, max(0, match.start() - _FURTHEST), match.start()):
            continue  # "Stop A and B at once and give C"
        start, end = match.span("said")
        found[start] = Cue("DIRECTION", value, start, end, VERDICT, "predicate")
    return [*_refusal(text), *(found[start] for start in sorted(found))]


LONGEST_NOTE = 200  # code points


def _refusal(text: str) -> list[Cue]:
    """The "not" that opens a statement ("Not in pregnancy")."""
    match = _NOT_IN.match(text)
    if match is None:
        only = _ONLY_IN.match(text)
        return (
            [Cue("DIRECTION", "for", *only.span(1), "direction.for.only-in", "predicate", True)]
            if only
            else []
        )
    return [Cue("DIRECTION", "against", *match.span(1), "direction.against.not-in", "predicate")]
