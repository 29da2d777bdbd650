"""From bytes to claims: documents a second beside spaCy's tokenizer; the vocabulary's load; one article in a fresh process.

    .venv/bin/python benchmarks/extract_speed.py [--rounds 15] [--profile]

Three readings of the same articles take turns in one process: `spacy.blank("en")` tokenizes the canonical texts,
`read_article` reads the bytes, `extract_claims` makes the claims. Both sides are warm: the tokenizer has every word in
its cache, here the vocabulary is loaded; nothing keeps a statement or an article between rounds.
"Statements never seen" writes other drugs, numbers and diseases into every article of every round, for both sides, so
that caches of words help both and caches of sentences would help nobody.

Targets: half of the tokenizer's documents a second; vocabulary 2 s and 600 MB; `evidence extract FILE` 2 s.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import random
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

import spacy
from speed_corpus import ROOT, corpora, in_turns, snapshot

from pipeline.articles import read_article
from pipeline.claims import extract_claims
from pipeline.model import Snapshot
from pipeline.vocabulary import Lexicon

TARGET = 0.5


def throughput(name: str, paths: list[Path], lexicon: Lexicon, rounds: int) -> None:
    """Prints documents a second of the tokenizer and of both steps, and their ratio."""
    snapshots = [snapshot(path) for path in paths]
    articles = [read_article(s) for s in snapshots]
    texts = [a.text for a in articles]
    nlp = spacy.blank("en")
    tokens = sum(len(nlp(text)) for text in texts)
    claims = sum(len(extract_claims(a, lexicon=lexicon)) for a in articles)
    size = sum(map(len, texts))
    print(f"{name}: {len(texts)} documents, {size:,} characters, {tokens:,} tokens, {claims:,} claims")
    tokenize, read, extract = in_turns(
        (
            lambda: [nlp(text) for text in texts],
            lambda: [read_article(s) for s in snapshots],
            lambda: [extract_claims(a, lexicon=lexicon) for a in articles],
        ),
        rounds,
    )
    told(len(texts), tokenize, read, extract)
    unseen(snapshots, lexicon, rounds)


def told(count: int, tokenize: float, read: float, extract: float) -> None:
    """Prints one comparison; seconds are for `count` documents."""
    ratio = tokenize / (read + extract)
    print(f"  tokenizer          {count / tokenize:8.1f} documents/s   {tokenize / count * 1e3:7.2f} ms each")
    print(f"  bytes to claims    {count / (read + extract):8.1f} documents/s   {(read + extract) / count * 1e3:7.2f} ms each")  # fmt: skip
    print(
        f"    reading          {read / count * 1e3:26.2f} ms\n    extracting       {extract / count * 1e3:26.2f} ms"
    )
    print(f"  ratio {ratio:.2f} (target {TARGET}) {'reached' if ratio >= TARGET else 'NOT reached'}")


def unseen(snapshots: list[Snapshot], lexicon: Lexicon, rounds: int) -> None:
    """The same with other names and numbers in each round."""
    rng = random.Random(1)
    members = sorted(d for c in ("antibiotics", "beta blockers", "tnf inhibitors", "statins") for d in lexicon.members(c))  # fmt: skip
    known = sorted({m.concept.name for s in snapshots for m in lexicon.find_drugs(read_article(s).text)})
    pool = [n for n in (*members, *known) if re.fullmatch(r"[a-z]{5,}", n)]
    nlp = spacy.blank("en")
    for s in snapshots:
        nlp(read_article(s).text)
    seconds = [0.0, 0.0, 0.0]
    rounds = max(3, rounds // 3)
    for _ in range(rounds):
        new = [changed(s, pool, rng) for s in snapshots]
        articles = [read_article(s) for s in new]
        got = in_turns(
            (
                lambda articles=articles: [nlp(a.text) for a in articles],  # type: ignore[misc]
                lambda new=new: [read_article(s) for s in new],  # type: ignore[misc]
                lambda articles=articles: [extract_claims(a, lexicon=lexicon) for a in articles],  # type: ignore[misc]
            ),
            1,
        )
        seconds = [a + b for a, b in zip(seconds, got, strict=True)]
    print("  statements never seen:")
    told(len(snapshots) * rounds, *seconds)


def changed(original: Snapshot, pool: list[str], rng: random.Random) -> Snapshot:
    """The same article with other drugs and numbers."""
    swap = dict(zip(pool, rng.sample(pool, len(pool)), strict=True))
    text = original.content.decode("utf-8", "replace")
    text = re.sub(r"[a-z]{5,}", lambda m: swap.get(m[0], m[0]), text)
    text = re.sub(r"\b\d{2,3}\b(?!\d|[,/-])", lambda m: str(rng.randint(10, 999)), text)
    return Snapshot(
        content=text.encode(),
        sha256=original.sha256,
        location=original.location,
        fetched_at=original.fetched_at,
        media_type=original.media_type,
    )


_LOAD = """
import re, time
def memory():
    return int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
import pipeline.vocabulary
before = memory()
start = time.process_time()
lexicon = pipeline.vocabulary.Lexicon.default()
lexicon.find_drugs("rituximab")
seconds = time.process_time() - start
after = memory()
names = len(lexicon.index["drugs"]) + len(lexicon.index["diseases"])
broad = len(lexicon.index.get("broad", ()))
print(seconds, before / 1024, after / 1024, names, broad)
"""


def vocabulary() -> None:
    """Prints what the vocabulary's cache costs to load in a fresh process."""
    out = subprocess.run([sys.executable, "-c", _LOAD], capture_output=True, text=True, check=True, cwd=ROOT)
    seconds, before, after, names, broad = (float(x) for x in out.stdout.split())
    print(f"vocabulary: {names:,.0f} names of drugs and diseases and {broad:,.0f} of other chemicals")
    fits = seconds <= 2 and after <= 600
    print(f"  load from cache {seconds:.2f} s (target 2), memory of the process {after:.0f} MB (target 600), of it {after - before:.0f} MB vocabulary: {'reached' if fits else 'NOT reached'}")  # fmt: skip


def command_line(path: Path) -> None:
    """Prints the wall time of `evidence extract FILE` in a fresh process, and the costliest imports."""
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "extract", str(path)]
    walls, cpus = [], []
    for _ in range(3):
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
        walls.append(time.perf_counter() - start)
        now = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpus.append(now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime)
    wall, cpu = min(walls), min(cpus)
    print(f"evidence extract {path.name}: {wall:.2f} s wall, {cpu:.2f} s CPU, best of 3 (target 2): {'reached' if wall < 2 else 'NOT reached'}")  # fmt: skip
    log = subprocess.run([sys.executable, "-X", "importtime", *command[1:]], capture_output=True, text=True, check=True, cwd=ROOT).stderr  # fmt: skip
    packages: dict[str, int] = {}
    for line in log.splitlines():
        match = re.match(r"import time:\s+(\d+) \|\s+\d+ \| \s*([\w.]+)", line)
        if match:
            top = match[2].split(".")[0]
            packages[top] = packages.get(top, 0) + int(match[1])
    print("  imports (ms, the profiler's own cost included):", ", ".join(f"{n} {us / 1e3:.0f}" for n, us in sorted(packages.items(), key=lambda x: -x[1])[:10]))  # fmt: skip


def profile(paths: list[Path], lexicon: Lexicon) -> None:
    """Prints where the time of reading and extracting goes."""
    snapshots = [snapshot(path) for path in paths]
    run = cProfile.Profile()
    run.enable()
    for s in snapshots * 3:
        extract_claims(read_article(s), lexicon=lexicon)
    run.disable()
    pstats.Stats(run).sort_stats("tottime").print_stats(30)


def main() -> None:
    """Runs all measurements."""
    parser = argparse.ArgumentParser(description="From bytes to claims: how fast.")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--profile", action="store_true", help="also print the costliest functions")
    options = parser.parse_args()
    vocabulary()
    found = corpora()
    first = next(iter(found.values()))
    command_line(first[0])
    lexicon = Lexicon.default()
    for name, paths in found.items():
        throughput(name, paths, lexicon, options.rounds)
        if options.profile:
            profile(paths, lexicon)


if __name__ == "__main__":
    main()
