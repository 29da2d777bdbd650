"""Regular expressions of the package whose time grows faster than the text: each is tried on unkind texts of growing length.

    .venv/bin/python benchmarks/backtracking.py [--longest 4000] [--most 1.0]

Every compiled expression that a module of `pipeline` or `flows` keeps is searched for in texts that are made to fail late:
one word, sign or phrase again and again, and an end that does not fit. Printed is each expression that takes more
than `--most` seconds for a text of `--longest` characters or fewer, and those whose time grows with more than the square
of the length. Exit code 1 where there is any. The work is done in a process of its own, which is stopped at each that hangs.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import pkgutil
import re
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection

UNITS = (
    "a", "A", " ", "  ", "1", ",", "-", "(", ")", "a ", "A ", "1 ", ", ", "- ", "a, ", "A, ", "and ", "a and ", "a or ", "a, and ",
    "1-", "1 mg ", "1.1", "1, ", "(a) ", "a-", "A1 ", "in ", "in a ", "with a ", "not ", "of the ", "the ", "or ", "mg/", "a/",
    "patients with ", "a. ", "A. ", ": ", "; ", "\n", "• ", "- a\n", "a:", "[1] ", "1,1 ", "Class I ", "1 to ", "daily ", "to ",
)  # fmt: skip
OPENINGS = ("", "In ", "if ", "with ", "for ", "(", "a ", "1 ", "The ", "• ")
ENDS = ("", "!", "x", "1", ")", " .")


def expressions() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Each compiled expression over text with its name; what functions keep in caches is not seen."""
    seen = set()
    for package in ("pipeline", "flows"):
        root = importlib.import_module(package)
        for info in pkgutil.walk_packages(root.__path__, f"{package}."):
            if info.name.endswith("__main__"):
                continue
            for name, value in sorted(vars(importlib.import_module(info.name)).items()):
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str) and value not in seen:
                    seen.add(value)
                    yield f"{info.name}.{name}", value


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """How long a search through the text takes, and a match at its beginning."""
    start = time.perf_counter()
    pattern.search(text)
    pattern.match(text)
    return time.perf_counter() - start


def work(link: Connection, longest: int) -> None:
    """Takes the number of an expression, tells each text before it is tried, and its times after."""
    known = [pattern for _, pattern in expressions()]
    while True:
        number = link.recv()
        for opening in OPENINGS:
            for unit in UNITS:
                for end in ENDS:
                    text = opening + unit * (longest // len(unit)) + end
                    if seconds(known[number], text[: longest // 8] + end) < 0.0002:
                        continue
                    short, long = text[: longest // 2] + end, text
                    link.send((opening, unit, end, None))
                    link.send(
                        (opening, unit, end, (seconds(known[number], short), seconds(known[number], long)))
                    )
        link.send(None)


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--longest", type=int, default=4000, help="characters of the longest text")
    ask.add_argument("--most", type=float, default=1.0, help="seconds that one text may take")
    args = ask.parse_args()
    names = [name for name, _ in expressions()]
    found = 0
    worker: multiprocessing.process.BaseProcess | None = None
    for number, name in enumerate(names):
        if worker is None:
            link, theirs = multiprocessing.Pipe()
            worker = multiprocessing.Process(target=work, args=(theirs, args.longest), daemon=True)
            worker.start()
        link.send(number)
        worst, trying = (0.0, 0.0, ""), ""
        while True:
            if not link.poll(args.most * 4 + 20 * (not trying)):
                print(f"{name}: more than {args.most * 4:.0f} s for {trying}", flush=True)
                worker.kill()
                worker, worst = None, (0.0, 0.0, "")
                found += 1
                break
            told = link.recv()
            if told is None:
                break
            opening, unit, end, times = told
            trying = f"{opening!r} + {unit!r} ... + {end!r}"
            if times is not None and times[1] > worst[0]:
                worst = (times[1], times[1] / max(times[0], 1e-9), trying)
        if worst[0] > args.most or (worst[0] > 0.05 and worst[1] > 5.5):
            print(
                f"{name}: {worst[0]:.2f} s, {worst[1]:.1f} times that of half the text, for {worst[2]}",
                flush=True,
            )
            found += 1
    print(f"{len(names)} expressions, {found} too slow for texts of {args.longest:,} characters")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
