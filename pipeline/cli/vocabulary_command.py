"""`evidence vocabulary ...`"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import Home, home_options


@click.group(name="vocabulary")
def command() -> None:
    """Import release files of RxNorm, MONDO, DOID or ATC; tell what is known.

    Imported names are kept under processed/vocabulary and count in every command on that ledger, above the bundled ones.
    The next run reads everything anew, because the vocabulary is part of the version of the rules.
    """


@command.command(name="import")
@click.argument("form", type=click.Choice(["rxnorm", "obo", "atc"]), metavar="FORMAT")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@home_options
def import_command(form: str, path: Path, home: Home) -> None:
    """Import a release file.

    FORMAT is rxnorm (the rrf folder, or RXNCONSO.RRF), obo (MONDO or DOID) or atc (a CSV with a column of codes and one of names).

    \b
      $ evidence vocabulary import rxnorm RxNorm_full/rrf
      $ evidence vocabulary import obo mondo.obo
      $ evidence vocabulary import atc atc.csv
    """
    from pipeline.vocabulary.importers.atc import import_atc
    from pipeline.vocabulary.importers.obo import import_obo
    from pipeline.vocabulary.importers.rxnorm import import_rxnorm

    run = {"rxnorm": import_rxnorm, "obo": import_obo, "atc": import_atc}[form]
    before = {layer.name: _concepts(layer) for layer in home.vocabulary.glob("*.tsv")}
    written = run(path, home.vocabulary)
    had = before.get(written.name)
    click.echo(
        f"{_concepts(written):,} concepts in {written}{f', {had:,} before' if had is not None else ''}"
    )


def _concepts(layer: Path) -> int:
    """How many concepts a layer of the vocabulary holds."""
    with layer.open("rb") as file:
        return sum(1 for _ in file) - 1


@command.command(name="find")
@click.argument("name")
@home_options
def find_command(name: str, home: Home) -> None:
    """Tell what a name means: canonical name, code, classes or members, broader diseases.

    \b
      $ evidence vocabulary find MMF
      $ evidence vocabulary find "sglt2 inhibitors"
    """
    from pipeline.vocabulary import Lexicon

    lexicon = Lexicon.default()
    drug, disease = lexicon.drug(name), lexicon.disease(name)
    for concept in (drug, disease):
        if concept is None:
            continue
        click.echo(f"{concept.name}  ({concept.kind}{', ' + concept.code if concept.code else ''})")
        if concept.kind == "class":
            click.echo(f"  members: {', '.join(sorted(lexicon.members(concept.name))) or 'none known'}")
        elif concept.kind == "disease":
            click.echo(f"  broader: {', '.join(lexicon.ancestors(concept.name)) or 'none known'}")
        else:
            click.echo(f"  classes: {', '.join(lexicon.classes(concept.name)) or 'none known'}")
    if drug is None and disease is None:
        click.echo(f"{name}: not known as a drug or disease")
