"""`evidence annotate [FILE|-]`"""

from __future__ import annotations

import io
from typing import TextIO

import click

from pipeline.cli.options import Home, home_options


@click.command(name="annotate")
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"), default="-")
@home_options
def command(file: TextIO, home: Home) -> None:
    """Mark drugs, diseases, doses and more in plain text, as JSON lines.

    Reads one document a line (FILE, or standard input) and writes one object a line: the text and its mentions, each with
    start and end (code points), label, text, canonical name and code. A DOSE names in "drug" the index of the mention
    that it belongs to. Labels: DRUG, DRUG_CLASS, DISEASE, DOSE, STRENGTH, DIRECTION, LINE, ROUTE, FREQUENCY, DURATION.

    \b
      $ evidence annotate abstracts.txt
      $ echo "He was given ibuprofen 400 mg three times daily." | evidence annotate
    """
    from pipeline.claims.annotate import annotate_lines

    if isinstance(file, io.TextIOWrapper):
        file.reconfigure(newline="\n")  # a document ends at a line feed alone: other line separators are text
    for line in annotate_lines(line.rstrip("\n") for line in file):
        click.echo(line)
