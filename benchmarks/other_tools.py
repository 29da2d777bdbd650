"""What the comparisons with other toolkits share: a throw-away environment, the input, and the two speeds side by side."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from speed_corpus import corpora, in_turns, snapshot

from pipeline.articles import read_article
from pipeline.claims import extract_claims
from pipeline.claims.seen import forget
from pipeline.vocabulary import Lexicon


def compare(tool: str, packages: list[str], worker: str, target: float) -> None:
    """Times `worker` (code that reads a JSON file and prints one JSON line) in an environment with `packages`, and us.

    The worker runs between two measurements of ours, and tells CPU seconds of its process as we do.
    """
    parser = argparse.ArgumentParser(description=f"The speed of reading articles beside {tool}.")
    parser.add_argument(
        "--venv", type=Path, help="environment to make or use again (default: a temporary one)"
    )
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        python = environment(options.venv or folder / "venv", tool, packages)
        lexicon = Lexicon.default()
        for name, paths in corpora().items():
            snapshots = [snapshot(p) for p in paths]
            articles = [read_article(s) for s in snapshots]
            given = {"texts": [a.text for a in articles], "drugs": written(articles, lexicon), "rounds": options.rounds}  # fmt: skip
            (folder / "input.json").write_text(json.dumps(given))

            def read(snapshots: list[Any] = snapshots) -> None:
                for s in snapshots:
                    extract_claims(read_article(s), lexicon=lexicon)

            def read_anew() -> None:
                forget()  # what is kept of statements met before makes a second look faster
                read()

            ours = {"statements met before": read, "new statements": read_anew}
            before = [in_turns((job, job), options.rounds)[1] for job in ours.values()]
            result = run_worker(python, worker, folder / "input.json", tool)
            after = [in_turns((job, job), options.rounds)[1] for job in ours.values()]
            print(f"{name}: {len(articles)} documents")
            theirs = result["seconds"]
            print(f"  {tool + ' ' + result['version']:27} {speed(len(articles), theirs)}   {result['found']}")
            for state, seconds in zip(
                ours, map(statistics.mean, zip(before, after, strict=True)), strict=True
            ):
                print(
                    f"  {'ours, ' + state:27} {speed(len(articles), seconds)}   {told(theirs / seconds, target)}"
                )


def written(articles: list[Any], lexicon: Lexicon) -> list[str]:
    """The drugs that the articles name, as written, and their canonical names: the terms that the other tool gets."""
    found: set[str] = set()
    for article in articles:
        for mention in lexicon.find_drugs(article.text):
            found |= {article.text[mention.start : mention.end].lower(), mention.concept.name}
    return sorted(found)


def environment(folder: Path, tool: str, packages: list[str]) -> Path:
    """The Python of an environment with these packages; made where it is not there yet. Ends with a message on failure."""
    python = folder / "bin" / "python"
    if python.exists():
        return python
    print(f"installing {tool} into {folder} ...", flush=True)
    venv.create(folder, with_pip=True)
    done = subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages], capture_output=True, text=True)  # fmt: skip
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        sys.exit(f"{tool} could not be installed, so there is nothing to compare with: {last}")
    return python


def run_worker(python: Path, worker: str, given: Path, tool: str) -> dict[str, Any]:
    """The last line of the worker's output, as JSON."""
    started = time.perf_counter()
    done = subprocess.run([python, "-c", worker, str(given)], capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        sys.exit(f"{tool} did not run: {last}")
    result: dict[str, Any] = json.loads(lines[-1])
    result["wall"] = time.perf_counter() - started
    return result


def speed(count: int, seconds: float) -> str:
    return f"{count / seconds:8.1f} documents/s   {seconds / count * 1e3:7.2f} ms each"


def told(factor: float, target: float) -> str:
    return f"{factor:.1f} x as fast (target {target:g}) {'reached' if factor >= target else 'NOT reached'}"
