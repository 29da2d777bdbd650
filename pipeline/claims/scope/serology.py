"""Serology as a setting: "in anti-SS-A and ACA double-positive cases" is `ACA positive`, `anti-SS-A positive`."""

from __future__ import annotations

import re

from pipeline.claims.cues.matcher import Cue
from pipeline.claims.data_files import phrase_set

_POSITIVE = re.compile(
    r"(?:[\s-](?:antibody|autoantibody|antibodies))?[\s-](?:double[\s-]|triple[\s-])?(?:sero)?positiv(?:e|ity)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:anti-[\w-]{1,30}|[A-Z][A-Za-z]?[A-Z0-9]{1,30}(?:-(?:IgG|[A-Z0-9]{1,30})){0,8})$")
_BEFORE = re.compile(r"\b(?:not|without|no|non)\b", re.IGNORECASE)


def find_serology(text: str, taken: list[tuple[int, int]]) -> list[Cue]:
    """The antibodies for which patients are positive, as SETTING cues outside `taken`.

    >>> [c.value for c in find_serology("in anti-SS-A and ACA double-positive cases", [])]
    ['anti-SS-A positive', 'ACA positive']
    """
    out: list[Cue] = []
    if "ositiv" not in text:
        return out
    for match in _POSITIVE.finditer(text):
        end = match.start()
        while True:
            name = _NAME.search(text, max(0, end - 30), end)
            if name is None or not (name[0].startswith("anti-") or name[0] in phrase_set("antibodies")):
                break
            start = name.start()
            if not any(s < match.end() and start < e for s, e in taken) and not _BEFORE.search(
                text[max(0, start - 10) : start]
            ):
                out.append(
                    Cue(
                        "SETTING",
                        f"{name[0]} positive",
                        start,
                        match.end() if end == match.start() else end,
                        "setting.serology",
                    )
                )
            joint = re.search(r"(?:\s+and\s+|\s+or\s+|\s*/\s*|,\s+)$", text[:start])
            if joint is None:
                break
            end = joint.start()
    out.reverse()
    return out
