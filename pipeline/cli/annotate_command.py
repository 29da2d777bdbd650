"""`evidence annotate [FILE|-]`"""

from __future__ import annotations

import codecs
import io
from typing import BinaryIO

import click

from pipeline.cli.options import Home, home_options


@click.command(name="annotate")
@click.argument("file", type=click.File("rb"), default="-")
@home_options
def command(file: BinaryIO, home: Home) -> None:
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
    lines = io.TextIOWrapper(file, _encoding(file), errors="replace", newline="\n")
    for line in annotate_lines(line.rstrip("\n") for line in lines):
        click.echo(line)
    lines.detach()


def _encoding(file: BinaryIO) -> str:
    """UTF-8, or UTF-16 where its mark stands at the begin; the mark itself is no text."""
    begin = file.peek(2)[:2] if isinstance(file, io.BufferedReader) else b""
    return "utf-16" if begin in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
