"""Regular expressions of the package whose time grows faster than the text: each is tried on unkind texts of growing length.

    .venv/bin/python benchmarks/backtracking.py [--only NAME] [--longest 4000] [--most 0.02]

The expressions are all that code of `pipeline` and `flows` compiles, on import or while an article is read. The texts (`unkind_texts.py`)
are made to fail late. Each is first tried with a sixteenth of `--longest` characters; only where that takes long, and four times the
text more than six times as long, is it made longer. A search that takes more than a second is broken off.

Printed are the expressions that take more than `--most` seconds for a text of `--longest` characters, with the first such text, and how
many times that for half of it (2 linear, 4 quadratic). Exit code 1 where there is any. Takes a minute of one core.
"""

from __future__ import annotations

import argparse
import re
import signal
import sys
import time
from collections import deque
from operator import itemgetter

from expressions import expressions, methods
from unkind_texts import texts

LIMIT = 1.0


class TooLongError(Exception):
    """A search was broken off."""


def stop(*_: object) -> None:
    """The alarm's answer."""
    raise TooLongError


def seconds(pattern: re.Pattern[str], used: set[str], text: tuple[str, str, str], length: int) -> float:
    """How long the slowest of these methods takes for such a text, at most `LIMIT`."""
    words, slowest = text[0] + text[1] * (length // len(text[1])) + text[2], 0.0
    for method in used:
        start, used_before = time.perf_counter(), time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
        try:
            found = getattr(pattern, method)(words)
            if method == "finditer":
                deque(found, 0)
        except TooLongError:
            return LIMIT
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        took = time.perf_counter() - start  # CPU time is not disturbed by others, but counted in ticks
        slowest = max(slowest, took if took < 0.01 else time.process_time() - used_before)
    return slowest


def worst(
    pattern: re.Pattern[str], used: set[str], longest: int, most: float
) -> tuple[float, float, tuple[str, str, str]]:
    """The first text of `longest` characters that takes more than `most` seconds: its time, how many times that for half of it, and itself."""
    for text in texts(pattern):
        if seconds(pattern, used, text, longest // 16) < most / 500:
            continue
        short, middle = (min(seconds(pattern, used, text, longest // n) for _ in "12") for n in (16, 4))
        if short < most / 500 or middle < min(short * 6, LIMIT):
            continue
        half, whole = (min(seconds(pattern, used, text, longest // n) for _ in "12") for n in (2, 1))
        if whole > most and (whole > half * 3 or whole >= LIMIT):
            return whole, whole / max(half, 1e-3), text
    return 0.0, 0.0, ("", "", "")


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--only", default="", help="part of the names of the expressions to try")
    ask.add_argument("--longest", type=int, default=4000, help="characters of the longest text")
    ask.add_argument("--most", type=float, default=0.02, help="seconds that one text may take")
    args = ask.parse_args()
    signal.signal(signal.SIGVTALRM, stop)
    known = sorted(((n, p) for p, n in expressions().items() if args.only in n), key=itemgetter(0))
    slow = 0
    for number, (name, pattern) in enumerate(known, 1):
        print(f"\r{number}/{len(known)} {name:70}", end="", file=sys.stderr, flush=True)
        most, growth, text = worst(pattern, methods(name), args.longest, args.most)
        if most > args.most:
            slow += 1
            print(f"{name}: {most:.2f} s, {growth:.1f} times half, for {text[0]!r} + {text[1]!r} ... + {text[2]!r}", flush=True)  # fmt: skip
    print(f"{len(known)} expressions, {slow} too slow for texts of {args.longest:,} characters")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
