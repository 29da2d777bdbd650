"""What the page says of a report, before it is HTML."""

import dataclasses

import pytest

from pipeline.reports import Report, render_changes_markdown, render_changes_text
from pipeline.reports.cards import change_cards, noise_cards
from pipeline.reports.disputes import disputes_of
from pipeline.reports.evidence_map import evidence_maps
from pipeline.reports.page import page_of
from pipeline.reports.timeline import timelines


def test_cards_by_importance_then_disease_and_drug(components):
    assert [(c.heading, c.title, c.n_changes, [(f.label, f.old, f.new) for f in c.fields]) for c in change_cards(components)] == [
        ("Direction reversed", "3 drugs in gout", 3, [("Direction", "for", "against"), ("Strength", "strong", "not stated")]),
        ("Strength changed", "budesonide in asthma", 1, [("Strength", "strong", "conditional")]),
        ("Strength changed", "ketamine<script> in pain & <b>fear</b>", 1, [("Strength", "strong", "not stated")]),
        ("Dose changed", "allopurinol in gout", 1, [("Dose", "100 mg", "50 mg")]),
        ("New statement", "anakinra in gout", 1, []),
        ("New article", "Migraine in pregnancy", 2, []),
        ("Statement gone", "probenecid in gout", 1, []),
        ("Statement gone", "ketamine in pain", 1, []),
        ("Situation changed", "theophylline in asthma", 1, [("Line", "not stated", "subsequent")]),
        ("Situation changed", "corticotropin in gout", 1, [("Line", "first", "not stated")]),
    ]  # fmt: skip


def test_a_lead_in_that_turned_is_shown_with_its_words(components):
    card = change_cards(components)[0]
    (above,) = card.above
    assert (
        "".join(p.words for p in above.new)
        == "The following are no longer recommended as first-line therapy:"
    )
    assert [p.words for p in above.old if p.changed] == ["strongly"]
    assert [p.words for p in above.new if p.changed] == ["no longer"]
    assert card.same_words
    assert [o.drug for o in card.others] == ["naproxen", "prednisone"]


def test_a_lead_in_is_found_where_provenance_does_not_tell(components):
    def bare(rows):
        return [{**r, "provenance": [m for m in r["provenance"] if m["field"] != "direction"]} for r in rows]

    told = dataclasses.replace(
        components, claims=bare(components.claims), old_claims=bare(components.old_claims)
    )
    assert change_cards(told)[0].above == change_cards(components)[0].above
    assert change_cards(dataclasses.replace(told, texts={}))[0].above == ()


def test_what_this_run_found_comes_first_and_is_called_new(components):
    began = components.started_at
    rows = [
        {**d, "severity": "difference", "recorded_at": began.replace(hour=hour)}
        for d, hour in zip(components.discrepancies, (5, 5, 7), strict=True)
    ]
    seen = disputes_of(dataclasses.replace(components, discrepancies=rows))
    assert [(d.aspect, d.fresh) for d in seen] == [("dropped", True), ("direction", False), ("dose", False)]
    first = disputes_of(dataclasses.replace(components, discrepancies=rows, first_run=True))
    assert [d.fresh for d in first] == [False, False, False]


def test_of_two_articles_of_one_day_neither_is_called_older(components):
    rows = [{**d, "older_date": d["newer_date"]} for d in components.discrepancies]
    alike = disputes_of(dataclasses.replace(components, discrepancies=rows))
    assert [d.called for d in alike] == [("First", "Second")] * 3
    assert [d.called for d in disputes_of(components)] == [("Older", "Newer")] * 3


@pytest.mark.parametrize(("explanation", "told"), [
    ("{head}: {older} (2025-01-02) says 5 mg; {newer} (undated) leaves it open.", "The older says 5 mg; the newer leaves it open."),
    ("{head} (first line): {older} (2025-01-02, on a) says 5 mg; b says 10 mg.",
     "(first line): the older (on a) says 5 mg; b says 10 mg."),
    ("{drug}: {older} (2025-01-02) says for; {newer} (2026-01-02) covers the same and does not name it.",
     "The older says for; the newer covers the same and does not name it."),
    ("The articles differ.", "The articles differ."),
])  # fmt: skip
def test_an_explanation_does_not_repeat_its_heading(components, explanation, told):
    first = disputes_of(components)[0]
    older, newer = first.article_ids
    drug = f"{first.drug} in {first.disease}"
    words = explanation.format(drug=drug, head=f"{drug}, {first.aspect}", older=older, newer=newer)
    assert dataclasses.replace(first, explanation=words).told == told


def test_a_quote_in_its_context(components):
    (card,) = [c for c in change_cards(components) if c.importance == "dose"]
    assert card.new is not None
    assert card.new.context is not None
    assert card.new.context.before.endswith("Prednisone 30 mg daily for 5 days 2.\nPrevention")
    assert card.new.context.after.startswith("Febuxostat 40 mg daily")
    assert card.new.path == ("Prevention",)


def test_noise_is_kept(components):
    assert [(c.heading, c.title) for c in noise_cards(components)] == [
        ("Wording only", "salbutamol in asthma"),
        ("Citations renumbered", "febuxostat in gout"),
    ]


def test_disputes_with_what_must_be_decided_first(components):
    assert [(d.severity, d.aspect, d.unsettled, d.newer is None) for d in disputes_of(components)] == [
        ("conflict", "direction", True, False),
        ("update", "dose", False, False),
        ("difference", "dropped", False, True),
    ]


def test_the_first_screen(components, first_run):
    page = page_of(components)
    assert page.headline == (
        "3 articles updated, 1 article new and 1 article gone. 3 changes of direction, 2 changes of strength, "
        "1 change of dose, 3 new statements, 2 statements gone and 2 changes of situation. "
        "1 of this because our reading changed, not the articles."
    )
    assert page.decision == "1 open conflict between articles needs a decision."
    assert [(t.n, t.label) for t in page.tiles] == [
        (1, "to decide"), (3, "direction"), (2, "strength"), (1, "dose"), (3, "new"), (2, "gone"), (2, "situation"),
        (16, "articles read"), (1, "set aside"),
    ]  # fmt: skip
    assert page.noise_words == "1 change of wording only and 1 change of citations"
    assert page_of(first_run).headline == "First run: 2 articles read, 9 statements found."
    assert page_of(Report(run_id="e")).headline == "Nothing changed in meaning."


def test_a_first_run_is_a_card_per_article(first_run):
    assert [(c.title, c.n_changes) for c in change_cards(first_run)] == [
        ("Asthma of schoolchildren", 3),
        ("Acute gout in adults", 6),
    ]


def test_the_map_joins_diseases_that_share_drugs(components):
    pairs = [
        ("aspirin", "stroke", "for", "strong"),
        ("aspirin", "angina", "for", "unstated"),
        ("insulin", "diabetes", "for", "strong"),
    ]
    pairs += [("aspirin", "stroke", "against", "unstated"), ("heparin", "stroke", "unstated", "unstated")]
    rows = [
        dict(zip(("drug", "disease", "direction", "strength"), p, strict=True), status="conflicting")
        for p in pairs
    ]
    seen = [
        (m.diseases, [(r.drug, [(c.tone, c.sign, c.words, c.strong) for c in r.cells]) for r in m.rows])
        for m in evidence_maps([*rows, {**rows[0], "drug_kind": "procedure", "drug": "stenting"}])
    ]
    assert seen == [
        (
            ("stroke", "angina"),
            [
                ("aspirin", [("mixed", "▲−", "for, strong · against", False), ("for", "+", "for", False)]),
                ("heparin", [("unstated", "?", "named, no advice", False), ("none", "", "", False)]),
            ],
        ),
        (("diabetes",), [("insulin", [("for", "▲", "for, strong", True)])]),
    ]  # fmt: skip


def test_one_drug_in_common_joins_no_fields():
    drugs = {"asthma": "abcd", "gout": "aefg", "copd": "abcx", "fever": "e"}
    rows = [{"drug": d, "disease": disease, "direction": "for"} for disease, ds in drugs.items() for d in ds]
    assert [(m.diseases, "".join(r.drug for r in m.rows)) for m in evidence_maps(rows)] == [
        (("asthma", "copd"), "abcdx"),
        (("gout", "fever"), "aefg"),
    ]


def test_timelines_of_drugs_with_two_dates_changed_ones_first(components):
    drawn = timelines(components.claims, ["allopurinol"])
    assert [t.drug for t in drawn] == ["allopurinol", "colchicine"]
    assert [b.words for b in drawn[0].bars] == ["1 Jun 2024: 200 mg/day", "1 Feb 2026: 50 mg/day"]
    assert [(p.shape, p.filled) for p in drawn[1].points] == [("up", True), ("down", False)]
    assert all(0 <= b.x <= t.width and 0 <= b.top <= b.bottom <= t.height for t in drawn for b in t.bars)


def test_changes_as_text(components):
    shown = [c for c in components.changes if c.importance in ("direction", "dose", "citations")]
    assert render_changes_text(shown) == (
        "Direction reversed (3)\n\n"
        "  colchicine, naproxen, prednisone in gout\n"
        "    (3 statements whose own words are unchanged: their lead-in or heading changed)\n"
        "    Direction: for -> against\n"
        "    Strength: strong -> not stated\n"
        "    = Colchicine 1.2 mg at once, then 0.6 mg an hour later 1.\n\n"
        "Dose changed (1)\n\n"
        "  allopurinol in gout\n"
        "    Dose: 100 mg -> 50 mg\n"
        "    - Allopurinol: start [-100-] mg daily and raise slowly 3.\n"
        "    + Allopurinol: start {+50+} mg daily and raise slowly {+to the urate target+} 3.\n\n"
        "Held back: 1 change of wording, place or citations only.\n"
    )
    assert render_changes_text([]) == "Nothing changed in meaning.\n"
    assert "Citations: 4 -> 5" in render_changes_text(shown, noise=True)
    assert "Direction: for → **against**" in render_changes_markdown(shown)


def test_text_of_an_article_steers_no_terminal(components):
    change = next(c for c in components.changes if c.importance == "dose")
    nasty = dataclasses.replace(change, new_quote="\x1b[2Jgone\x07", drug="a\x1b]0;x\x07")
    assert not {"\x1b", "\x07"} & set(render_changes_text([nasty]))
