"""What holds for any two states of the claims."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.changes import carry_ids, diff_claims, fingerprint, group_like

VERBS = ["Give", "Offer", "Avoid", "Consider"]
QUOTES = st.builds(
    "{} {} {}.".format,
    st.sampled_from(VERBS),
    st.just("aspirin"),
    st.sampled_from(["early", "late", "daily"]),
)
ROWS = st.builds(
    dict,
    quote=QUOTES,
    claim_id=st.integers(0, 10**9).map(str),
    drug=st.sampled_from(["aspirin", "heparin"]),
    disease=st.sampled_from(["stroke", "gout"]),
    direction=st.sampled_from(["for", "against"]),
    strength=st.sampled_from(["strong", "unstated"]),
    line=st.sampled_from(["first", "subsequent", "unstated"]),
    setting=st.sampled_from([(), ("severe",), ("mild", "severe")]),
    article_id=st.sampled_from(["a", "b"]),
    char_start=st.integers(0, 3).map(lambda n: 100 * n),
    dose_low=st.sampled_from([None, 5.0, 10.0]),
    dose_unit=st.sampled_from(["mg", "g"]),
    dose_role=st.sampled_from(["start", "regimen"]),
)
STATES = st.lists(ROWS, max_size=8, unique_by=lambda r: r["claim_id"])
BRIEF = settings(max_examples=60, deadline=None)


@BRIEF
@given(state=STATES, random=st.randoms())
def test_a_state_differs_from_itself_in_nothing_in_any_order(state, random, row):
    state = [row(**r) for r in state]
    shuffled = list(state)
    random.shuffle(shuffled)
    assert diff_claims(state, shuffled) == ()
    again = carry_ids(state, shuffled)
    assert [c for c in diff_claims(state, again) if c.meaning] == []


@BRIEF
@given(old=STATES, new=STATES)
def test_no_id_is_given_twice_and_none_is_lost(old, new, row):
    old, new = [row(**r) for r in old], [row(**r) for r in new]
    carried = carry_ids(old, new)
    assert len({r["claim_id"] for r in carried}) == len(new)
    assert [{**r, "claim_id": ""} for r in carried] == [{**r, "claim_id": ""} for r in new]


@BRIEF
@given(old=STATES, new=STATES, shift=st.integers(1, 999))
def test_places_and_citations_decide_no_id(old, new, shift, row):
    old, new = [row(**r) for r in old], [row(**r) for r in new]
    elsewhere = [
        {**r, "char_start": r["char_start"] + shift, "char_end": r["char_end"] + shift, "cites": [shift]}
        for r in new
    ]
    assert [r["claim_id"] for r in carry_ids(old, new)] == [r["claim_id"] for r in carry_ids(old, elsewhere)]


@BRIEF
@given(old=STATES, new=STATES)
def test_what_is_added_one_way_is_removed_the_other(old, new, row):
    old, new = [row(**r) for r in old], [row(**r) for r in new]
    carried = carry_ids(old, new)
    there, back = diff_claims(old, carried), diff_claims(carried, old)
    assert {c.claim_id for c in there if c.kind == "added"} == {
        c.claim_id for c in back if c.kind == "removed"
    }
    assert {c.claim_id for c in there if c.kind == "changed" and c.meaning} == {
        c.claim_id for c in back if c.kind == "changed" and c.meaning
    }


@BRIEF
@given(old=STATES, new=STATES)
def test_every_change_is_in_exactly_one_group(old, new, row):
    old, new = [row(**r) for r in old], [row(**r) for r in new]
    changes = diff_claims(old, carry_ids(old, new))
    groups = group_like(changes)
    assert sorted(c.change_id for g in groups for c in g.changes) == sorted(c.change_id for c in changes)
    assert all(len({(c.kind, c.importance, c.meaning) for c in g.changes}) == 1 for g in groups)
    assert groups == group_like(reversed(changes))


@BRIEF
@given(one=ROWS, other=ROWS)
def test_the_fingerprint_follows_the_meaning(one, other, row):
    one, other = row(**one), row(**other)
    found = diff_claims([one], [{**other, "claim_id": one["claim_id"], "article_id": one["article_id"]}])
    if any(c.meaning for c in found):
        assert fingerprint(one) != fingerprint(other)
    if all(c.importance in ("moved", "citations") for c in found):
        assert fingerprint(one) == fingerprint(other)
