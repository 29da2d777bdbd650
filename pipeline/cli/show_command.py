"""`evidence show CLAIM_ID`"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import click

from pipeline.cli.options import Home, home_options
from pipeline.model import EvidenceError

AROUND = 300
COLOURS = {"drug": "blue", "disease": "green", "direction": "magenta", "strength": "magenta", "line": "cyan"}
VALUES = (
    "drug", "drug_code", "disease", "disease_code", "direction", "strength", "certainty", "grade_text", "grade_system",
    "line", "preference", "setting", "population", "condition", "with_drugs", "kind", "guideline", "dose_text",
    "dose_role", "route", "cites",
)  # fmt: skip


@click.command(name="show")
@click.argument("claim_id")
@click.option("--why", is_flag=True, help="Also show the pattern behind each rule, by its example.")
@click.option("--json", "as_json", is_flag=True, help="Print the row as JSON.")
@home_options
def command(claim_id: str, why: bool, as_json: bool, home: Home) -> None:
    """Print one claim in its section, every part of the tuple marked, with the rule that gave it.

    CLAIM_ID may be shortened: then every claim whose id begins so is printed, 20 at most.

    \b
      $ evidence show ulcerative-colitis-infliximab
      $ evidence show ulcerative-colitis-infliximab --why
    """
    from pipeline.ledger import Ledger

    ledger = Ledger.open(home.processed)
    found = ledger.rows("claims", where={"claim_id": [claim_id]}).to_pylist()
    if not found:
        every = ledger.rows("claims", columns=["claim_id"]).column("claim_id").to_pylist()
        near = sorted(c for c in every if c.startswith(claim_id))
        if not near:
            raise EvidenceError(
                "E-CLI-3",
                "no claim has this id",
                where=claim_id,
                do='evidence query "select claim_id, drug, disease from claims"',
            )
        found = ledger.rows("claims", where={"claim_id": near}).to_pylist()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1, default=str))
        return
    for number, row in enumerate(found[:20]):
        if number:
            click.echo("\n" + "-" * 72)
        _print(row, ledger.text_of(row["article_id"], row["article_version"]), why)
    if len(found) > 20:
        click.echo(f"\nand {len(found) - 20} more: give more of the id")


def _print(row: Mapping[str, Any], text: str | None, why: bool) -> None:
    from pipeline.claims.explain import example_of, explain

    click.echo(click.style(row["claim_id"], bold=True))
    click.echo(f"{row['article_title']}\n{row['source']}, {row['article_date'] or 'no date'}")
    if row["section"]:
        click.echo(" > ".join(row["section"]))
    if text is None:
        click.echo(f"\n{row['quote']}")
        return
    told = explain(row, text)
    before = text[max(0, row["char_start"] - AROUND) : row["char_start"]]
    after = text[row["char_end"] : row["char_end"] + AROUND]
    click.echo("")
    click.echo(
        click.style(before[before.find("\n") + 1 :] if len(before) == AROUND else before, dim=True), nl=False
    )
    for segment in told.segments:
        if not segment.fields:
            click.echo(segment.text, nl=False)
            continue
        colour = next((COLOURS[f] for f in segment.fields if f in COLOURS), "yellow")
        words = f"[{segment.text}]({', '.join(segment.fields)})"
        click.echo(click.style(words, fg=colour, bold=True), nl=False)
    click.echo(click.style(after[: after.rfind("\n")] if len(after) == AROUND else after, dim=True))
    click.echo("")
    rules: dict[str, list[str]] = {}
    for segment in told.segments:
        for field in segment.fields:
            rules.setdefault(field, []).append(f"{segment.text!r} by {', '.join(segment.rules)}")
    for item in told.inherited:
        where = f"{item.words!r} elsewhere" if item.words else "no words"
        rules.setdefault(item.field, []).append(f"{where}, by {item.rule}")
    for name in VALUES:
        value = row.get(name)
        if value in (None, [], "unstated") and name not in rules:
            continue
        shown = "; ".join(map(str, value)) if isinstance(value, list) else value
        click.echo(f"  {name:<14} {shown}")
        for reason in dict.fromkeys(rules.get(name, ())):
            click.echo(click.style(f"  {'':<14}   {reason}", dim=True))
    if why:
        ids = {m["rule"] for m in row["provenance"]}
        examples = [(rule, example) for rule in sorted(ids) if (example := example_of(rule)) is not None]
        if examples:
            click.echo("\nWhat these patterns find")
        for rule, example in examples:
            click.echo(f"  {rule}: {example}")
