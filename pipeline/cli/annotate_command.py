"""`evidence annotate [FILE|-]`"""

from __future__ import annotations

import codecs
import io
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import BinaryIO

import click

from pipeline.cli.options import Home, home_options
from pipeline.model import EvidenceError


@click.command(name="annotate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True), default="-")
@home_options
def command(file: str, home: Home) -> None:
    """Mark drugs, diseases, doses and more in plain text, as JSON lines.

    Reads one document a line (FILE, or standard input) and writes one object a line: the text and its mentions, each with
    start and end (code points), label, text, canonical name and code. A DOSE names in "drug" the index of the mention
    that it belongs to. Labels: DRUG, DRUG_CLASS, DISEASE, DOSE, STRENGTH, DIRECTION, LINE, ROUTE, FREQUENCY, DURATION.

    \b
      $ evidence annotate abstracts.txt
      $ echo "He was given ibuprofen 400 mg three times daily." | evidence annotate
    """
    from pipeline.claims.annotate import annotate_lines

    # a document ends at a line feed alone: other line separators are text
    with _opened(file) as stream:
        lines = io.TextIOWrapper(stream, _encoding(stream), errors="replace", newline="\n")
        for line in annotate_lines(line.rstrip("\n") for line in lines):
            click.echo(line)
        lines.detach()


def _opened(file: str) -> AbstractContextManager[BinaryIO]:
    if file != "-":
        return open(file, "rb")
    if sys.stdin is None:
        raise EvidenceError(
            "E-CLI-5",
            "standard input is closed",
            where="-",
            do="name a file, or give the text: evidence annotate < abstracts.txt",
        )
    return nullcontext(sys.stdin.buffer)


def _encoding(file: BinaryIO) -> str:
    """UTF-8, or UTF-16 where its mark stands at the begin; the mark itself is no text."""
    begin = file.peek(2)[:2] if isinstance(file, io.BufferedReader) else b""
    return "utf-16" if begin in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
