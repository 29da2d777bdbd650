"""Reports to look at: one that shows every component in every state, and one of a first run."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from pipeline.changes import carry_ids, diff_claims
from pipeline.model import Claim, Dose, Mark, row_of
from pipeline.reports import Report, ReportArticle

DOSE_FIELDS = set(Dose.__dataclass_fields__)
HOSTILE = (
    "Give <script>window.hit=1</script><img src=x onerror=window.hit=2> ketamine &amp; &lt;b&gt; &#0; &bogus; "
    "[now](javascript:window.hit=3) \"quoted' ]]> --> </script></style></textarea> {{ 7*7 }} `x` |a|b| 5 mg."
)


class Page:
    """One version of one article of our own: text, and claims that are found in it by their words."""

    def __init__(self, name: str, text: str, *, date: dt.date | None, title: str = "", **rest: Any) -> None:
        self.name, self.text, self.date = name, text, date
        self.title = title or text.split("\n")[0]
        self.version = f"{name}-{date}"
        self.rest = {"source": "Example Press", "url": f"https://press.example/{name}", **rest}

    def claim(self, quote: str, *, marks: dict[str, str] | None = None, **given: Any) -> dict[str, Any]:
        start = self.text.index(quote)
        dose = {n: given.pop(n) for n in list(given) if n in DOSE_FIELDS}
        provenance = []
        for field, words in (marks or {}).items():
            at = self.text.find(words, start)
            at = at if 0 <= at < start + len(quote) else self.text.index(words)
            provenance.append(Mark(field=field, start=at, end=at + len(words), rule=f"test.{field}"))
        values = {
            "drug_kind": "ingredient",
            "drug_text": given["drug"],
            "disease_text": given["disease"],
            "disease_origin": "title",
            "direction": "for",
            "strength": "unstated",
            "certainty": "unstated",
            "line": "unstated",
            "preference": "unstated",
            "kind": "recommendation",
            "claim_id": f"{self.name}:{given['drug']}:{given['disease']}:{given.get('line', '')}{given.get('n', '')}",
            "article_id": self.name,
            "article_version": self.version,
            "article_title": self.title,
            "article_date": self.date,
            "rules_version": "r1",
            "provenance": tuple(provenance),
            **self.rest,
            **given,
        }
        values.pop("n", None)
        claim = Claim(
            **values,
            quote=quote,
            char_start=start,
            char_end=start + len(quote),
            dose=Dose(**{"dose_text": "", "dose_basis": "flat", **dose}) if dose else None,
        )
        return row_of(claim)


GOUT_OLD = """Acute gout in adults
How to settle a flare.
First choices
The following are strongly recommended as first-line therapy:
Colchicine 1.2 mg at once, then 0.6 mg an hour later 1.
Naproxen 500 mg twice daily for 5 days 1.
Prednisone 30 mg daily for 5 days 2.
Prevention
Allopurinol: start 100 mg daily and raise slowly 3.
Probenecid may be used when allopurinol is not tolerated 3.
Febuxostat 40 mg daily is an option 4.
Rest and ice help in the first days."""
GOUT_NEW = """Acute gout in adults
How to settle a flare.
First choices
The following are no longer recommended as first-line therapy:
Colchicine 1.2 mg at once, then 0.6 mg an hour later 1.
Naproxen 500 mg twice daily for 5 days 1.
Prednisone 30 mg daily for 5 days 2.
Prevention
Allopurinol: start 50 mg daily and raise slowly to the urate target 3.
Febuxostat 40 mg daily is an option 5.
We suggest anakinra 100 mg daily for flares that resist other drugs 6.
Rest and ice help in the first days."""
FIRST = ("First choices",)
LATER = ("Prevention",)


def gout(text: str, date: dt.date, *, new: bool) -> tuple[Page, list[dict[str, Any]]]:
    page = Page("gout", text, date=date)
    lead = "no longer recommended" if new else "strongly recommended"
    turned = {"direction": "against"} if new else {"strength": "strong", "strength_origin": "lead-in"}
    common = {"disease": "gout", "section": FIRST, "line": "first", **turned}
    daily = {"frequency": 1, "period": 1, "period_unit": "d"}
    rows = [
        page.claim(
            "Colchicine 1.2 mg at once, then 0.6 mg an hour later 1.",
            drug="colchicine",
            marks={"drug": "Colchicine", "dose_low": "1.2 mg", "direction": lead, "line": "first-line"},
            cites=(1,),
            **common,
            dose_text="1.2 mg",
            dose_low=1.2,
            dose_high=1.2,
            dose_unit="mg",
        ),
        page.claim(
            "Naproxen 500 mg twice daily for 5 days 1.",
            drug="naproxen",
            marks={"drug": "Naproxen", "dose_low": "500 mg twice daily", "direction": lead},
            cites=(1,),
            **common,
            dose_text="500 mg twice daily",
            dose_low=500,
            dose_high=500,
            dose_unit="mg",
            dose_per="administration",
            frequency=2,
            period=1,
            period_unit="d",
            daily_low=1000,
            daily_high=1000,
            daily_unit="mg",
        ),
        page.claim(
            "Prednisone 30 mg daily for 5 days 2.",
            drug="prednisone",
            marks={"drug": "Prednisone", "dose_low": "30 mg daily", "direction": lead},
            cites=(2,),
            **common,
            dose_text="30 mg daily",
            dose_low=30,
            dose_high=30,
            dose_unit="mg",
            daily_low=30,
            daily_high=30,
            daily_unit="mg",
            duration_low=5,
            duration_high=5,
            duration_unit="d",
            **daily,
        ),
    ]
    amount = 50 if new else 100
    quote = next(line for line in text.split("\n") if line.startswith("Allopurinol"))
    rows.append(
        page.claim(
            quote,
            drug="allopurinol",
            disease="gout",
            section=LATER,
            marks={"drug": "Allopurinol", "dose_low": f"{amount} mg daily"},
            cites=(3,),
            dose_text=f"{amount} mg daily",
            dose_low=amount,
            dose_high=amount,
            dose_unit="mg",
            dose_role="start",
            daily_low=amount,
            daily_high=amount,
            daily_unit="mg",
            **daily,
        )
    )
    febuxostat = next(line for line in text.split("\n") if line.startswith("Febuxostat"))
    rows.append(
        page.claim(
            febuxostat, drug="febuxostat", disease="gout", section=LATER, cites=(5 if new else 4,), n=2
        )
    )
    if new:
        rows.append(
            page.claim(
                "We suggest anakinra 100 mg daily for flares that resist other drugs 6.",
                drug="anakinra",
                disease="gout",
                section=LATER,
                strength="conditional",
                strength_origin="statement",
                setting=("refractory",),
                marks={"drug": "anakinra", "strength": "We suggest", "setting": "resist other drugs"},
                dose_text="100 mg daily",
                dose_low=100,
                dose_high=100,
                dose_unit="mg",
                **daily,
            )
        )
    else:
        rows.append(
            page.claim(
                "Probenecid may be used when allopurinol is not tolerated 3.",
                drug="probenecid",
                disease="gout",
                section=LATER,
                preference="alternative",
                setting=("intolerance",),
            )
        )
    return page, rows


ASTHMA = """Asthma of schoolchildren
Every child with asthma gets an inhaled steroid; budesonide 200-400 µg daily is strongly recommended.
Theophylline is conditionally recommended as an add-on.
Salbutamol as needed eases symptoms but should not be the only drug."""


def asthma(*, new: bool) -> tuple[Page, list[dict[str, Any]]]:
    text = ASTHMA
    if new:
        text = text.replace("is strongly recommended", "is conditionally recommended").replace(
            "Salbutamol as needed eases symptoms but should not be the only drug.",
            "Salbutamol as needed eases symptoms, but it should not be the only medicine.",
        )
    page = Page("asthma", text, date=dt.date(2026, 1, 8 if new else 1), source="Child Health Review")
    strength = "conditional" if new else "strong"
    first, second, third = text.split("\n")[1:]
    return page, [
        page.claim(
            first,
            drug="budesonide",
            disease="asthma",
            strength=strength,
            strength_origin="statement",
            certainty="high",
            population=("children",),
            marks={"drug": "budesonide", "dose_low": "200-400 µg daily", "strength": f"{strength}ly recommended", "disease": "asthma"}
            if not new
            else {"drug": "budesonide", "dose_low": "200-400 µg daily", "strength": "conditionally recommended", "disease": "asthma"},
            dose_text="200-400 µg daily",
            dose_low=200,
            dose_high=400,
            dose_unit="ug",
            daily_low=0.2,
            daily_high=0.4,
            daily_unit="mg",
        ),
        page.claim(second, drug="theophylline", disease="asthma", strength="conditional", line="subsequent" if new else "unstated", n=1),
        page.claim(third, drug="salbutamol", disease="asthma", direction="against", n=3),
    ]  # fmt: skip


def discrepancy(
    older: dict[str, Any], newer: dict[str, Any] | None, aspect: str, severity: str, **rest: Any
) -> dict[str, Any]:
    return {
        "discrepancy_id": f"d-{aspect}-{older['claim_id']}",
        "drug": older["drug"],
        "disease": older["disease"],
        "aspect": aspect,
        "severity": severity,
        "older_claim": older["claim_id"],
        "newer_claim": newer["claim_id"] if newer else None,
        "older_article": older["article_id"],
        "newer_article": newer["article_id"] if newer else "gout",
        "older_date": older["article_date"],
        "newer_date": newer["article_date"] if newer else dt.date(2026, 2, 1),
        "older_value": "for, strong",
        "newer_value": "against" if newer else "",
        "rule": None,
        "resolution": None,
        "explanation": f"{older['drug']} in {older['disease']}, {aspect}: the articles differ.",
        **rest,
    }


def evidence(claim: dict[str, Any], status: str = "single", **rest: Any) -> dict[str, Any]:
    return {
        "evidence_id": f"e-{claim['claim_id']}",
        "drug": claim["drug"],
        "drug_kind": claim["drug_kind"],
        "disease": claim["disease"],
        "line": claim["line"],
        "setting": claim["setting"],
        "population": claim["population"],
        "condition": claim["condition"],
        "with_drugs": claim["with_drugs"],
        "direction": claim["direction"],
        "strength": claim["strength"],
        "certainty": claim["certainty"],
        "preference": claim["preference"],
        "dose_text": [claim["dose_text"]] if claim["dose_text"] else [],
        "daily_low": claim["daily_low"],
        "daily_high": claim["daily_high"],
        "daily_unit": claim["daily_unit"],
        "status": status,
        "n_articles": 2 if status == "agreed" else 1,
        "n_sources": 1,
        "n_guidelines": 1,
        "n_claims": 1,
        "first_said": claim["article_date"],
        "last_said": claim["article_date"],
        "claim_ids": [claim["claim_id"]],
        "dissenting_claim_ids": [],
        "dissent": [],
        "rule": "newer",
        "valid_from": claim["article_date"],
        **rest,
    }


def make_components() -> Report:
    """Every component in every state."""
    gout_old, before = gout(GOUT_OLD, dt.date(2025, 3, 1), new=False)
    gout_new, after = gout(GOUT_NEW, dt.date(2026, 2, 1), new=True)
    asthma_old, more_before = asthma(new=False)
    asthma_new, more_after = asthma(new=True)
    hostile = Page(
        "hostile",
        f'<h1>Pain & "fear"</h1>\n{HOSTILE}\nمن أجل الألم: كيتامين',
        date=None,
        url="javascript:window.hit=4",
        source="<i>Press</i>",
    )
    nasty = hostile.claim(
        HOSTILE,
        drug="ketamine<script>",
        disease="pain & <b>fear</b>",
        section=("<svg onload=window.hit=5>",),
        dose_text="5 mg",
        dose_low=5,
        dose_high=5,
        dose_unit="mg",
    )
    nasty_old = {
        **nasty,
        "strength": "strong",
        "quote": HOSTILE.replace("Give", "Never give<x>"),
        "article_version": "gone",
    }
    arabic = hostile.claim("من أجل الألم: كيتامين", drug="ketamine", disease="pain", n=2)
    fresh = Page(
        "migraine",
        "Migraine in pregnancy\nParacetamol 1 g is preferred for attacks.\nTopiramate must not be given.",
        date=dt.date(2026, 2, 3),
        source="Mothers and Medicines",
    )
    arrived = [
        fresh.claim("Paracetamol 1 g is preferred for attacks.", drug="acetaminophen", disease="migraine", preference="preferred", population=("pregnancy",), dose_text="1 g", dose_low=1, dose_high=1, dose_unit="g"),
        fresh.claim("Topiramate must not be given.", drug="topiramate", disease="migraine", direction="against", population=("pregnancy",)),
    ]  # fmt: skip
    rival = Page(
        "rival",
        "Gout for the busy\nColchicine is strongly recommended for every flare.\nAllopurinol from 200 mg daily.\nCorticotropin is given once.",
        date=dt.date(2024, 6, 1),
        source="Busy Doctor",
    )
    rivals = [
        rival.claim("Colchicine is strongly recommended for every flare.", drug="colchicine", disease="gout", strength="strong", line="first", marks={"drug": "Colchicine", "strength": "strongly recommended"}),
        rival.claim("Allopurinol from 200 mg daily.", drug="allopurinol", disease="gout", dose_text="200 mg daily", dose_low=200, dose_high=None, dose_unit="mg", dose_role="start", daily_low=200, daily_high=200, daily_unit="mg"),
        rival.claim("Corticotropin is given once.", drug="corticotropin", disease="gout"),
    ]  # fmt: skip
    old = [*before, *more_before, nasty_old]
    new = carry_ids(old, [*after, *more_after, nasty])
    changes = diff_claims(old, [*new, *arrived])
    colchicine, allopurinol = new[0], new[3]
    reread = diff_claims([{**rivals[2], "line": "first"}], [rivals[2]], cause="rules")
    gone = diff_claims([{**arabic, "article_id": "gone", "claim_id": "gone:1"}], [], cause="gone")
    return Report(
        run_id="2026-02-04-components",
        started_at=dt.datetime(2026, 2, 4, 6, 0),
        finished_at=dt.datetime(2026, 2, 4, 6, 2),
        rules_version="r1",
        changes=(*changes, *reread, *gone),
        claims=(*new, *arrived, *rivals, arabic),
        old_claims=(*old, {**rivals[2], "line": "first"}, {**arabic, "article_id": "gone", "claim_id": "gone:1"}),
        discrepancies=[
            discrepancy(rivals[0], colchicine, "direction", "conflict"),
            discrepancy(rivals[1], allopurinol, "dose", "update", rule="newer", resolution="newer", older_value="200 mg a day", newer_value="50 mg a day"),
            discrepancy(rivals[2], None, "dropped", "difference", newer_value=""),
        ],
        evidence=[
            evidence(colchicine, "conflicting", dissent=["older: strongly for"], dissenting_claim_ids=[rivals[0]["claim_id"]]),
            evidence(rivals[0], "conflicting", line="unstated"),
            evidence(allopurinol, "updated"),
            evidence(new[5], "agreed"),
            *(
                evidence({**r, "disease": disease})
                for r in new[1:3]
                for disease in ("ankylosing spondylitis", "pericarditis", "polymyalgia rheumatica", "tendinitis")
            ),
            *(evidence(r) for r in (*new[1:3], *more_after, *arrived, nasty, arabic)),
        ],
        articles=[
            ReportArticle(article_id="gout", title=gout_new.title, source="Example Press", url="https://press.example/gout", date=gout_new.date, status="updated"),
            ReportArticle(article_id="asthma", title=asthma_new.title, source="Child Health Review", date=asthma_new.date, status="updated", warnings=("no date; taken from the address",)),
            ReportArticle(article_id="hostile", title=hostile.title, source="<i>Press</i>", url="javascript:window.hit=6", status="updated"),
            ReportArticle(article_id="migraine", title=fresh.title, source="Mothers and Medicines", url="https://mothers.example/m", date=fresh.date, status="new"),
            ReportArticle(article_id="gone", title="An article that went", source="Example Press", status="gone", reason="410 Gone on 3 Feb 2026"),
            ReportArticle(article_id="broken.pdf", status="set aside", reason="E-ARTICLE-3  no main text found <script>", do='name the element in sources.toml:  main = "div.content"'),
        ],
        unchanged=12,
        texts={p.version: p.text for p in (gout_old, gout_new, asthma_old, asthma_new, hostile, fresh, rival)},
    )  # fmt: skip


def make_first_run() -> Report:
    """The first run over two articles: everything is new."""
    page, rows = gout(GOUT_NEW, dt.date(2026, 2, 1), new=True)
    other, more = asthma(new=True)
    rows = [*rows, *more]
    return Report(
        run_id="first",
        first_run=True,
        changes=diff_claims([], rows),
        claims=rows,
        evidence=[evidence(r) for r in rows],
        articles=[
            ReportArticle(article_id=p.name, title=p.title, source="Example Press", date=p.date, status="new")
            for p in (page, other)
        ],
        texts={page.version: page.text, other.version: other.text},
    )


@pytest.fixture(scope="session")
def components() -> Report:
    return make_components()


@pytest.fixture(scope="session")
def first_run() -> Report:
    return make_first_run()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory, components: Report, first_run: Report) -> dict[str, Path]:
    """Three reports as files: all components, a first run, and one of nothing."""
    from pipeline.reports import write_reports

    folder = tmp_path_factory.mktemp("reports")
    empty = Report(run_id="empty")
    return {
        name: write_reports(report, folder / name).html
        for name, report in (("components", components), ("first", first_run), ("empty", empty))
    }
