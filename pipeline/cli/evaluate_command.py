"""`evidence evaluate`"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import Home, home_options
from pipeline.model import EvidenceError


@click.command(name="evaluate")
@click.option(
    "--decisions", is_flag=True, help="Score against the editors' decisions, per rule, worst first."
)
@click.option(
    "--cases",
    type=click.Path(path_type=Path, exists=True),
    help="A file or folder of cases with expected rows.",
)
@click.option("--most", default=20, show_default=True, help="How many rules or errors to print.")
@home_options
def command(decisions: bool, cases: Path | None, most: int, home: Home) -> None:
    """Score the extractor against expected rows or the editors' decisions.

    With --decisions: of the claims that editors decided, how many were right, and which rules gave the wrong values.
    With --cases: the figures of the six levels over a file of articles with expected rows (tests/claims/cases shows the form).

    \b
      $ evidence evaluate --decisions
      $ evidence evaluate --cases my-cases.jsonl
    """
    if cases is not None and not decisions:
        from pipeline.cli.evaluating import print_scores

        print_scores(cases, most)
    elif decisions and cases is None:
        _decisions(home, most)
    else:
        raise click.UsageError("say either --decisions or --cases FILE")


def _decisions(home: Home, most: int) -> None:
    from pipeline.changes import reads_as_corrected, still_fits
    from pipeline.cli.tables import print_rows
    from pipeline.evaluation.decisions import score_decisions
    from pipeline.ledger import Ledger

    ledger = Ledger.open(home.processed)
    scores = score_decisions(
        ledger.claims().to_pylist(),
        ledger.decisions().to_pylist(),
        fits=lambda claim, made: still_fits(claim, made) and not reads_as_corrected(claim, made),
    )
    if scores.precision is None:
        raise EvidenceError(
            "E-CLI-2", "no claim was decided yet", where=str(home.processed), do="evidence review"
        )
    click.echo(
        f"{scores.accepted} accepted, {scores.corrected} corrected, {scores.rejected} rejected: "
        f"{scores.precision:.1%} of the decided claims were right as they were read"
    )
    if scores.columns:
        click.echo("corrected: " + ", ".join(f"{name} {count}" for name, count in scores.columns))
    print_rows(
        ["rule", "wrong", "right", "wrong at least", "columns", "claims"],
        [
            [
                r.rule,
                r.wrong,
                r.right,
                f"{r.error_floor:.0%}",
                ", ".join(r.columns),
                " ".join(r.claim_ids[:3]),
            ]
            for r in scores.rules[:most]
            if r.wrong
        ],
    )
