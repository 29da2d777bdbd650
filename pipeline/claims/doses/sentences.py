"""Sentence ends inside a text, for what may not reach over them."""

from __future__ import annotations

from pipeline.claims.doses.numbers import Lexemes


def sentences_of(lexemes: Lexemes) -> list[int]:
    """For each lexeme the number of its sentence; full stops and semicolons part them.

    >>> from pipeline.claims.doses.lexer import lex
    >>> sentences_of(lex("Give 5 mg b.i.d. orally. Stop at 3.5."))
    [0, 0, 0, 0, 0, 0, 1, 1, 1, 1]
    """
    out, number = [], 0
    for i, word in enumerate(lexemes):
        out.append(number)
        if word.text == ";":
            number += 1
        elif word.text[-1] in ".?!" and i + 1 < len(lexemes):
            after = lexemes[i + 1]
            if not after.glued and (
                after.text[0].isupper() or after.num is not None or after.text[0] in "([\"'"
            ):
                number += word.text in ".?!" or after.text[0].isupper()
    return out
