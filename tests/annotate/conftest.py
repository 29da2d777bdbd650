"""Readers of the cases: strict, so that a broken mark is an error and no case checks nothing."""

from __future__ import annotations

import re
from pathlib import Path

CASES = Path(__file__).parent / "cases"
_NAMED = re.compile(r"\[([cd]):((?:[^\[\]]|\[[^\]]*\])+)\]")
_DOSE = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]")


def lines(name: str) -> list[str]:
    found = [
        line for line in (CASES / name).read_text(encoding="utf-8").splitlines() if line and line[0] != "#"
    ]
    if len(found) < 10 or len(set(found)) != len(found):
        raise ValueError(f"{name}: too few cases, or one that stands twice")
    return found


def named(line: str) -> tuple[str, set[tuple[str, int, int]]]:
    """The text of a paragraph and its marks: (c or d, start, end)."""
    text, marks, at = "", set(), 0
    for match in _NAMED.finditer(line):
        text += line[at : match.start()]
        marks.add((match[1], len(text), len(text) + len(match[2])))
        text += match[2]
        at = match.end()
    text += line[at:]
    if not marks or "[c:" in text or "[d:" in text:
        raise ValueError(f"a broken mark: {line}")
    return text, marks


def dosed(line: str) -> tuple[str, list[tuple[str, str]]]:
    """The text of a sentence and its (dose, drug) pairs in order."""
    text, pairs, at = "", [], 0
    for match in _DOSE.finditer(line):
        text += line[at : match.start()] + match[1]
        pairs.append((match[1], match[2]))
        at = match.end()
    text += line[at:]
    if not pairs or "[[" in text or any(drug not in text for _, drug in pairs):
        raise ValueError(f"a broken mark: {line}")
    return text, pairs
