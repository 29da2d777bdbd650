"""The review desk with a long queue: how long the first page and a decision take, over HTTP on loopback.

python benchmarks/desk.py [--items 50000] [--decisions 200]
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import socket
import statistics
import tempfile
import threading
import time
from pathlib import Path

import httpx
import uvicorn

from pipeline.desk.app import create_app
from pipeline.desk.desk import Desk
from pipeline.desk.security import Security
from pipeline.exchange.naming import Named
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


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--items", type=int, default=50_000)
    arguments.add_argument("--decisions", type=int, default=200)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        processed = Path(folder) / "processed"
        build(processed, given.items)
        begun = time.perf_counter()
        desk = Desk(processed, now=lambda: dt.datetime.now(dt.UTC))
        print(f"items                {given.items:>10,}")
        print(f"reading the ledger   {time.perf_counter() - begun:>10.2f} s")
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            port = listener.getsockname()[1]
            security = Security(secret=b"bench", host="127.0.0.1", port=port)
            app = create_app(desk, security, lambda _, name: Named(name))
            server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
            threading.Thread(target=lambda: server.run(sockets=[listener]), daemon=True).start()
            measure(f"http://127.0.0.1:{port}", given.decisions)
            server.should_exit = True


def measure(url: str, decisions: int) -> None:
    with httpx.Client(base_url=url, timeout=60) as web:
        for _ in range(100):
            try:
                web.post("/login", data={"name": "Bench"})
                break
            except httpx.ConnectError:
                time.sleep(0.05)
        pages, saves = [], []
        for _ in range(10):
            begun = time.perf_counter()
            page = web.get("/")
            pages.append(time.perf_counter() - begun)
            assert page.status_code == 200
        for _ in range(decisions):
            form = page.text[page.text.index('id="decide"') :]
            fields = dict(
                re.findall(
                    r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[: form.index("</form>")]
                )
            )
            begun = time.perf_counter()
            answer = web.post("/decide", data=fields | {"verdict": "accept"})
            saves.append(time.perf_counter() - begun)
            assert answer.status_code == 303, answer.text
            page = web.get("/")
        for name, values in (("first page", pages), ("a decision saved", saves)):
            ordered = sorted(values)
            print(
                f"{name:<20} {statistics.median(values) * 1000:>8.1f} ms median, "
                f"{ordered[int(len(ordered) * 0.95) - 1] * 1000:.1f} ms at the 95th percentile"
            )
        print(f"after {decisions} decisions: the last one took {saves[-1] * 1000:.1f} ms")


if __name__ == "__main__":
    main()
