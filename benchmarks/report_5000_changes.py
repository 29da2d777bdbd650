"""How large a report of 5,000 changes is, how long it takes to write, and how soon a browser shows it.

    python benchmarks/report_5000_changes.py [number of changes]

Targets: under 10 MB, open in under 2 s (chromium, load event and first filter). Chromium is looked for on the
PATH; without it only size and writing are measured.
"""

from __future__ import annotations

import datetime as dt
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from pipeline.changes import carry_ids, diff_claims
from pipeline.model import Claim, Dose, Mark, row_of
from pipeline.reports import Report, ReportArticle, write_reports

DRUGS = [f"{a}{b}" for a in ("lor", "mexi", "tano", "veri", "zopa", "cali", "beno", "draxi") for b in ("mab", "pril", "sartan", "statin", "gliptin", "floxacin", "cillin", "tidine")]  # fmt: skip
DISEASES = [f"{a} {b}" for a in ("chronic", "acute", "familial", "senile", "juvenile") for b in ("fever", "gout", "asthma", "migraine", "anemia", "colitis")]  # fmt: skip
WORDS = [
    "patients",
    "with",
    "stable",
    "disease",
    "and",
    "good",
    "renal",
    "function",
    "should",
    "receive",
    "it",
    "under",
    "close",
    "review",
    "because",
    "benefit",
    "was",
    "seen",
    "in",
    "large",
    "registries",
    "while",
    "harm",
    "remained",
    "rare",
    "over",
    "years",
    "of",
    "use",
]


def article(
    number: int, chance: random.Random, statements: int, version: int
) -> tuple[list[dict[str, Any]], str]:
    """One article's rows and text; version 2 changes doses, strengths and words."""
    text, rows = f"Article {number}", []
    disease = DISEASES[number % len(DISEASES)]
    for n in range(statements):
        drug = DRUGS[(number * 7 + n) % len(DRUGS)]
        amount = 10 * (1 + n % 5) * version
        strength = "strongly" if (n + version) % 2 else "conditionally"
        tail = " ".join(chance.choices(WORDS, k=14 + n % 15))
        quote = f"{drug.title()} {amount} mg daily is {strength} recommended; {tail} {n}."
        start = len(text) + 1
        text += "\n" + quote
        claim = Claim(
            claim_id=f"{number}:{n}",
            drug=drug,
            drug_kind="ingredient",
            drug_text=drug.title(),
            disease=disease,
            disease_text=disease,
            disease_origin="title",
            direction="for",
            strength="strong" if strength == "strongly" else "conditional",
            strength_origin="statement",
            certainty="unstated",
            line="unstated",
            preference="unstated",
            kind="recommendation",
            article_id=f"article-{number}",
            article_version=f"{number}-{version}",
            article_title=f"Treatment of {disease}, part {number}",
            article_date=dt.date(2024 + version, 1 + number % 12, 3),
            source=f"Publisher {number % 5}",
            url=f"https://publisher.example/{number}",
            section=("Treatment", f"Step {1 + n % 3}"),
            quote=quote,
            char_start=start,
            char_end=start + len(quote),
            cites=(n,),
            provenance=(
                Mark(field="drug", start=start, end=start + len(drug), rule="r"),
                Mark(field="dose_low", start=start + len(drug) + 1, end=quote.index(" is ") + start, rule="r"),
                Mark(field="strength", start=quote.index(strength) + start, end=quote.index(";") + start, rule="r"),
            ),
            rules_version="r1",
            dose=Dose(dose_text=f"{amount} mg daily", dose_low=amount, dose_high=amount, dose_unit="mg", dose_basis="flat", daily_low=amount, daily_high=amount, daily_unit="mg"),
        )  # fmt: skip
        rows.append(row_of(claim))
    return rows, text


def build(n_changes: int) -> Report:
    """A report of `n_changes` changes in articles of 20 statements."""
    old, new, texts = [], [], {}
    for number in range(-(-n_changes // 20)):
        for version, rows in ((1, old), (2, new)):
            made, text = article(number, random.Random(f"{number}-{version}"), 20, version)
            rows.extend(made)
            texts[f"{number}-{version}"] = text
    began = time.perf_counter()
    carried = carry_ids(old, new)
    changes = diff_claims(old, carried)
    print(
        f"carry_ids and diff_claims, {len(old)} rows against {len(new)}: {time.perf_counter() - began:.2f} s"
    )
    names = sorted({r["article_id"] for r in new})
    evidence = [
        {"evidence_id": r["claim_id"], "n_articles": 1, "n_guidelines": 0, "status": "single", "dissent": [], "last_said": r["article_date"], "rule": "newer", **{k: r[k] for k in ("drug", "drug_kind", "disease", "line", "setting", "population", "condition", "with_drugs", "direction", "strength", "certainty", "daily_low", "daily_high", "daily_unit")}, "dose_text": [r["dose_text"]]}
        for r in carried
    ]  # fmt: skip
    articles = [ReportArticle(article_id=n, title=n, status="updated") for n in names]
    return Report(
        run_id="large",
        changes=changes,
        claims=carried,
        old_claims=old,
        evidence=evidence,
        articles=articles,
        texts=texts,
    )


def opened(path: Path) -> None:
    """Prints how long chromium takes to load the page and to filter it the first time."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("chromium is missing: apt-get install chromium")
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for _ in range(3):
            page = browser.new_page()
            began = time.perf_counter()
            page.goto(path.as_uri())
            loaded = time.perf_counter() - began
            began = time.perf_counter()
            page.fill("[name=q]", "lormab")
            page.wait_for_selector(".found:has-text('Found')")
            print(f"loaded {loaded:.2f} s, first search {time.perf_counter() - began:.2f} s")
            page.close()
        browser.close()


def main() -> None:
    report = build(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        paths = write_reports(report, Path(folder))
        print(f"{len(report.changes)} changes written in {time.perf_counter() - began:.2f} s")
        for path in (paths.html, paths.markdown, paths.json):
            print(f"{path.suffix[1:]}: {path.stat().st_size / 1e6:.2f} MB")
        opened(paths.html)


if __name__ == "__main__":
    main()
