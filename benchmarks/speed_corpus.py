"""What the speed benchmarks share: the articles to read, and how their time is taken.

Other processes may run on the machine, so seconds are CPU seconds of this process, what is compared is measured in turns
within one run, and medians are told.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import mimetypes
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.model import Snapshot

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "articles"
SAMPLES = ROOT / "raw" / "samples"


def corpora() -> dict[str, list[Path]]:
    """The articles by name of their collection; the shared ones only where that folder stands beside the project."""
    found = {"shared articles": sorted(SHARED.glob("*.txt"))}
    found["raw/samples"] = sorted(p for p in SAMPLES.rglob("*") if p.suffix in (".txt", ".html"))
    return {name: paths for name, paths in found.items() if paths}


def snapshot(path: Path) -> Snapshot:
    """The bytes of a file as the pipeline takes them."""
    content = path.read_bytes()
    return Snapshot(
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        location=str(path),
        fetched_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        media_type=mimetypes.guess_type(path.name)[0] or "",
    )


def in_turns(jobs: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """The median CPU seconds of each job; they take turns, so that a busy machine slows all alike."""
    taken: list[list[float]] = [[] for _ in jobs]
    for _ in range(rounds):
        for seconds, job in zip(taken, jobs, strict=True):
            start = time.process_time()
            job()
            seconds.append(time.process_time() - start)
    return [statistics.median(seconds) for seconds in taken]
