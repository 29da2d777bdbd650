"""From bytes to claims: documents a second beside spaCy's tokenizer; the vocabulary's load; one article in a fresh process.

    .venv/bin/python benchmarks/extract_speed.py [--rounds 15] [--profile]

In one process the same articles are, in turns, tokenized by `spacy.blank("en")` (their canonical text) and read from bytes
to claims. Both sides keep something of what they met: the tokenizer every word, the extractor every statement (so that
another version of an article costs only what is new in it). So three figures are printed:

- met before: both have met the same texts;
- new statements: what the extractor keeps of statements is forgotten before each round, the tokenizer keeps its words:
  the hardest comparison, and that of a stream of articles which have nothing in common but words;
- new to both: a fresh tokenizer, and statements and words forgotten.

Targets: half of the tokenizer's documents a second; vocabulary 2 s and 600 MB; `evidence extract FILE` 2 s.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
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
from pipeline.claims.seen import forget
from pipeline.vocabulary import Lexicon

TARGET = 0.5


def throughput(name: str, paths: list[Path], lexicon: Lexicon, rounds: int) -> None:
    """Prints documents a second of the tokenizer and of both steps, and their ratio, for each state of memory."""
    snapshots = [snapshot(path) for path in paths]
    articles = [read_article(s) for s in snapshots]
    texts = [a.text for a in articles]
    nlp = spacy.blank("en")
    tokens = sum(len(nlp(text)) for text in texts)
    claims = sum(len(extract_claims(a, lexicon=lexicon)) for a in articles)
    size = sum(map(len, texts))
    print(f"{name}: {len(texts)} documents, {size:,} characters, {tokens:,} tokens, {claims:,} claims")

    def extract() -> None:
        for article in articles:
            extract_claims(article, lexicon=lexicon)

    def extract_anew() -> None:
        forget()
        extract()

    def extract_all_anew() -> None:
        lexicon.openings.clear()
        extract_anew()

    fresh = [spacy.blank("en") for _ in range(max(3, rounds // 3))]

    def tokenize_anew() -> None:
        nlp = fresh.pop()
        for text in texts:
            nlp(text)

    def tokenize() -> None:
        for text in texts:
            nlp(text)

    def read() -> None:
        for s in snapshots:
            read_article(s)

    again = in_turns((tokenize, read, extract), rounds)
    new = in_turns((tokenize, read, extract_anew), rounds)
    both = in_turns((tokenize_anew, read, extract_all_anew), len(fresh))
    for state, seconds in (("met before", again), ("new statements", new), ("new to both", both)):
        told(state, len(texts), *seconds)


def told(state: str, count: int, tokenize: float, read: float, extract: float) -> None:
    """Prints one comparison; seconds are for `count` documents."""
    ratio = tokenize / (read + extract)
    verdict = "reached" if ratio >= TARGET else "NOT reached"
    print(
        f"  {state:15} tokenizer {count / tokenize:6.1f} documents/s, bytes to claims {count / (read + extract):6.1f}"
        f" ({read / count * 1e3:.2f} + {extract / count * 1e3:.2f} ms each): ratio {ratio:.2f}, target {TARGET} {verdict}"
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
        forget()
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
