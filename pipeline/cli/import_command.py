"""`evidence import`"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from pipeline.cli.files import text_of
from pipeline.cli.options import Home, home_options


@click.command(name="import")
@click.argument("form", type=click.Choice(["jsonl", "csv", "brat", "webannotation"]), metavar="FORMAT")
@click.argument("what", type=click.Choice(["claims", "decisions"]), metavar="WHAT")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.option("--editor", help="Who changed the claims; needed for claims.")
@click.option("--dry-run", is_flag=True, help="Tell what would be recorded, record nothing.")
@home_options
def command(form: str, what: str, path: Path, editor: str | None, dry_run: bool, home: Home) -> None:
    """Read decisions, or claims that were changed outside, back into the ledger.

    Decisions that are known already are passed over. A claim that differs from the ledger's becomes a decision of --editor
    that corrects it; the next run obeys it. PATH is a file; for brat the folder that was exported.

    \b
      $ evidence import jsonl decisions decisions.jsonl
      $ evidence import csv claims claims.csv --editor ann --dry-run
    """
    from pipeline import exchange
    from pipeline.ledger import Ledger
    from pipeline.model import Claim, Decision

    ledger = Ledger.open(home.processed)
    if what == "decisions":
        if form == "brat":
            raise click.UsageError("brat holds claims, no decisions")
        text = text_of(path)
        if form == "webannotation":
            rows = exchange.from_web_annotations(text)[1]
        else:
            rows = (exchange.from_csv if form == "csv" else exchange.from_jsonl)(text, Decision)
        known = set(ledger.decisions().column("decision_id").to_pylist())
        rows = [row for row in rows if row["decision_id"] not in known]
    else:
        if not editor:
            raise click.UsageError("say who changed the claims: --editor NAME")
        if form == "brat":
            theirs = _brat(path)
        elif form == "webannotation":
            theirs = exchange.from_web_annotations(text_of(path))[0]
        else:
            theirs = (exchange.from_csv if form == "csv" else exchange.from_jsonl)(text_of(path), Claim)
        rows = _corrections(ledger.claims().to_pylist(), theirs, editor)
    if rows and not dry_run:
        ledger.add_decisions([{k: row[k] for k in Decision.__dataclass_fields__} for row in rows])
    verb = "would be recorded" if dry_run else "recorded"
    click.echo(f"{len(rows)} {'decision' if len(rows) == 1 else 'decisions'} {verb}")
    for row in rows if dry_run else []:
        click.echo(f"  {row['verdict']} {row['subject_id']} {[c['field'] for c in row['corrections']] or ''}")


def _brat(folder: Path) -> list[dict[str, Any]]:
    from pipeline import exchange

    rows: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.ann") if folder.is_dir() else [folder]):
        rows.extend(exchange.from_brat(text_of(path), text_of(path.with_suffix(".txt"))))
    return rows


def _corrections(
    ours: Iterable[Mapping[str, Any]], theirs: list[dict[str, Any]], editor: str
) -> list[dict[str, Any]]:
    from pipeline.changes import fingerprint_corrected
    from pipeline.exchange import coded, corrections_between, named_by
    from pipeline.model import Correction, Decision, row_of
    from pipeline.vocabulary import Lexicon

    known = {row["claim_id"]: row for row in ours}
    batch = f"d-{uuid.uuid4().hex[:16]}"
    named = named_by(Lexicon.default())
    theirs_differ = {
        claim_id: coded(corrections, named)
        for claim_id, corrections in corrections_between(known.values(), theirs).items()
    }
    return [
        row_of(
            Decision(
                decision_id=f"{batch}.{n}",
                subject="claim",
                subject_id=claim_id,
                claim_id=claim_id,
                verdict="correct",
                corrections=tuple(Correction(**c) for c in corrections),
                saw=fingerprint_corrected(known[claim_id], {c["field"]: c["value"] for c in corrections}),
                saw_quote=known[claim_id]["quote"],
                reason="changed outside",
                editor=editor,
                decided_at=dt.datetime.now(dt.UTC),
            )
        )
        for n, (claim_id, corrections) in enumerate(theirs_differ.items())
    ]
