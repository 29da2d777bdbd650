"""A site of many articles ingested for the first time: rate against extraction alone, and memory as the site grows.

    python benchmarks/ingest_web.py --articles 10000                       # the rate: articles of 3 to 4 kB
    python benchmarks/ingest_web.py --bullets 1 --articles 10000 100000    # memory: articles of about half a kB

A web server in a process of its own, on loopback, serves a sitemap, robots.txt and distinct made-up articles with ETags. Extraction alone
and each run happen in fresh processes, one after the other. Wall-clock and CPU seconds are told, and the most memory that the process held, in all and
stage by stage (`load`: until the first article is fetched; `publish`: after the report; claims are fetched and kept in `ingest`).
`--again` runs once more over the unchanged site.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
PER_MAP = 10_000


def serve(bullets: int) -> None:
    """Answer until standard input ends; the port is printed first."""
    from made_up_articles import Words, article

    from pipeline.vocabulary import Lexicon

    words = Words.of(Lexicon.default())

    def answer(path: str, tag: str) -> tuple[int, str, str, str]:
        if path == "/robots.txt":
            return 200, "text/plain", "", "User-agent: *\nDisallow: /private/\n"
        if path.startswith("/map/"):
            count, _, part = path[5:].partition("-")
            if not part:
                parts = range((int(count) + PER_MAP - 1) // PER_MAP)
                locs = "".join(f"<sitemap><loc>{home}/map/{count}-{p}</loc></sitemap>" for p in parts)
                return 200, "text/xml", "", f"<sitemapindex>{locs}</sitemapindex>"
            first = int(part) * PER_MAP
            ids = range(first, min(first + PER_MAP, int(count)))
            return 200, "text/xml", "", "<urlset>" + "".join(f"<url><loc>{home}/a/{i}</loc></url>" for i in ids) + "</urlset>"  # fmt: skip
        if not path.startswith("/a/"):
            return 404, "text/plain", "", "not here"
        etag = f'"v1-{path[3:]}"'
        if tag == etag:
            return 304, "", etag, ""
        kind, text = article(int(path[3:]), words, bullets=bullets)
        return 200, f"{kind}; charset=utf-8", etag, text

    class Handler(StreamRequestHandler):
        disable_nagle_algorithm = True

        def handle(self) -> None:
            while True:
                first = self.rfile.readline().decode().split()
                if len(first) < 2:
                    return
                tag = ""
                while (line := self.rfile.readline().decode().strip()) != "":
                    name, _, value = line.partition(":")
                    if name.lower() == "if-none-match":
                        tag = value.strip()
                status, kind, etag, text = answer(first[1], tag)
                body = text.encode()
                head = f"HTTP/1.1 {status} OK\r\nContent-Length: {len(body)}\r\n"
                head += (f"Content-Type: {kind}\r\n" if kind else "") + (f"ETag: {etag}\r\n" if etag else "")
                self.wfile.write(head.encode() + b"\r\n" + body)

    ThreadingTCPServer.daemon_threads = True
    with ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        home = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(home, flush=True)
        sys.stdin.read()


def used() -> dict[str, float]:
    """CPU seconds of this process and the most memory that it held (MB)."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return {"cpu": spent.ru_utime + spent.ru_stime, "mb": spent.ru_maxrss / 1024}


def extract_alone(count: int, bullets: int) -> None:
    """Bytes to claims, nothing fetched and nothing kept."""
    import datetime as dt
    import hashlib

    from made_up_articles import Words, article

    from pipeline.articles import read_article
    from pipeline.claims import extract_claims
    from pipeline.model import Snapshot
    from pipeline.vocabulary import Lexicon

    lexicon = Lexicon.default()
    words = Words.of(lexicon)
    seconds, claims = 0.0, 0
    for i in range(count):
        kind, text = article(i, words, bullets=bullets)
        content = text.encode()
        snapshot = Snapshot(
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            location=f"http://127.0.0.1/a/{i}",
            fetched_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
            media_type=kind,
        )
        begun = time.perf_counter()
        claims += len(extract_claims(read_article(snapshot), lexicon=lexicon))
        seconds += time.perf_counter() - begun
    print(json.dumps({"seconds": seconds, "claims": claims, **used()}))


def run(home: Path, address: str, count: int) -> None:
    """One run in plain Python."""
    from flows.options import RunOptions
    from flows.run import PLAIN, Stages, drive, open_run

    config = home / "sources.toml"
    config.write_text(
        f'allow_private_network = true\n[[source]]\nsitemap = "{address}/map/{count}"\nper_second = 1000000\n'
    )
    watch = Watch("--trace" in sys.argv)

    def told(name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
        def work(*given: Any) -> Any:
            watch.stage = name
            try:
                return stage(*given)
            finally:
                watch.stage = "publish" if name == "report" else "between"

        return work

    names = [f.name for f in fields(Stages)]
    begun = time.perf_counter()
    with open_run(
        RunOptions(raw=home / "raw", processed=home / "processed", config=config, progress="none")
    ) as opened:
        done = drive(opened, Stages(*(told(name, getattr(PLAIN, name)) for name in names)))
    row = done.run
    print(json.dumps({
        "seconds": time.perf_counter() - begun, "claims": row.claims, "read": row.read, "unchanged": row.unchanged,
        "stages": {t.stage: t.seconds for t in row.timings}, "peaks": watch.peaks, **used(),
    }))  # fmt: skip


class Watch:
    """A thread that looks at the memory of this process, and keeps the most of each stage (MB)."""

    def __init__(self, trace: bool) -> None:
        self.stage, self.peaks, self._trace = "load", dict[str, float](), trace
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        begun = told = time.perf_counter()
        while True:
            held = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20
            stage = self.stage
            self.peaks[stage] = max(held, self.peaks.get(stage, 0.0))
            if self._trace and time.perf_counter() - told > 5:
                told = time.perf_counter()
                print(f"   {told - begun:7.0f} s {held:7.0f} MB in {stage}", file=sys.stderr, flush=True)
            time.sleep(0.02)


def child(*arguments: Any) -> dict[str, Any]:
    """What a fresh process of this program prints."""
    trace = ["--trace"] if "--trace" in sys.argv else []
    command = [sys.executable, __file__, *map(str, arguments), *trace]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def tell(what: str, count: int, told: dict[str, Any]) -> None:
    """One line."""
    print(
        f"{count:>7,} {what:<20} {told['seconds']:8.1f} s ({told['cpu']:.1f} CPU) {count / told['seconds']:7.1f} articles/s"
        f" {told['claims']:>9,} claims {told['mb']:6.0f} MB",
        flush=True,
    )
    if "stages" in told:
        print("        s   " + ", ".join(f"{k} {v:.1f}" for k, v in told["stages"].items()), flush=True)
        print("        MB  " + ", ".join(f"{k} {v:.0f}" for k, v in told["peaks"].items()), flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000])
    parser.add_argument(
        "--bullets", type=int, default=20, help="statements in an article: 20 make 3 to 4 kB, 1 half a kB"
    )
    parser.add_argument("--again", action="store_true", help="run again over the unchanged site")
    parser.add_argument("--no-alone", action="store_true", help="leave out extraction alone")
    parser.add_argument("--trace", action="store_true", help="tell the memory every 5 seconds")
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    bullets = given.bullets
    if given.child:
        what, *rest = given.child
        if what == "serve":
            serve(int(rest[0]))
        elif what == "alone":
            extract_alone(int(rest[0]), int(rest[1]))
        else:
            run(Path(rest[0]), rest[1], int(rest[2]))
        return
    command = [sys.executable, __file__, "--child", "serve", str(bullets)]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert server.stdin is not None
    assert server.stdout is not None
    address = server.stdout.readline().strip()
    try:
        for count in given.articles:
            with tempfile.TemporaryDirectory() as scratch:
                if not given.no_alone:
                    alone = child("--child", "alone", min(count, 10_000), bullets)
                    tell("extraction alone", min(count, 10_000), alone)
                first = child("--child", "run", scratch, address, count)
                tell("first run", count, first)
                if not given.no_alone:
                    rate = alone["seconds"] / min(count, 10_000) / (first["seconds"] / count)
                    print(
                        f"        the run reaches {rate:.2f} of the rate of extraction alone (target 0.50)",
                        flush=True,
                    )
                if given.again:
                    tell("again, unchanged", count, child("--child", "run", scratch, address, count))
    finally:
        server.stdin.close()
        server.wait(timeout=10)


if __name__ == "__main__":
    main()
