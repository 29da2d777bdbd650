"""group_like: one cause, one group."""

import pytest

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


GOUT = ("Gout flares are treated early.", "Allopurinol prevents gout.", "Give it with food.")
OTHER = "our reading of these statements changed"
HEADINGS = [("Flares",), ("Prevention",), ("Prevention", "Dosing")]


@pytest.mark.parametrize(
    ("sections", "words", "given", "cause", "expected"),
    [
        (HEADINGS, "gout", {}, "article", [(3, "the article is now about pseudogout, no longer about gout: 3 statements, otherwise unchanged")]),
        (HEADINGS[1:], "gout", {}, "article", [(2, "2 statements, otherwise unchanged, are now about pseudogout: what stands above them changed")]),
        (HEADINGS, "gout", {}, "rules", [(3, OTHER)]),
        (HEADINGS, "gout", {"line": "first"}, "article", [(3, "the article is now about pseudogout, no longer about gout: 3 statements, otherwise unchanged")]),
        (HEADINGS, "pain", {}, "article", [(1, ""), (1, ""), (1, "")]),
    ],
)  # fmt: skip
def test_a_title_that_names_another_disease_is_one_thing(row, sections, words, given, cause, expected):
    """The statements' own words are the same but for the name of the disease; where `words` is another name, they are not."""
    old = [
        row(
            GOUT[n].replace("gout", words), claim_id=str(n), drug=f"drug {n}", disease="gout", section=section
        )
        for n, section in enumerate(sections)
    ]
    new = [
        {**r, **given, "disease": "pseudogout", "article_version": "v2"}
        | ({"quote": r["quote"].replace("gout", "pseudogout")} if cause == "article" else {})
        | ({"quote": r["quote"] + " It burns."} if words == "pain" else {})
        for r in old
    ]
    found = group_like(diff_claims(old, new, cause=cause))
    assert [(len(g.changes), g.reason) for g in found] == expected


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
