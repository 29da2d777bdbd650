"""group_like: one cause, one group."""

from pipeline.changes import diff_claims, group_like


def seen(groups):
    return [(g.first.importance, list(g.drugs), list(g.articles), g.reason) for g in groups]


def test_a_lead_in_that_turned_is_one_thing(row):
    old = [
        row(d, drug=d, claim_id=d, section=("First-line",)) for d in ("colchicine", "ibuprofen", "naproxen")
    ]
    old.append(row("naproxen", drug="naproxen", claim_id="second", section=("Later",), line="subsequent"))
    new = [{**r, "direction": "against", "article_version": "v2"} for r in old]
    assert seen(group_like(diff_claims(old, new))) == [
        (
            "direction",
            ["colchicine", "ibuprofen", "naproxen"],
            ["a"],
            "3 statements whose own words are unchanged: their lead-in or heading changed",
        ),
        ("direction", ["naproxen"], ["a"], ""),
    ]


def test_the_same_sentence_in_several_articles_is_one_thing(row):
    old = [row("Give heparin early.", claim_id=i, article_id=i) for i in "abc"]
    new = [
        {**r, "quote": "Do not give heparin.", "direction": "against", "article_version": "v2"} for r in old
    ]
    new[2]["quote"] = "Heparin is harmful."
    assert sorted(seen(group_like(diff_claims(old, new)))) == [
        ("direction", ["aspirin"], ["a", "b"], "the same statement in 2 articles"),
        ("direction", ["aspirin"], ["c"], ""),
    ]


def test_noise_of_one_version_is_one_thing(row):
    old = [
        row("Aspirin 1.", claim_id="1", cites=(1,)),
        row("Heparin 1.", drug="heparin", claim_id="2", cites=(1,)),
    ]
    new = [{**r, "quote": r["quote"].replace("1", "9"), "cites": [9], "article_version": "v2"} for r in old]
    assert seen(group_like(diff_claims(old, new))) == [
        ("citations", ["aspirin", "heparin"], ["a"], "2 statements of this article")
    ]
