"""The review desk with a long queue: how long the first page takes from the command on, then pages, decisions and undo, over
HTTP on loopback, and the memory of the process.

python benchmarks/desk.py [--items 50000] [--decisions 200] [--decided 0.5]
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import httpx

from pipeline.desk.desk import Desk
from pipeline.ledger import Batch, Ledger, RunRow
from pipeline.ledger.records import ArticleRow
from pipeline.model import Change, Claim, FieldChange, row_of

DAY = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
PER_ARTICLE = 50


def build(processed: Path, items: int) -> None:
    """A ledger in which every claim has an undecided change."""
    claims, changes, articles = [], [], []
    for n in range(items):
        article = f"a{n // PER_ARTICLE}"
        quote = (
            f"Drug {n % 997} at {n % 40 + 5} mg daily is recommended for condition {n % 211} in group {n}."
        )
        start = 20 + (n % PER_ARTICLE) * 120
        claims.append(
            row_of(
                Claim(
                    claim_id=f"c{n}", drug=f"drug {n % 997}", drug_kind="ingredient", drug_text="Drug",
                    disease=f"condition {n % 211}", disease_text="condition", disease_origin="statement",
                    direction="for", strength="strong", certainty="unstated", line="first", preference="unstated",
                    kind="recommendation", article_id=article, article_version="v2", article_title=article,
                    source="Bench", quote=quote, char_start=start, char_end=start + len(quote), rules_version="r1",
                )
            )
        )  # fmt: skip
        changes.append(
            row_of(
                Change(
                    change_id=f"x{n}", kind="changed", importance=("direction", "strength", "dose")[n % 3], meaning=True,
                    cause="article", claim_id=f"c{n}", article_id=article, drug=f"drug {n % 997}",
                    disease=f"condition {n % 211}", fields=(FieldChange(field="strength", old="conditional", new="strong"),),
                    old_version="v1", new_version="v2", old_quote=quote.replace("mg", "g"), new_quote=quote,
                )
            )
        )  # fmt: skip
        if n % PER_ARTICLE == 0:
            articles.append(
                row_of(
                    ArticleRow(reading_id=f"{article}/v2", article_id=article, version="v2", status="ok",
                               location=article, text="word " * 1500, fetched_at=DAY)
                )
            )  # fmt: skip
    with Ledger.open(processed).writing("bench", now=lambda: DAY) as writer:
        writer.prepare()
        batch = Batch()
        batch.added.update(claims=claims, changes=changes, articles=articles)
        writer.commit(batch)
        writer.publish(RunRow(run_id="bench", started_at=DAY, finished_at=DAY, status="done"))


def accept(processed: Path, share: float) -> None:
    """Decisions of other days: this share of the claims is accepted."""
    desk = Desk(processed, now=lambda: DAY)
    items = desk.queue("Bench")
    for start in range(0, int(len(items) * share), 1_000):
        desk.decide(items[start : start + 1_000], "accept", editor="Other")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--items", type=int, default=50_000)
    arguments.add_argument("--decisions", type=int, default=200)
    arguments.add_argument(
        "--decided", type=float, default=0.0, help="share of the items that is decided before"
    )
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        processed = Path(folder) / "processed"
        build(processed, given.items)
        accept(processed, given.decided)
        print(f"items                {given.items:>10,}, {given.decided:.0%} decided")
        command = [Path(sys.executable).parent / "evidence", "review", "--no-browser", "--port", "0"]
        begun = time.perf_counter()
        with subprocess.Popen(
            [*command, "--processed", processed], stdout=subprocess.PIPE, text=True
        ) as desk:
            try:
                assert desk.stdout is not None
                url = re.search(r"http://[^ ]+", desk.stdout.readline()).group()
                with httpx.Client(base_url=url, timeout=60) as web:
                    web.post("/login", data={"name": "Bench"})
                    assert web.get("/").status_code == 200
                    wall = time.perf_counter() - begun
                    of_processor = sum(
                        int(t) for t in Path(f"/proc/{desk.pid}/stat").read_text().split()[13:15]
                    )
                    print(
                        f"command to page      {wall:>10.2f} s, {of_processor / os.sysconf('SC_CLK_TCK'):.2f} s of processor"
                    )
                    measure(web, given.decisions)
                peak = re.search(r"VmHWM:\s*(\d+)", Path(f"/proc/{desk.pid}/status").read_text()).group(1)
                print(f"memory at most       {int(peak) // 1024:>10,} MB")
            finally:
                desk.terminate()


def measure(web: httpx.Client, decisions: int) -> None:
    """A few of each page, then decisions, every tenth taken back."""
    times: dict[str, list[float]] = {}

    def timed(name: str, ask: Callable[[], httpx.Response], status: int = 200) -> httpx.Response:
        begun = time.perf_counter()
        answer = ask()
        times.setdefault(name, []).append(time.perf_counter() - begun)
        assert answer.status_code == status, answer.text
        return answer

    pages = {
        "the queue": "/",
        "a search": "/?q=drug+7",
        "the articles": "/articles",
        "an article": "/article?id=a3",
    }
    for name, path in pages.items():
        for _ in range(10):
            timed(name, partial(web.get, path))
    for n in range(decisions):
        page = web.get("/").text
        form = page[page.index('id="decide"') :]
        fields = dict(
            re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[: form.index("</form>")])
        )
        timed("a decision", partial(web.post, "/decide", data=fields | {"verdict": "accept"}), 303)
        if n % 10 == 9:
            timed("an undo", partial(web.post, "/undo", data={"csrf": fields["csrf"]}), 303)
    timed("the history", partial(web.get, "/history"))
    for name, values in times.items():
        ordered = sorted(values)
        print(
            f"{name:<20} {statistics.median(values) * 1000:>8.1f} ms median, "
            f"{ordered[max(int(len(ordered) * 0.95) - 1, 0)] * 1000:.1f} ms at the 95th percentile, "
            f"{ordered[-1] * 1000:.1f} ms at most"
        )


if __name__ == "__main__":
    main()
