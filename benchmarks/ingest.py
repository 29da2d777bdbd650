"""How fast a run is: first ingestion against extraction alone, and a run over articles that are all unchanged.

    python benchmarks/ingest.py --articles 300 --unchanged 10000

Prints seconds (also of CPU time), articles per second, and the most memory that the process held. The unchanged articles are
recorded beforehand without extraction, which plays no part in a run that finds nothing new.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

from flows import stages
from flows.options import RunOptions
from flows.run import run_plain
from pipeline.articles import read_article
from pipeline.claims import extract_claims
from pipeline.sources import Fetched, RawStore, gather, sources_from_arguments
from pipeline.vocabulary import Lexicon

DRUGS = ("Metformin", "Glipizide", "Sitagliptin", "Empagliflozin", "Semaglutide", "Pioglitazone", "Acarbose")
LINE = (
    "• {drug} {dose} mg twice daily is conditionally recommended as an option when eGFR is above {limit}.\n\n"
)


def write_articles(folder: Path, count: int) -> None:
    """`count` articles of about 3 kB each."""
    for i in range(count):
        path = folder / f"{i // 1000:03}" / f"article-{i:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [
            LINE.format(drug=DRUGS[(i + j) % 7], dose=100 + 50 * ((i + j) % 9), limit=30 + j)
            for j in range(25)
        ]
        head = (
            f"Notes on type 2 diabetes, part {i}\n\nLast updated: June {1 + i % 28}, 2025\n\nMedication\n\n"
        )
        path.write_text(head + "The following are used in type 2 diabetes mellitus:\n\n" + "".join(lines))


def megabytes() -> float:
    """The most memory held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(what: str, count: int, do: Any) -> float:
    """Run, print and give the seconds."""
    begun, worked = time.perf_counter(), time.process_time()
    do()
    took, work = time.perf_counter() - begun, time.process_time() - worked
    print(
        f"{what:<44} {took:8.2f} s ({work:.2f} CPU) {count / took:9.1f} articles/s {megabytes():7.0f} MB",
        flush=True,
    )
    return took


def extraction_alone(folder: Path, raw: Path) -> None:
    """Bytes to claims of every article, nothing kept."""
    import datetime as dt

    config = sources_from_arguments([str(folder)])
    for found in gather(config, RawStore(raw), now=lambda: dt.datetime.now(dt.UTC)):
        if isinstance(found, Fetched):
            extract_claims(read_article(found.snapshot))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--unchanged", type=int, default=10_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        timed("vocabulary", 1, Lexicon.default)
        few, many = home / "few", home / "many"
        write_articles(few, given.articles)
        write_articles(many, given.unchanged)

        def run(name: str, folder: Path) -> None:
            options = RunOptions(
                raw=home / name / "raw", processed=home / name / "processed", sources=(str(folder),), progress="none",
                orchestrated=False,
            )  # fmt: skip
            outcome = run_plain(options)
            print("   " + ", ".join(f"{t.stage} {t.seconds:.2f}" for t in outcome.run.timings))

        alone = timed("extraction alone", given.articles, lambda: extraction_alone(few, home / "alone"))
        first = timed("first run", given.articles, lambda: run("a", few))
        print(f"{'rate of the first run against extraction':<44} {alone / first:8.2f}")
        timed("again, unchanged", given.articles, lambda: run("a", few))
        real, stages.extract_claims = stages.extract_claims, lambda article, **_: ()  # type: ignore[assignment]
        timed("recorded without extraction", given.unchanged, lambda: run("b", many))
        stages.extract_claims = real
        timed("a run over unchanged articles", given.unchanged, lambda: run("b", many))


if __name__ == "__main__":
    main()
