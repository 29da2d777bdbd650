"""Properties over random claims: order does not matter, an update in part is a rebuild, no open conflict is hidden."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.evidence import (
    PlainHierarchy,
    load_rules,
    reconcile,
    reconcile_incremental,
    replaced,
    touched_groups,
)

HIERARCHY = PlainHierarchy(
    {"statins": ["atorvastatin", "rosuvastatin"]},
    {
        "migraine": ["headache"],
        "chronic migraine": ["migraine", "headache"],
        "cluster headache": ["headache"],
    },
)
DISEASES = ["headache", "migraine", "chronic migraine", "cluster headache", "gout"]
# Few pairs in full, so that small examples also reach the crowded case.
RULES = [load_rules(), load_rules("[thresholds]\nfull_pairs = 2\npositions = 2\ndropped_min_drugs = 1")]
PROFILE = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

said = st.fixed_dictionaries(
    {
        "drug": st.sampled_from(["statins", "atorvastatin", "rosuvastatin", "propranolol"]),
        "disease": st.sampled_from(DISEASES),
        "direction": st.sampled_from(["for", "for", "against", "unstated"]),
        "strength": st.sampled_from(["unstated", "conditional", "strong"]),
        "line": st.sampled_from(["unstated", "first", "first", "subsequent"]),
        "preference": st.sampled_from(["unstated", "preferred", "alternative"]),
        "kind": st.sampled_from(["recommendation", "recommendation", "evidence"]),
        "setting": st.sampled_from([[], [], ["severe"], ["mild"], ["refractory"], ["short-term"]]),
        "population": st.sampled_from([[], [], ["adults"], ["children"]]),
        "condition": st.sampled_from([[], [], ["if not tolerated"]]),
        "with_drugs": st.sampled_from([[], [], ["propranolol"]]),
        "guideline": st.sampled_from([None, None, "EHF 2019", "EHF 2024"]),
        "dose": st.sampled_from([None, None, (10, 20), (20, 40), (80, 80)]),
        "duration_high": st.sampled_from([None, None, 3.0, 6.0]),
    }
)
article = st.fixed_dictionaries(
    {
        "date": st.sampled_from([None, *(dt.date(2020, month, 1) for month in range(1, 9))]),
        "source": st.sampled_from(["journal", "society"]),
        "said": st.lists(said, max_size=4),
    }
)
articles = st.dictionaries(st.sampled_from([f"a{i}" for i in range(9)]), article, min_size=1, max_size=9)


def table_of(made):
    rows = []
    for name, content in made.items():
        for number, claim in enumerate(content["said"]):
            low, high = claim["dose"] or (None, None)
            rows.append(
                claim
                | {"claim_id": f"{name}-{number}", "article_id": name, "source": content["source"]}
                | {"article_date": content["date"], "daily_low": low, "daily_high": high}
                | {"daily_unit": "mg" if low else None, "dose_text": f"{low} mg" if low else None}
                | {"duration_low": None, "duration_unit": "mo" if claim["duration_high"] else None}
            )
    columns = ["claim_id", "article_id", "drug", "disease"]
    return pd.DataFrame(rows) if rows else pd.DataFrame({name: [] for name in columns}, dtype=object)


def same(one, other):
    for mine, its in ((one.evidence, other.evidence), (one.discrepancies, other.discrepancies)):
        pd.testing.assert_frame_equal(plain(mine), plain(its))


def plain(frame):
    """The values of a table, with one sort of null: pandas picks None or nan by what else a column holds."""
    return frame.astype(object).where(frame.notna(), None)


SOURCES = {"society": "guideline body", "journal": "aggregator"}


@pytest.mark.parametrize("rules", RULES, ids=["usual", "crowded"])
@PROFILE
@given(made=articles, order=st.randoms(use_true_random=False))
def test_the_order_of_the_claims_does_not_matter(rules, made, order):
    rows = table_of(made)
    places = list(range(len(rows)))
    order.shuffle(places)
    one = reconcile(rows, lexicon=HIERARCHY, rules=rules, sources=SOURCES)
    same(one, reconcile(rows.iloc[places], lexicon=HIERARCHY, rules=rules, sources=SOURCES))


@pytest.mark.parametrize("rules", RULES, ids=["usual", "crowded"])
@PROFILE
@given(before=articles, update=articles)
def test_an_incremental_run_gives_the_tables_of_a_rebuild(rules, before, update):
    after = before | update
    old, new = table_of(before), table_of(after)
    whole = reconcile(old, lexicon=HIERARCHY, rules=rules, sources=SOURCES)
    changed = pd.concat([old[old["article_id"].isin(list(update))], table_of(update)])
    touched = touched_groups(changed, {*old["disease"], *new["disease"]}, lexicon=HIERARCHY)
    needed = new[new["disease"].isin(list(touched.needed))]
    part = reconcile_incremental(needed, touched, lexicon=HIERARCHY, rules=rules, sources=SOURCES)
    same(replaced(whole, part, touched), reconcile(new, lexicon=HIERARCHY, rules=rules, sources=SOURCES))


@pytest.mark.parametrize("rules", RULES, ids=["usual", "crowded"])
@PROFILE
@given(made=articles)
def test_no_rule_hides_an_open_conflict(rules, made):
    """Two undated or same-day recommendations for and against in the same situation are seen in both tables."""
    rows = table_of(made)
    found = reconcile(rows, lexicon=HIERARCHY, rules=rules)
    table = found.evidence.set_index("evidence_id")
    assert (table["rule"].eq("open") == table["status"].eq("conflicting")).all()
    stood = found.evidence.explode("dissenting_claim_ids").dropna(subset="dissenting_claim_ids")
    for row in found.discrepancies.query("aspect == 'direction' and severity == 'conflict'").to_dict(
        "records"
    ):
        sides = {row["older_claim"], row["newer_claim"]}
        shown = [
            r
            for r in stood.to_dict("records")
            if r["dissenting_claim_ids"] in sides and r["drug"] == row["drug"]
        ]
        assert shown
    for row in found.evidence.to_dict("records"):
        if row["rule"] == "open":
            assert any(why.endswith("open") for why in row["dissent"])


@PROFILE
@given(made=articles)
def test_every_claim_stands_or_dissents_and_ids_are_unique(made):
    rows = table_of(made)
    found = reconcile(rows, lexicon=HIERARCHY)
    told = set(found.evidence["claim_ids"].explode()) | set(found.evidence["dissenting_claim_ids"].explode())
    assert set(rows["claim_id"]) <= told
    assert found.evidence["evidence_id"].is_unique
    assert found.discrepancies["discrepancy_id"].is_unique
    key = ["drug", "disease", "aspect", "older_article", "newer_article"]
    assert not found.discrepancies.duplicated(key).any()
