"""Ranges of numbers, with any dash or word between them."""

from __future__ import annotations

from pipeline.claims.doses.lexer import DASHES, Lexeme

Lexemes = list[Lexeme]


def is_dash(lexemes: Lexemes, i: int) -> bool:
    """Whether lexeme `i` exists and is a dash of any kind."""
    return i < len(lexemes) and lexemes[i].text in DASHES


def tagged(lexemes: Lexemes, i: int, *tags: str) -> bool:
    """Whether lexeme `i` exists and has one of `tags`."""
    if not 0 <= i < len(lexemes):
        return False
    have = lexemes[i].tags
    if have:
        for tag in tags:
            if tag in have:
                return True
    return False


def low_at(lexemes: Lexemes, i: int) -> str:
    """Lexeme `i` in lower case; "" outside the text."""
    return lexemes[i].low if 0 <= i < len(lexemes) else ""


def number_at(lexemes: Lexemes, i: int) -> float | None:
    """The value of lexeme `i`; None where it is no number, and outside the text."""
    return lexemes[i].num if 0 <= i < len(lexemes) else None


def joins_numbers(lexemes: Lexemes, i: int) -> bool:
    """Whether lexeme `i` may stand between the ends of a range."""
    return is_dash(lexemes, i) or tagged(lexemes, i, "range", "or")


def number_range(lexemes: Lexemes, i: int) -> tuple[float, float, int] | None:
    """low, high and the lexeme after, for a number or range that begins at `i`."""
    low = number_at(lexemes, i)
    if low is None:
        return None
    high = number_at(lexemes, i + 2)
    if high is not None and joins_numbers(lexemes, i + 1):
        return low, high, i + 3
    return low, low, i + 1
