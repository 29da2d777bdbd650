"""Texts that make a regular expression slow, if any can: the same words again and again, and an end that does not fit."""

from __future__ import annotations

import importlib
import random
import re
from collections.abc import Iterator
from typing import Any

UNITS = (
    "a", "A", " ", "1", ",", "-", "(", ")", "[", "a ", "A ", "1 ", ", ", "- ", "a, ", "A, ", "and ", "a and ", "a or ", "a, and ",
    "1-", "1 mg ", "1.1", "1, ", "(a) ", "a-", "A1 ", "in ", "in a ", "with a ", "not ", "of the ", "the ", "or ", "mg/", "a/",
    "patients with ", "a. ", "A. ", ": ", "; ", "\n", "• ", "- a\n", "a:", "[1] ", "1,1 ", "Class I ", "1 to ", "daily ", "to ", ".", "/", "()", "'", "_", "#",
)  # fmt: skip
OPENINGS = ("In ", "if ", "with ", "for ", "(", "a ", "1 ", "The ", "• ", "[")
MOST = 600  # texts of an expression's own parts
ENDS = ("", "!", "x", "1", ")", " .", " \n")


def texts(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """Openings, units to repeat and ends: the same for all expressions, then of this one's own repeated parts."""
    yield from (("", unit, end) for unit in UNITS for end in ENDS)
    yield from ((opening, unit, "!") for opening in OPENINGS for unit in UNITS)
    dice = random.Random(7)
    tree = importlib.import_module("re._parser").parse(pattern.pattern, pattern.flags)
    own = {(sample(before, dice), unit) for before, body in repeated(tree) for unit in units(body, dice)}
    own |= {("", sample(tree, dice) + space) for space in ("", " ", ", ") for _ in range(5)}
    few = dice.sample(sorted(own), min(len(own), MOST))
    yield from ((opening, unit, end) for opening, unit in sorted(few) if unit for end in ("", "!", " ,x"))


def units(body: Any, dice: random.Random) -> set[str]:
    """Words that a repeated part could match: some by chance, and each of its alternatives, alone and with what stands around it."""
    out = {sample(body, dice) for _ in range(5)}
    for at, (kind, value) in enumerate(body):
        if str(kind) == "BRANCH":
            for choice in value[1]:
                words = sample(choice, dice)
                out |= {words, sample(body[:at], dice) + words + sample(body[at + 1 :], dice)}
        elif str(kind) == "SUBPATTERN":
            out |= units(value[-1], dice)
            out |= {
                sample(body[:at], dice) + words + sample(body[at + 1 :], dice)
                for words in units(value[-1], dice)
            }
    return out


def sample(tree: Any, dice: random.Random) -> str:
    """Words that the parsed expression could match; conditions on what stands beside are left out."""
    words = ""
    for kind, value in tree:
        match str(kind):
            case "LITERAL":
                words += chr(value)
            case "ANY" | "NOT_LITERAL":
                words += "a"
            case "IN":
                words += member(value, dice)
            case "BRANCH":
                words += sample(dice.choice(value[1]), dice)
            case "SUBPATTERN":
                words += sample(value[-1], dice)
            case "ATOMIC_GROUP":
                words += sample(value, dice)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                times = min(3, max(value[0], dice.randint(0, 1)))
                words += "".join(sample(value[2], dice) for _ in range(times))
    return words


def member(choices: Any, dice: random.Random) -> str:
    """One of a set of characters."""
    kinds = {
        "CATEGORY_SPACE": " ",
        "CATEGORY_DIGIT": "1",
        "CATEGORY_NOT_WORD": ",",
        "CATEGORY_NOT_DIGIT": "a",
    }
    if str(choices[0][0]) == "NEGATE":
        never = {v for k, v in choices[1:] if str(k) == "LITERAL"}
        never |= {ord(kinds.get(str(v), "a")) for k, v in choices[1:] if str(k) == "CATEGORY"}
        return dice.choice([c for c in "aA1 ,-/(" if ord(c) not in never] or ["é"])
    kind, value = dice.choice(choices)
    match str(kind):
        case "CATEGORY":
            return kinds.get(str(value), "a")
        case "RANGE":
            return chr(value[0])
        case _:
            return chr(value)


def repeated(tree: Any) -> Iterator[tuple[Any, Any]]:
    """The parts of the parsed expression that may repeat often, each with what stands before it."""
    for at, (kind, value) in enumerate(tree):
        parts = value if isinstance(value, tuple | list) else [value]
        if str(kind).endswith("REPEAT") and value[1] > 3:
            yield tree[:at], value[2]
        for part in value[1] if str(kind) == "BRANCH" else parts:
            if hasattr(part, "getwidth"):
                yield from ((list(tree[:at]) + list(before), body) for before, body in repeated(part))
