"""The queue and what decisions do to it, over a real ledger."""

from __future__ import annotations

import json

import pytest

from pipeline.desk.desk import Desk
from pipeline.desk.errors import DecidedMeanwhile, DeskError
from pipeline.desk.forms import fields_of, read_corrections
from pipeline.desk.pages import why_of
from pipeline.desk.quotes import article_lines, quote_pieces
from pipeline.exchange import Named
from pipeline.ledger import Batch, Ledger
from tests.desk.conftest import DAY, EVIL, Clock, claim_of, claims_of, text_of, write_run


def shown(desk: Desk, editor: str = "ann") -> list[tuple[str, str, str]]:
    return [(i.kind, i.importance, i.drug) for i in desk.queue(editor)]


ALL = [
    ("discrepancy", "conflict", "digoxin"),
    ("change", "direction", "digoxin"),
    ("change", "direction", "diltiazem"),
    ("change", "direction", "verapamil"),
    ("change", "dose", "metoprolol"),
    ("change", "added", "amiodarone"),
]


def item(desk: Desk, drug: str, kind: str = "change"):
    return next(i for i in desk.queue("ann") if i.drug == drug and i.kind == kind)


def test_the_queue_is_ordered_by_importance(desk):
    assert shown(desk) == ALL
    assert desk.progress() == (0, 6)


@pytest.mark.parametrize(
    ("kind", "words", "expected"),
    [
        ("discrepancy", "", ALL[:1]),
        ("direction", "", ALL[1:4]),
        ("", "metop", ALL[4:5]),
        ("", "atrial verap", ALL[3:4]),
        ("dose", "digoxin", []),
    ],
)
def test_filters(desk, kind, words, expected):
    found = desk.queue("ann", kind=kind, words=words)
    assert [(i.kind, i.importance, i.drug) for i in found] == expected


def test_one_decision_settles_a_lead_in_that_turned_three_drugs(desk):
    like = desk.like(item(desk, "diltiazem"))
    assert sorted(i.drug for i in like) == ["digoxin", "diltiazem", "verapamil"]
    desk.decide(like, "accept", editor="ann", reason="the guideline changed")
    assert shown(desk) == [ALL[0], *ALL[4:]]
    assert desk.progress() == (3, 6)


def test_decisions_outlive_the_desk(desk, processed):
    desk.decide([item(desk, "metoprolol")], "reject", editor="ann", reason="typing error")
    again = Desk(processed, now=Clock())
    assert shown(again) == [*ALL[:4], ALL[5]]
    [row] = Ledger.open(processed).decisions().to_pylist()
    assert (row["verdict"], row["subject"], row["subject_id"], row["editor"], row["reason"]) == (
        "reject", "claim", "af-metoprolol", "ann", "typing error",
    )  # fmt: skip


def test_undo_takes_back_all_that_was_decided_together(desk, processed):
    desk.decide([item(desk, "metoprolol")], "accept", editor="bob")
    desk.decide(desk.like(item(desk, "digoxin")), "accept", editor="ann")
    assert [desk.may_undo(name) for name in ("ann", "bob", "kim")] == [True, True, False]
    assert len(desk.undo("ann")) == 3
    assert [desk.may_undo(name) for name in ("ann", "bob", "kim")] == [False, True, False]
    assert shown(desk) == [*ALL[:4], ALL[5]]
    assert shown(Desk(processed, now=Clock())) == [*ALL[:4], ALL[5]]
    with pytest.raises(DeskError, match="nothing to take back"):
        desk.undo("ann")


def test_skipped_items_stand_last_for_this_editor_only(desk):
    desk.skip("ann", item(desk, "digoxin").item_id)
    assert shown(desk)[-1] == ALL[1]
    assert shown(desk, "bob") == ALL


def test_a_late_decision_is_refused_and_told(desk, processed):
    mine = item(desk, "metoprolol")
    seen = {mine.item_id: desk.revision(mine)}
    other = Desk(processed, now=Clock())
    other.decide([item(other, "metoprolol")], "reject", editor="bob")
    with pytest.raises(DecidedMeanwhile, match="bob decided this meanwhile") as caught:
        desk.decide([mine], "accept", editor="ann", revisions=seen)
    assert caught.value.decision["verdict"] == "reject"
    assert Ledger.open(processed).decisions().num_rows == 1


def test_a_decision_that_was_taken_back_meanwhile_is_no_conflict(desk, processed):
    desk.decide([item(desk, "metoprolol")], "accept", editor="ann")
    rerun(
        processed,
        lambda rows: [{**r, "strength": "strong"} if r["drug"] == "metoprolol" else r for r in rows],
    )
    desk.refresh()
    back = item(desk, "metoprolol")
    seen = {back.item_id: desk.revision(back)}
    desk.undo("ann")
    [row] = desk.decide([item(desk, "metoprolol")], "reject", editor="ann", revisions=seen)
    assert row["verdict"] == "reject"


def test_the_history_names_what_was_decided(desk, processed):
    desk.decide([item(desk, "digoxin", "discrepancy")], "settle", editor="ann", resolution="both")
    desk.decide([item(desk, "metoprolol")], "accept", editor="ann")
    assert list(desk.about(desk.history()).values()) == [
        "metoprolol in atrial fibrillation", "digoxin in atrial fibrillation",
    ]  # fmt: skip


def rerun(processed, change, cause="article", day=3) -> None:
    """A third run in which `change` rewrites the claims of the article."""
    rows = change(claims_of("v2"))
    batch = Batch()
    batch.closed["claims"] = ("article_id", ["af"])
    batch.added["claims"] = rows
    from pipeline.changes import diff_claims
    from pipeline.model import row_of

    batch.added["changes"] = [row_of(c) for c in diff_claims(claims_of("v2"), rows, cause=cause)]
    write_run(processed, "run-3", batch, DAY.replace(day=day))


def test_a_decision_holds_while_its_statement_does(desk, processed):
    desk.decide([item(desk, "metoprolol")], "accept", editor="ann")
    rerun(processed, lambda rows: [{**r, "cites": [9]} for r in rows])
    desk.refresh()
    assert ("change", "dose", "metoprolol") not in shown(desk)


def test_what_only_got_other_words_is_shown_and_kept_as_it_is_now(desk, processed):
    """The change of dose was never decided; since then the sentence only lost words."""
    now = "Metoprolol 50 mg twice daily"

    def reworded(rows):
        new = {"metoprolol": lambda r: {**r, "quote": now, "char_end": r["char_start"] + len(now)}}
        return [new.get(r["drug"], dict)(r) for r in rows]

    rerun(processed, reworded)
    desk.refresh()
    back = item(desk, "metoprolol")
    assert (back.importance, back.saw_quote) == ("dose", now)


def test_a_statement_that_changed_comes_back_with_the_old_decision(desk, processed):
    desk.decide(
        [item(desk, "metoprolol")],
        "correct",
        editor="ann",
        corrections={"dose_low": "25.0"},
        reason="zero lost",
    )
    rerun(
        processed,
        lambda rows: [{**r, "strength": "strong"} if r["drug"] == "metoprolol" else r for r in rows],
    )
    desk.refresh()
    back = item(desk, "metoprolol")
    assert desk.progress() == (0, len(desk.queue("ann")))
    assert back.importance == "strength"
    assert (back.earlier["verdict"], back.earlier["reason"], back.earlier["corrections"]) == (
        "correct", "zero lost", [{"field": "dose_low", "value": "25.0"}],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "cause", "expected"),
    [
        ({"strength": "strong"}, "article", ()),
        ({"strength": "strong"}, "rules", ("Our reading changed; the article did not.",)),
        (
            {"quote": "Metoprolol 50 mg twice daily is not used."},
            "article",
            ("It was decided before; since then a word or number came or went that could turn it.",),
        ),
    ],
)
def test_an_item_says_why_it_is_there(desk, processed, given, cause, expected):
    desk.decide([item(desk, "metoprolol")], "accept", editor="ann")

    def other(row):
        quote = given.get("quote", row["quote"])
        return {**row, **given, "char_end": row["char_start"] + len(quote)}

    rerun(processed, lambda rows: [other(r) if r["drug"] == "metoprolol" else r for r in rows], cause, day=4)
    desk.refresh()
    assert why_of(item(desk, "metoprolol")) == expected


def test_a_statement_that_is_gone_can_be_accepted(desk, processed):
    rerun(processed, lambda rows: [r for r in rows if r["drug"] != "verapamil"])
    desk.refresh()
    gone = item(desk, "verapamil")
    assert (gone.importance, gone.subject) == ("removed", "change")
    desk.decide([gone], "accept", editor="ann")
    assert ("change", "removed", "verapamil") not in shown(Desk(processed, now=Clock()))


def metoprolol():
    return next(r for r in claims_of("v2") if r["drug"] == "metoprolol")


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"direction": "against"}, {"direction": "against"}),
        (
            {"direction": "for", "dose_low": "25"},
            {"dose_low": 25.0, "daily_low": 50.0, "dose_text": "25–50 mg twice daily"},
        ),
        (
            {"frequency": "1", "dose_text": "50 mg once daily"},
            {"frequency": 1, "dose_text": "50 mg once daily", "daily_low": 50.0, "daily_high": 50.0},
        ),
        ({"route": "oral"}, {"route": "oral"}),
        ({"setting": "severe\r\nacute exacerbation\r\n"}, {"setting": ["acute exacerbation", "severe"]}),
        ({"condition": "if b\nif a"}, {"condition": ["if b", "if a"]}),
        ({"guideline": " ESC 2024 "}, {"guideline": "ESC 2024"}),
        (
            {"dose_unit": ""},
            {"dose_unit": None, "daily_low": None, "daily_high": None, "daily_unit": None},
        ),
        (
            {"drug": "Lopressor"},
            {"drug": "metoprolol tartrate", "drug_code": "RXNORM:866924", "drug_kind": "ingredient"},
        ),
        ({"drug": "zyx"}, {"drug": "zyx", "drug_code": None}),
        ({"with_drugs": "Lopressor"}, {"with_drugs": ["metoprolol tartrate"]}),
    ],
)
def test_corrections_are_read_from_the_form(form, expected):
    known = Named("metoprolol tartrate", "RXNORM:866924", "ingredient")
    names = {"Lopressor": known, known.name: known}
    found = read_corrections(form, metoprolol(), lambda _, name: names.get(name, Named(name)))
    assert {k: json.loads(v) for k, v in found.items()} == expected


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"direction": "maybe"}, "E-DESK-6"),
        ({"drug": " "}, "E-DESK-6"),
        ({"dose_low": "much"}, "E-DESK-6"),
        ({"dose_low": "-5"}, "E-DESK-6"),
        ({"dose_low": "nan"}, "E-DESK-6"),
        ({"frequency": "1.5"}, "E-DESK-6"),
        ({"direction": "for"}, "E-DESK-7"),
        ({"claim_id": "other", "quote": "x"}, "E-DESK-7"),
    ],
)
def test_corrections_outside_the_controlled_values_are_refused(form, code):
    with pytest.raises(DeskError) as caught:
        read_corrections(form, metoprolol(), lambda _, name: Named(name))
    assert caught.value.code == code


def test_the_form_shows_every_field_as_it_stands():
    fields = {f.name: f.value for _, group in fields_of(metoprolol()) for f in group}
    assert (fields["drug"], fields["dose_low"], fields["frequency"], fields["setting"]) == (
        "metoprolol",
        "50",
        "2",
        "",
    )


def test_quote_pieces_and_article_lines_lose_no_word():
    text, row = text_of("v2"), metoprolol()
    assert [(p.words, p.mark) for p in quote_pieces(row)] == [
        ("Metoprolol", "drug"),
        (" 50 mg twice daily is used.", ""),
    ]
    lines = article_lines(text, row)
    assert "\n".join("".join(p.words for p in line.pieces) for line in lines) == text
    [quote] = [line for line in lines if line.holds_quote]
    assert [(p.words, p.mark, p.in_quote) for p in quote.pieces] == [
        ("Metoprolol", "drug", True), (" 50 mg twice daily is used.", "", True),
    ]  # fmt: skip


def test_a_long_article_is_cut_around_the_quote():
    text = "\n".join(["word " * 50] * 1000 + [EVIL])
    row = claim_of(text, EVIL, "amiodarone", article="long", version="v")
    lines = article_lines(text, row)
    assert 70 < len(lines) < 100
    assert lines[-1].holds_quote


def test_the_words_of_an_item_hold_the_title_of_its_article(desk):
    every = [i.item_id for i in desk.queue("ann")]
    assert [i.item_id for i in desk.queue("ann", words="rhythm and rate")] == every
    assert desk.queue("ann", words="rhythm of nothing") == []
