"""Pages in, claim rows out, for whichever revision of the pipeline is on the path.

usage: extract_rows.py PAGES.jsonl ROWS.jsonl

A page is {"doc", "content", "media_type"}; a row has the columns of a claim, with the page's `doc` as article_id.
Pages that cannot be read are counted on standard error. Imports nothing of pipeline.evaluation, so that it also
runs over revisions that have none.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from pipeline.articles import read_article
from pipeline.claims import extract_claims
from pipeline.model import EvidenceError, Snapshot, row_of

FETCHED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def rows_of(page: dict[str, Any]) -> list[dict[str, Any]]:
    """The claims of one page as rows."""
    content = page["content"].encode("utf-8")
    suffix = "html" if page["media_type"] == "text/html" else "txt"
    snapshot = Snapshot(
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        location=f"{page['doc']}.{suffix}",
        fetched_at=FETCHED,
        media_type=page["media_type"],
        charset="utf-8",
    )
    article = dataclasses.replace(read_article(snapshot), article_id=page["doc"])
    return [row_of(claim) for claim in extract_claims(article)]


def main(pages: str, rows: str) -> int:
    failed = []
    with Path(rows).open("w", encoding="utf-8") as out:
        for line in Path(pages).read_text(encoding="utf-8").splitlines():
            page = json.loads(line)
            try:
                for row in rows_of(page):
                    out.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
            except EvidenceError as error:
                failed.append(f"{page['doc']}: {error.code} {error.what}")
    for failure in failed:
        print(failure, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
